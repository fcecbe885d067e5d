import { createHash, randomUUID } from 'node:crypto'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import { S3Error } from './s3-error.ts'

const storedSchema = z.object({
  etag: z.string(),
  size: z.number(),
  modifiedAt: z.string(),
  headers: z.record(z.string(), z.string()),
  checksums: z.record(z.string(), z.string()),
  lock: z.object({ mode: z.enum(['GOVERNANCE', 'COMPLIANCE']), until: z.string() }).optional(),
  legalHold: z.boolean().optional(),
})

/** What is known of an object beside its bytes. `lock.until` is an instant. */
export type StoredObject = z.infer<typeof storedSchema>

// Newest first. Two entries stand here only while an object is being overwritten: the one whose
// etag is the MD5 of the bytes on disk is true, whichever side of the rename a kill fell on.
const sidecarSchema = z.array(storedSchema)

export interface PutInput {
  readonly bytes: Buffer
  readonly headers?: Readonly<Record<string, string>>
  readonly checksums?: Readonly<Record<string, string>>
  readonly lock?: { mode: 'GOVERNANCE' | 'COMPLIANCE'; until: string } | undefined
  readonly legalHold?: boolean
  /** Refuse when the key exists (`If-None-Match: *`). */
  readonly onlyIfNew?: boolean
}

export interface FolderOptions {
  readonly root: string
  readonly buckets: Readonly<Record<string, { readonly objectLock: boolean }>>
  /** Business time in milliseconds since 1970, for `Last-Modified`. */
  readonly now: () => number
  /** Real time in milliseconds since 1970, for locks: they are a matter of security. */
  readonly lockNow?: () => number
}

export type ObjectFolder = ReturnType<typeof openObjectFolder>

