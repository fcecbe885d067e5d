import * as z from 'zod'
import { archivedFileSchema, letterSentSchema } from '../../../domain/casefile/letters.ts'
import { canonicalJson } from '../../../domain/judging/canonical.ts'
import type { BaseEvent } from '../../../domain/base/stream.ts'
import type { StreamId } from '../../../domain/base/stream-id.ts'
import type { Ports } from '../../../ports/ports.ts'
import { letterSheetSchema, sheetKey } from '../../letters/letter-sheet.ts'
import { mapConcurrently } from '../../record/map-concurrently.ts'
import { type Fault, readFile, reasonOf, tried } from './fault.ts'
import { eventsOf, type Streams } from './streams.ts'

type LetterSent = z.infer<typeof letterSentSchema>

interface NamedFile {
  readonly key: string
  /** Null for what is told by what it says (`sheetOf`). */
  readonly sha256: string | null
  readonly sheetOf: LetterSent | null
}

const rawSchema = z.looseObject({ rawSha256: z.string().min(1) })
const filesSchema = z.looseObject({ files: z.array(archivedFileSchema.loose()) })
/** What is proposed or decided on lies under a key, and its subject is the hash of its bytes. */
const keySchema = z.looseObject({ archiveKey: z.string(), subject: z.string() })

const file = (key: string, sha256: string): NamedFile => ({ key, sha256, sheetOf: null })

/** The archive's files that an event names: raw mails, letters as sent with their sheets, riders, reports, pages. */
const filesOf = (event: BaseEvent): readonly NamedFile[] => {
  const letter = letterSentSchema.safeParse(event)
  if (letter.success) {
    const { rawSha256, documents = [] } = letter.data
    return [
      file(`letters/${rawSha256}`, rawSha256),
      { key: sheetKey(rawSha256), sha256: null, sheetOf: letter.data },
      ...documents.map(({ archiveKey, sha256 }) => file(archiveKey, sha256)),
    ]
  }
  const raw = rawSchema.safeParse(event)
  const many = filesSchema.safeParse(event)
  const one = keySchema.safeParse(event)
  return [
    ...(raw.success ? [file(`mail/${raw.data.rawSha256}`, raw.data.rawSha256)] : []),
    ...(many.success ? many.data.files.map(({ archiveKey, sha256 }) => file(archiveKey, sha256)) : []),
    ...(one.success ? [file(one.data.archiveKey, one.data.subject)] : []),
  ]
}

/**
 * Checks each file that the record names, each once: a raw mail, a letter, a rider, a page of the report by its hash;
 * a letter's sheet by what the record and the letter itself say.
 */
export const fileFaults = async (
  ports: Pick<Ports, 'archive' | 'digest' | 'mime'>,
  streams: Streams,
): Promise<{ readonly faults: readonly Fault[]; readonly files: number }> => {
  const named = new Map<string, NamedFile & { stream: StreamId }>()
  for (const [stream, commits] of streams)
    for (const { event } of eventsOf(commits))
      for (const one of filesOf(event)) named.set(`${one.key}|${one.sha256}`, { ...one, stream })
  const faults = await mapConcurrently([...named.values()], (one) => verifyFile(ports, one))
  return { faults: faults.filter((fault) => fault !== null), files: named.size }
}

const verifyFile = async (
  ports: Pick<Ports, 'archive' | 'digest' | 'mime'>,
  { key, sha256, sheetOf, stream }: NamedFile & { readonly stream: StreamId },
): Promise<Fault | null> => {
  const stored = await readFile(ports, key)
  const changed = (what: string): Fault => ({ kind: 'file-changed', where: key, what })
  if (stored.is === 'gone')
    return { kind: 'file-missing', where: key, what: `${stream} names it; the archive has it not` }
  if (stored.is === 'unreadable') return changed(`${stream} names it; it cannot be read: ${stored.why}`)
  if (sha256 !== null)
    return stored.sha256 === sha256 ? null : changed(`its content is not what ${stream} recorded`)
  if (sheetOf === null) return null
  const other = await sheetDifference(ports, stored.bytes, sheetOf)
  return other === null ? null : changed(`${other} is not what ${stream} recorded`)
}

/** What of a letter's sheet says something else than the record, or than the letter as it went; null when nothing. */
const sheetDifference = async (
  ports: Pick<Ports, 'archive' | 'digest' | 'mime'>,
  bytes: Uint8Array,
  letter: LetterSent,
): Promise<string | null> => {
  let sheet: z.infer<typeof letterSheetSchema>
  try {
    sheet = letterSheetSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch (error) {
    return `its content (${reasonOf(error)})`
  }
  const { order, recipients, datedOn, dueOn, documents = [], private: words } = letter
  const recorded: readonly (readonly [string, unknown, unknown])[] = [
    ['order', sheet.order, order],
    ['recipients', sheet.recipients, recipients],
    ['datedOn', sheet.datedOn, datedOn],
    ['dueOn', sheet.dueOn, dueOn],
    ['documents', sheet.documents ?? [], documents],
    ...(words === undefined
      ? []
      : ([
          ['to', sheet.to, words.to],
          ['subject', sheet.subject, words.subject],
          // Of a letter that goes to everybody alike the record keeps no text: the letter itself has it.
          ...(words.text === '' ? [] : [['text', sheet.text, words.text] as const]),
        ] as const)),
  ]
  const other = recorded.find(([, says, is]) => canonicalJson(says) !== canonicalJson(is))
  if (other !== undefined) return `its "${other[0]}"`
  const raw = await readFile(ports, `letters/${letter.rawSha256}`)
  if (raw.is !== 'there') return null
  if (!new TextDecoder().decode(raw.bytes).includes(sheet.from)) return 'its "from"'
  if (words === undefined || words.text !== '') return null
  const mail = await tried(() => ports.mime.parse(raw.bytes))
  return mail.ok && wordsOf(mail.value.text ?? '') === wordsOf(sheet.text) ? null : 'its "text"'
}

const wordsOf = (text: string): string => text.split(/\s+/u).join(' ').trim()
