import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { openMaildirs } from '../../../infra/local/mail/maildir.ts'
import { temporaryFolder } from './temporary-folder.ts'

test('a delivered mail is new, tells its watchers once, and is seen after being marked', async () => {
  const root = temporaryFolder()
  const maildirs = openMaildirs(root)
  const told: unknown[] = []
  const stop = maildirs.watch((delivered) => told.push(delivered))
  const raw = Buffer.from('Subject: a\r\n\r\næøå\xff\r\n', 'latin1')
  maildirs.deliver('Mette@Svendborg.example', 'id-1', raw)
  maildirs.deliver('mette@svendborg.example', 'id-1', raw)
  stop()
  maildirs.deliver('mette@svendborg.example', 'id-2', raw)
  expect(told).toEqual([{ address: 'mette@svendborg.example', id: 'id-1' }])
  expect(maildirs.addresses()).toEqual(['mette@svendborg.example'])
  expect(maildirs.list('mette@svendborg.example')).toMatchObject([
    { id: 'id-1', seen: false },
    { id: 'id-2', seen: false },
  ])
  maildirs.markSeen('mette@svendborg.example', 'id-1')
  maildirs.markSeen('mette@svendborg.example', 'id-1')
  maildirs.deliver('mette@svendborg.example', 'id-1', raw)
  expect(maildirs.list('mette@svendborg.example')).toMatchObject([
    { id: 'id-1', seen: true },
    { id: 'id-2', seen: false },
  ])
  expect((await maildirs.read('mette@svendborg.example', 'id-1'))?.toString('latin1')).toBe(
    'Subject: a\n\næøå\xff\n',
  )
  expect(await maildirs.read('mette@svendborg.example', 'id-3')).toBeUndefined()
  expect(readFileSync(join(root, 'mette@svendborg.example/Maildir/cur/id-1:2,S'))).toHaveLength(17)
})

test('any address has a mailbox of its own inside the folder', () => {
  const root = temporaryFolder()
  const maildirs = openMaildirs(root)
  const address = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(fc.oneof(address, fc.constantFrom('..', '.', '../../x', 'a/b', '%2f')), (text) => {
      expect(maildirs.pathOf(text).slice(root.length)).toMatch(/^\/(?!\.)[^/]+\/Maildir$/)
      expect(maildirs.list(text)).toEqual([])
    }),
  )
  expect(readdirSync(root)).toEqual([])
})