// Escaped: what Windows or a shell would stumble over, and the names that would leave the folder.
const escapeSegment = (segment: string): string => {
  if (segment === '') return '%'
  const escaped = segment.replaceAll(/[%\\:*?"<>|\p{Cc}]/gu, (c) =>
    c === '*' ? '%2a' : encodeURIComponent(c),
  )
  return escaped.startsWith('.') ? `%2e${escaped.slice(1)}` : escaped
}
const unescapeSegment = (name: string): string => (name === '%' ? '' : decodeURIComponent(name))
const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error
const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex')

/**
 * Buckets as folders: an object's bytes stand under `<root>/<bucket>/<key>` as they are, what is
 * known of it under `<root>/.sidecars`. Every call is synchronous, so calls never interleave.
 * There are no versions: a locked object can therefore be neither deleted nor overwritten.
 */
export function openObjectFolder(options: FolderOptions) {
  const { root, buckets, now, lockNow = Date.now } = options
  for (const bucket of Object.keys(buckets)) mkdirSync(join(root, bucket), { recursive: true })
  const temporary = join(root, '.tmp')
  rmSync(temporary, { recursive: true, force: true })
  mkdirSync(temporary, { recursive: true })

  const bucketOf = (bucket: string): { readonly objectLock: boolean } => {
    const found = Object.hasOwn(buckets, bucket) ? buckets[bucket] : undefined
    if (found === undefined) throw new S3Error('NoSuchBucket', `The bucket ${bucket} does not exist`)
    return found
  }
  const pathOf = (bucket: string, key: string): string => {
    bucketOf(bucket)
    if (key === '') throw new S3Error('InvalidURI', 'A key cannot be empty')
    const segments = key.split('/').map(escapeSegment)
    // A file name holds 255 bytes at most, the sidecar's suffix included.
    if (Buffer.byteLength(key) > 1024 || segments.some((s) => Buffer.byteLength(s) > 240)) {
      throw new S3Error('KeyTooLongError', 'The key is too long')
    }
    return join(root, bucket, ...segments)
  }
  const sidecarOf = (bucket: string, key: string): string =>
    `${join(root, '.sidecars', bucket, ...key.split('/').map(escapeSegment))}.json`

  const replace = (path: string, content: Buffer | string): void => {
    const written = join(temporary, randomUUID())
    writeFileSync(written, content)
    mkdirSync(dirname(path), { recursive: true })
    renameSync(written, path)
  }
  const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false

  const head = (bucket: string, key: string): StoredObject | undefined => {
    const path = pathOf(bucket, key)
    if (!isFile(path)) return undefined
    const entries = sidecarSchema.parse(JSON.parse(readFileSync(sidecarOf(bucket, key), 'utf8')))
    if (entries.length === 1) return entries[0]
    const etag = md5(readFileSync(path))
    return entries.find((entry) => entry.etag === etag)
  }

  const refuseIfLocked = (stored: StoredObject, bypassGovernance: boolean): void => {
    if (stored.legalHold === true) throw new S3Error('AccessDenied', 'The object is under legal hold')
    if (stored.lock === undefined || Date.parse(stored.lock.until) <= lockNow()) return
    if (stored.lock.mode === 'GOVERNANCE' && bypassGovernance) return
    throw new S3Error(
      'AccessDenied',
      `Access Denied because object protected by object lock until ${stored.lock.until}`,
    )
  }

  const put = (bucket: string, key: string, input: PutInput): StoredObject => {
    const path = pathOf(bucket, key)
    if ((input.lock !== undefined || input.legalHold === true) && !bucketOf(bucket).objectLock) {
      throw new S3Error('InvalidRequest', 'Bucket is missing Object Lock Configuration')
    }
    if (input.lock !== undefined && !(Date.parse(input.lock.until) > lockNow())) {
      throw new S3Error('InvalidArgument', 'The retain until date must be in the future!')
    }
    const before = head(bucket, key)
    if (before !== undefined && input.onlyIfNew === true) {
      throw new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold')
    }
    if (before !== undefined) refuseIfLocked(before, false)
    const stored: StoredObject = {
      etag: md5(input.bytes),
      size: input.bytes.length,
      modifiedAt: new Date(now()).toISOString(),
      headers: { ...input.headers },
      checksums: { ...input.checksums },
      ...(input.lock === undefined ? {} : { lock: { ...input.lock } }),
      ...(input.legalHold === true ? { legalHold: true } : {}),
    }
    const sidecar = sidecarOf(bucket, key)
    try {
      replace(sidecar, JSON.stringify(before === undefined ? [stored] : [stored, before]))
      replace(path, input.bytes)
    } catch (error) {
      if (isSystemError(error) && ['EISDIR', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST'].includes(error.code ?? '')) {
        throw new S3Error(
          'NotImplemented',
          `The key ${key} is also the beginning of other keys; a folder cannot hold both`,
        )
      }
      throw error
    }
    if (before !== undefined) replace(sidecar, JSON.stringify([stored]))
    return stored
  }

  const get = (bucket: string, key: string): { stored: StoredObject; bytes: Buffer } | undefined => {
    const stored = head(bucket, key)
    return stored === undefined ? undefined : { stored, bytes: readFileSync(pathOf(bucket, key)) }
  }

  const remove = (bucket: string, key: string, bypassGovernance = false): void => {
    const stored = head(bucket, key)
    if (stored === undefined) return
    refuseIfLocked(stored, bypassGovernance)
    rmSync(pathOf(bucket, key))
    rmSync(sidecarOf(bucket, key), { force: true })
    // Empty folders go too, or a later key of the same name as a folder would be refused.
    for (let folder = dirname(pathOf(bucket, key)); folder !== join(root, bucket); folder = dirname(folder)) {
      if (readdirSync(folder).length > 0) break
      rmdirSync(folder)
    }
  }

  /** All keys of a bucket that begin with the prefix, in UTF-8 binary order as S3 lists them. */
  const keys = (bucket: string, prefix = ''): string[] => {
    bucketOf(bucket)
    const found: string[] = []
    const walk = (folder: string, before: string): void => {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const key = before + unescapeSegment(entry.name)
        if (entry.isFile() && key.startsWith(prefix)) found.push(key)
        if (entry.isDirectory() && (`${key}/`.startsWith(prefix) || prefix.startsWith(`${key}/`))) {
          walk(join(folder, entry.name), `${key}/`)
        }
      }
    }
    walk(join(root, bucket), '')
    return found.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  }

  return { put, get, head, remove, keys, pathOf }
}
