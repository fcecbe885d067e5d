import { type BaseEvent, mailErasedSchema } from '../../../domain/base/stream.ts'
import { type StreamId, parseStreamId } from '../../../domain/base/stream-id.ts'
import { normaliseToken } from '../../../domain/base/token.ts'
import type { AgreementId } from '../../../domain/base/values.ts'
import { letterSentSchema } from '../../../domain/casefile/letters.ts'
import type { Ports } from '../../../ports/ports.ts'
import type { InspectedRow, ListEntry } from '../../../ports/record.ts'
import { readSheet } from '../../letters/letter-sheet.ts'
import { mapConcurrently } from '../../record/map-concurrently.ts'
import { stateAfter } from '../../record/perform.ts'
import { agreementCase } from '../../streams/cases.ts'
import { type Fault, tried } from './fault.ts'
import { commitRow, eventsOf, type Streams } from './streams.ts'
import type * as z from 'zod'

export type RowPorts = Pick<Ports, 'archive' | 'claims' | 'contacts' | 'directory' | 'register'>

/**
 * Rows beside the streams whose seal does not hold: contacts, the directory, claims, tokens, registers, list entries.
 * @param beganSealed false: what was there before rows were sealed may be without
 */
export const rowSealFaults = (unsealed: readonly InspectedRow[], beganSealed: boolean): readonly Fault[] =>
  unsealed
    .filter(({ SK, seal }) => !commitRow.test(SK) && (seal === 'broken' || beganSealed))
    .map(({ PK, SK, seal }) => ({
      kind: seal === 'broken' ? 'row-changed' : 'row-forged',
      where: `${PK} ${SK}`,
      what:
        seal === 'broken'
          ? 'the row is not as this installation wrote it'
          : 'the row was not written by this installation',
    }))

/** Rows that the streams say must be there, and are not, or say something else. */
export const rowFaults = async (ports: RowPorts, streams: Streams): Promise<readonly Fault[]> => {
  const [agreements, runs, directory] = await Promise.all([
    tried(() => ports.register.agreements()),
    tried(() => ports.register.runs()),
    tried(() => ports.directory.read()),
  ])
  const faults: Fault[] = []
  const missing = (where: string, what: string): void => {
    faults.push({ kind: 'row-missing', where, what })
  }
  if (!directory.ok) missing('DIRECTORY CURRENT', `the directory cannot be read: ${directory.why}`)
  if (!agreements.ok) missing('AGREEMENTS#0', agreements.why)
  if (!runs.ok) missing('RUNS#0', runs.why)
  for (const stream of streams.keys()) {
    const parsed = parseStreamId(stream)
    if (parsed.kind === 'agreement' && agreements.ok && !agreements.value.includes(parsed.agreement))
      missing(`AGREEMENTS#0 ${parsed.agreement}`, `${stream} is in no register of agreements`)
    if (parsed.kind === 'run' && runs.ok && !runs.value.includes(parsed.year))
      missing(`RUNS#0 ${parsed.year}`, `${stream} is in no register of runs`)
  }
  const [contacts, letters] = await Promise.all([contactFaults(ports, streams), letterFaults(ports, streams)])
  return [...faults, ...contacts, ...letters]
}

/** Every contact of an agreement has a row, and an address that leads back to it. */
const contactFaults = async (ports: RowPorts, streams: Streams): Promise<readonly Fault[]> => {
  const found = await mapConcurrently([...streams], async ([stream, commits]): Promise<readonly Fault[]> => {
    const parsed = parseStreamId(stream)
    if (parsed.kind !== 'agreement') return []
    const id = parsed.agreement
    const where = `CONTACTS#${id}`
    const folded = await tried(async () => stateAfter(agreementCase, commits))
    const known = folded.ok ? folded.value.contacts.map((contact) => contact.id) : []
    const written = lettersOf(streams, id).flatMap(({ event }) => event.recipients)
    const rows = await tried(() => ports.contacts.of(id))
    if (!rows.ok) return [{ kind: 'row-changed', where, what: rows.why }]
    const erased = erasedContacts(streams, id)
    const gone = [...new Set([...known, ...written])].filter(
      (contact) => !erased.has(contact) && !rows.value.some((row) => row.id === contact),
    )
    const homeless: Fault[] = []
    for (const { id: contact, email } of rows.value) {
      const homes = await tried(() => ports.register.agreementsOfAddress(email))
      if (!homes.ok || !homes.value.includes(id))
        homeless.push({
          kind: 'row-missing',
          where: `ADDRESS# ${id}#${contact}`,
          what: 'the address of this contact does not lead to its agreement',
        })
    }
    return [
      ...gone.map((contact): Fault => ({
        kind: 'row-missing',
        where: `${where} CONTACT#${contact}`,
        what: 'the record names this contact; its row is gone',
      })),
      ...homeless,
    ]
  })
  return found.flat()
}

