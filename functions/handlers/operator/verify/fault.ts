import type { Ports } from '../../../ports/ports.ts'

/** What is wrong with the record, named so that a person can look. */
export interface Fault {
  readonly kind:
    | 'chain'
    | 'commit-missing'
    | 'stream-missing'
    | 'commit-changed'
    | 'commit-forged'
    | 'commit-unlisted'
    | 'file-missing'
    | 'file-changed'
    | 'private-missing'
    | 'not-erased'
    | 'erased-by-one'
    | 'erased-by-nobody'
    | 'row-missing'
    | 'row-forged'
    | 'row-changed'
    | 'judged-otherwise'
    | 'report-otherwise'
    | 'list'
  /** The stream, the archive's key, the table's row or the list's date. */
  readonly where: string
  readonly what: string
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** What is asked for, or the reason why it cannot be had. */
export type Tried<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string }

/** One thing that cannot be read ends no verification: it is a finding. */
export const tried = async <T>(read: () => Promise<T>): Promise<Tried<T>> => {
  try {
    return { ok: true, value: await read() }
  } catch (error) {
    return { ok: false, why: reasonOf(error) }
  }
}

/** A file as the archive has it. */
export type StoredFile =
  | { readonly is: 'there'; readonly bytes: Uint8Array; readonly sha256: string }
  | { readonly is: 'gone' }
  /** The archive cannot give it: its own checksum does not hold. */
  | { readonly is: 'unreadable'; readonly why: string }

export const readFile = async (
  ports: Pick<Ports, 'archive' | 'digest'>,
  key: string,
): Promise<StoredFile> => {
  const read = await tried(() => ports.archive.get(key))
  if (!read.ok) return { is: 'unreadable', why: read.why }
  return read.value === null
    ? { is: 'gone' }
    : { is: 'there', bytes: read.value, sha256: ports.digest(read.value) }
}
