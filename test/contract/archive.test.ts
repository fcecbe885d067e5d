import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { expect, it } from 'vitest'
import { memoryArchive, memoryLanding } from '../../functions/adapters/memory/mail.ts'
import { makeS3Archive, makeS3Landing } from '../../functions/adapters/s3.ts'
import type { Archive, ArchiveErasure } from '../../functions/ports/record.ts'
import type { Landing, LandingErasure } from '../../functions/ports/mail.ts'
import { openS3 } from '../../infra/local/aws/s3.ts'
import { fresh, onEach } from './both.ts'

const retentionDays = 3650

async function openBuckets() {
  const root = mkdtempSync(join(tmpdir(), 'contract-s3-'))
  const s3 = await openS3({
    port: 0,
    root,
    now: () => Date.now(),
    buckets: { landing: { objectLock: false }, archive: { objectLock: true } },
  })
  const client = new S3Client({
    endpoint: s3.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  return {
    client,
    close: async () => {
      client.destroy()
      await s3.close()
      rmSync(root, { recursive: true })
    },
  }
}

type LockOf = (key: string) => Promise<{ mode: string | undefined; days: number }>

onEach<{ archive: Archive & ArchiveErasure; lockOf: LockOf | null }>(
  {
    'The archive in S3': async () => {
      const { client, close } = await openBuckets()
      const lockOf: LockOf = async (key) => {
        const head = await client.send(new HeadObjectCommand({ Bucket: 'archive', Key: key }))
        const untilMs = head.ObjectLockRetainUntilDate?.getTime() ?? 0
        return { mode: head.ObjectLockMode, days: Math.round((untilMs - Date.now()) / 86_400_000) }
      }
      const archive = makeS3Archive({ client, bucket: 'archive', retentionDays })
      return { subject: { archive, lockOf }, close }
    },
    'The archive in memory': () => ({ subject: { archive: memoryArchive(), lockOf: null } }),
  },
  (subject) => {
    it('gives back the bytes that were put, and null for what never was', async () => {
      const { archive } = subject()
      const key = fresh('mail/abc')
      const bytes = Uint8Array.from({ length: 256 }, (_, n) => n)
      expect(await archive.get(key)).toBeNull()
      expect(await archive.putOnce(key, bytes, 'message/rfc822')).toBe('written')
      expect(await archive.get(key)).toEqual(bytes)
    })

    it('leaves an object as it was when it is put again', async () => {
      const { archive } = subject()
      const key = fresh('letters/æ ø+å')
      await archive.putOnce(key, Buffer.from('first'), 'text/plain')
      expect(await archive.putOnce(key, Buffer.from('second'), 'text/plain')).toBe('exists')
      expect(Buffer.from((await archive.get(key)) ?? []).toString()).toBe('first')
    })

    it('lets one of many writers of a key win', async () => {
      const { archive } = subject()
      const key = fresh('reports/2014')
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, n) => archive.putOnce(key, Buffer.from(`${n}`), 'text/csv')),
      )
      expect(answers.filter((answer) => answer === 'written')).toHaveLength(1)
      expect(Buffer.from((await archive.get(key)) ?? []).toString()).toBe(`${answers.indexOf('written')}`)
    })

    it('keeps an empty object', async () => {
      const { archive } = subject()
      const key = fresh('mail/empty')
      await archive.putOnce(key, new Uint8Array(), 'message/rfc822')
      expect(await archive.get(key)).toEqual(new Uint8Array())
    })

    it('Invariant I21: erases a locked object, and nothing whose key begins alike; safe to repeat', async () => {
      const { archive } = subject()
      const key = fresh('letters/erased')
      await archive.putOnce(key, Buffer.from('x'), 'message/rfc822')
      await archive.putOnce(`${key}.json`, Buffer.from('{}'), 'application/json')
      await archive.erase(key)
      await archive.erase(key)
      expect(await archive.get(key)).toBeNull()
      expect(await archive.get(`${key}.json`)).not.toBeNull()
    })

    it('locks each object for itself, in governance mode, for the time of the retention rule', async () => {
      const { archive, lockOf } = subject()
      const key = fresh('mail/locked')
      await archive.putOnce(key, Buffer.from('x'), 'message/rfc822')
      const inMemory = { mode: 'GOVERNANCE', days: retentionDays }
      expect(lockOf === null ? inMemory : await lockOf(key)).toEqual(inMemory)
    })
  },
)

onEach<{ landing: Landing & LandingErasure; land: (key: string, bytes: Uint8Array) => Promise<unknown> }>(
  {
    'The landing bucket in S3': async () => {
      const { client, close } = await openBuckets()
      const land = (Key: string, Body: Uint8Array) =>
        client.send(new PutObjectCommand({ Bucket: 'landing', Key, Body }))
      return { subject: { landing: makeS3Landing({ client, bucket: 'landing' }), land }, close }
    },
    'The landing bucket in memory': () => {
      const landing = memoryLanding()
      return { subject: { landing, land: async (key, bytes) => landing.land(key, bytes) } }
    },
  },
  (subject) => {
    it('gives what landed, and null for what did not', async () => {
      const { landing, land } = subject()
      await land('incoming/1', Buffer.from('From: anna@svendborg.example'))
      expect(Buffer.from((await landing.get('incoming/1')) ?? []).toString()).toContain('anna@')
      expect(await landing.get('incoming/2')).toBeNull()
    })

    it('erases what holds exactly the same bytes, under whatever name', async () => {
      const { landing, land } = subject()
      await land('incoming/3', Buffer.from('the same'))
      await land('incoming/4', Buffer.from('as long!'))
      await land('incoming/5', Buffer.from('the same'))
      expect(await landing.eraseTwins(Buffer.from('the same'))).toBe(2)
      expect(await landing.eraseTwins(Buffer.from('the same'))).toBe(0)
      expect(await landing.get('incoming/3')).toBeNull()
      expect(await landing.get('incoming/4')).not.toBeNull()
    })
  },
)