/** Contacts that an erasure of the agreement's mails took along, by two persons' word. */
const erasedContacts = (streams: Streams, agreement: AgreementId): ReadonlySet<string> =>
  new Set(
    [...streams].flatMap(([stream, commits]) => {
      const parsed = parseStreamId(stream)
      return 'agreement' in parsed && parsed.agreement === agreement
        ? eventsOf(commits).flatMap(({ event }) => mailErasedSchema.safeParse(event).data?.contacts ?? [])
        : []
    }),
  )

type Letter = z.infer<typeof letterSentSchema>

const letterIn = (event: BaseEvent): readonly Letter[] => {
  const read = letterSentSchema.safeParse(event)
  return read.success ? [read.data] : []
}

const lettersOf = (
  streams: Streams,
  agreement: AgreementId | null,
): readonly { readonly stream: StreamId; readonly event: Letter }[] =>
  [...streams].flatMap(([stream, commits]) => {
    const parsed = parseStreamId(stream)
    if (agreement !== null && (!('agreement' in parsed) || parsed.agreement !== agreement)) return []
    return eventsOf(commits).flatMap(({ event }) =>
      letterIn(event).map((letter) => ({ stream, event: letter })),
    )
  })

/** A letter's claim keeps it from going out again; its ids and its token bring answers home. */
const letterFaults = async (ports: RowPorts, streams: Streams): Promise<readonly Fault[]> => {
  const found = await mapConcurrently(
    lettersOf(streams, null),
    async ({ stream, event: letter }): Promise<readonly Fault[]> => {
      const { letterKey, messageId, rawSha256 } = letter
      const tag = letterKey.slice(0, 40)
      const [claim, message, tagged, token] = await Promise.all([
        tried(() => ports.claims.find(letterKey)),
        tried(() => ports.register.findMessageId(messageId)),
        tried(() => ports.register.findLetterTag(tag)),
        printedToken(ports, letter),
      ])
      const isHome = (row: typeof message): boolean =>
        row.ok && row.value?.stream === stream && row.value.letterKey === letterKey
      const rows: readonly (readonly [string, boolean, string])[] = [
        [
          `LETTER#${letterKey} CLAIM`,
          claim.ok && claim.value?.state === 'sent' && claim.value.rawSha256 === rawSha256,
          'the claim on this letter is not that of one that was sent',
        ],
        [`TAG#${tag} TAG`, isHome(tagged), 'the tag of this letter does not lead to it'],
        // A letter to everybody alike, of which the record keeps no text: what answers it names no case.
        ...(letter.private?.text === ''
          ? []
          : ([
              [`MESSAGE#${messageId} MESSAGE`, isHome(message), 'the id of this letter does not lead to it'],
            ] as const)),
        ...(token === null
          ? []
          : ([
              [
                `TOKEN#${token} TOKEN`,
                await leadsHome(ports, token, stream),
                'the token of this letter does not lead to its case',
              ],
            ] as const)),
      ]
      return rows.flatMap(([where, holds, what]): readonly Fault[] =>
        holds ? [] : [{ kind: 'row-missing', where, what: `${what} (${stream})` }],
      )
    },
  )
  // Letters of a party share their token.
  return [...new Map(found.flat().map((fault) => [`${fault.kind}|${fault.where}`, fault])).values()]
}

/** The token that the letter's own address prints; null where it prints none. */
const printedToken = async (ports: RowPorts, { rawSha256 }: Letter): Promise<string | null> => {
  const sheet = await tried(() => readSheet(ports, rawSha256))
  const from = sheet.ok ? (sheet.value?.from ?? '') : ''
  const [local = ''] = from.split('@')
  return normaliseToken(local.slice(local.lastIndexOf('-') + 1))
}

const leadsHome = async (ports: RowPorts, token: string, stream: StreamId): Promise<boolean> => {
  const names = await tried(() => ports.register.findToken(token))
  return names.ok && names.value?.stream === stream
}

/**
 * List entries as they stand when all else was read, so that one that was a moment behind has caught up.
 * @param entries read now
 */
export const entryFaults = (streams: Streams, entries: ReadonlyMap<StreamId, ListEntry>): readonly Fault[] =>
  [...streams].flatMap(([stream, commits]): readonly Fault[] => {
    const last = commits.at(-1)
    const entry = entries.get(stream)
    if (last === undefined) return []
    if (entry === undefined)
      return [{ kind: 'row-missing', where: `${stream} HEAD`, what: 'it stands in no list' }]
    return entry.version < last.meta.seq
      ? [
          {
            kind: 'row-changed',
            where: `${stream} HEAD`,
            what: `it stands in its list as at commit ${entry.version}; it is at ${last.meta.seq}`,
          },
        ]
      : []
  })
