import {
  accept,
  type Actor,
  type BaseEvent,
  mailsRepeatedIn,
  mailErasedSchema,
  type MailErased,
} from '../../domain/base/stream.ts'
import { isToErase, type Erasure } from '../../domain/casefile/erasures.ts'
import type { MailRecord } from '../../domain/casefile/mails.ts'
import {
  agreementStream,
  inboxStream,
  renegotiationStream,
  reviewStream,
  runStream,
  parseStreamId,
  streamKind,
  type StreamId,
} from '../../domain/base/stream-id.ts'
import { personIdSchema, type AgreementId, type ContactId } from '../../domain/base/values.ts'
import type { InboxHome } from '../../domain/inbox/inbox.ts'
import type { Ports } from '../../ports/ports.ts'
import type { ArchiveErasure, ContactErasure, PrivateParts } from '../../ports/record.ts'
import type { LandingErasure } from '../../ports/mail.ts'
import { lettersRepeating, type RepeatingPorts } from '../letters/letters-repeating.ts'
import { agreementCase, inboxCase } from '../streams/cases.ts'
import { takesMail, withErasure, withMails } from '../streams.ts'
import { loadCase, perform, type RecordPorts } from './perform.ts'

export type ErasingPorts = RecordPorts &
  RepeatingPorts & {
    readonly streams: Ports['streams'] & PrivateParts
    readonly archive: Ports['archive'] & ArchiveErasure
    readonly contacts: Ports['contacts'] & ContactErasure
    readonly landing: Ports['landing'] & LandingErasure
  }

const actor: Actor = { by: 'system', name: 'EraseContent' }

/** A mail that two persons have decided to erase, under every key its words are known by. */
interface Erasing {
  readonly mailKey: string
  readonly erasure: Erasure
  readonly receivedAt: string
  /** Its own key; that of the OK which made it count, whose receipt repeats it; another key it has in an inbox. */
  readonly keys: readonly string[]
  /** Keys of the archive that hold the mail itself; named by the stream that keeps the mail. */
  readonly files: readonly string[]
  /** Contacts that it alone made; named by the stream that keeps the mail. */
  readonly contacts: readonly ContactId[]
}

/**
 * Does the erasures that two persons have decided in a stream: in every stream that the mail may be named in,
 * whatever its events declare to repeat it, every archived letter that says something else without it, and the
 * helpers it made. What goes is put on the record of all of them first, then taken away, the mail itself last: a crash
 * in between leaves the mail there, so that it is taken up again. Safe to repeat.
 */
export const eraseContent = async (ports: ErasingPorts, stream: StreamId): Promise<void> => {
  if (streamKind(stream) === 'inbox') await eraseInInbox(ports, stream)
  else if (takesMail(stream)) await eraseInCase(ports, stream)
}

const fileOf = ({ rawSha256 }: { readonly rawSha256: string }): string => `mail/${rawSha256}`

/** Decided, and the mail itself is there still: nothing of it can be missed before that is gone. */
const isLeft = async (
  ports: ErasingPorts,
  mail: { readonly erasure?: Erasure | undefined; readonly rawSha256: string },
): Promise<boolean> =>
  isToErase(mail) && (mail.erasure?.erasedAt === null || (await ports.archive.get(fileOf(mail))) !== null)

/** Names what goes in each of the streams, and then takes it away; the stream that keeps the mail comes last. */
const eraseEverywhere = async (
  ports: ErasingPorts,
  erasing: Erasing,
  elsewhere: readonly StreamId[],
  stream: StreamId,
): Promise<void> => {
  const others = elsewhere.filter((other) => other !== stream)
  for (const other of others) await nameIn(ports, other, { ...erasing, files: [], contacts: [] })
  await nameIn(ports, stream, erasing)
  for (const other of others) await takeAway(ports, other)
  await takeAway(ports, stream)
}

const eraseInCase = (ports: ErasingPorts, stream: StreamId): Promise<void> =>
  withMails(stream, async (kind, { facts }) => {
    const { mails, agreement } = facts((await loadCase(ports, kind, stream)).state)
    for (const mail of mails) {
      if (mail.erasure === undefined || !(await isLeft(ports, mail))) continue
      const inbox = inboxStream(mail.receivedAt)
      const kept = (await loadCase(ports, inboxCase, inbox)).state.mails
      // One that could not be read when it came has another key there, and the same bytes.
      const inInbox = kept.filter(
        ({ mailKey, rawSha256 }) => mailKey === mail.mailKey || rawSha256 === mail.rawSha256,
      )
      const keys = new Set([mail.mailKey, ...inInbox.map(({ mailKey }) => mailKey)])
      if (mail.confirmedBy !== null) keys.add(mail.confirmedBy)
      const erasing: Erasing = {
        mailKey: mail.mailKey,
        erasure: mail.erasure,
        receivedAt: mail.receivedAt,
        keys: [...keys],
        files: [fileOf(mail)],
        contacts: await helpersMadeBy(ports, mail, mails, agreement),
      }
      const elsewhere = await mayBeNamedIn(ports, inbox, erasing.keys, agreement)
      await eraseEverywhere(ports, erasing, inInbox.length > 0 ? [...elsewhere, inbox] : elsewhere, stream)
    }
    await takeAway(ports, stream)
  })

const eraseInInbox = async (ports: ErasingPorts, inbox: StreamId): Promise<void> => {
  const { state } = await loadCase(ports, inboxCase, inbox)
  for (const mail of state.mails) {
    const { mailKey, erasure, receivedAt, decision } = mail
    if (erasure === undefined || !(await isLeft(ports, mail))) continue
    // One that was placed is erased from its case, which keeps it and names it here.
    if (erasure.erasedAt !== null && decision === 'placed') continue
    const keys = [mailKey]
    const erasing = { mailKey, erasure, receivedAt, keys, files: [fileOf(mail)], contacts: [] }
    await eraseEverywhere(ports, erasing, await mayBeNamedIn(ports, inbox, keys, null), inbox)
  }
  await takeAway(ports, inbox)
}

/**
 * The helpers that a mail named and no other that is kept: they are as the machine entered them. One that a person
 * has changed since is the register's.
 */
const helpersMadeBy = async (
  ports: ErasingPorts,
  mail: MailRecord,
  mails: readonly MailRecord[],
  agreement: AgreementId | null,
): Promise<readonly ContactId[]> => {
  if (agreement === null) return []
  const others = mails.flatMap((other) =>
    other.mailKey === mail.mailKey || other.details == null ? [] : (other.helpers?.entered ?? []),
  )
  const found = await Promise.all(
    (mail.helpers?.entered ?? []).map(async (id) => {
      const contact = others.includes(id) ? null : await ports.contacts.find(agreement, id)
      return contact?.role === 'co-reporter' && contact.name === contact.email ? [id] : []
    }),
  )
  return found.flat()
}

/**
 * The streams beside its own in which a mail may be named or repeated: every case an inbox ever told of it, and all
 * that its agreements have: their reviews, renegotiations, and the runs that share what they tell.
 */
const mayBeNamedIn = async (
  ports: ErasingPorts,
  inbox: StreamId,
  keys: readonly string[],
  agreement: AgreementId | null,
): Promise<readonly StreamId[]> => {
  const commits = await ports.streams.load(inbox)
  const homes = commits.flatMap(({ events }) =>
    events
      .map(inboxCase.read)
      .flatMap((event): readonly InboxHome[] =>
        (event.type === 'InboxMailHeld' || event.type === 'InboxMailReread') && keys.includes(event.mailKey)
          ? event.homes
          : [],
      ),
  )
  const agreements = [...homes.map((home) => home.agreement), ...(agreement === null ? [] : [agreement])]
  const years = await ports.register.runs()
  const ofAgreements = await Promise.all(
    [...new Set(agreements)].map(async (id) => {
      const { state } = await loadCase(ports, agreementCase, agreementStream(id))
      return [
        agreementStream(id),
        ...years.map((year) => reviewStream(year, id)),
        ...state.questions.map(({ seq }) => renegotiationStream(id, seq)),
      ]
    }),
  )
  return [...new Set([...homes.map((home) => home.stream), ...ofAgreements.flat(), ...years.map(runStream)])]
}

/** Names what of the mail goes in this stream; nothing where the stream repeats nothing of it. */
const nameIn = async (ports: ErasingPorts, stream: StreamId, erasing: Erasing): Promise<void> => {
  const goes = await whatGoes(ports, stream, erasing)
  if (goes.commits.length + goes.files.length === 0) return
  const { mailKey, erasure, contacts } = erasing
  const erased: MailErased = {
    type: 'MailErased',
    v: 1,
    mailKey,
    ground: erasure.ground,
    askedBy: personIdSchema.parse(erasure.askedBy),
    confirmedBy: personIdSchema.parse(erasure.confirmedBy),
    ...goes,
    ...(contacts.length === 0 ? {} : { contacts: [...contacts] }),
  }
  const id = `erased/${mailKey}`
  await withErasure(stream, (kind, asEvent) =>
    perform(ports, kind, stream, { id, actor, decide: () => accept(asEvent(erased)) }),
  )
}

/** The commits whose private part repeats the mail, and the letters among them with their sheets. */
const whatGoes = async (
  ports: ErasingPorts,
  stream: StreamId,
  { keys, files, receivedAt }: Erasing,
): Promise<Pick<MailErased, 'commits' | 'files'>> => {
  const commits = await ports.streams.load(stream)
  const repeats = (event: BaseEvent): boolean => mailsRepeatedIn(event).some((key) => keys.includes(key))
  const repeating = await lettersRepeating(ports, stream, keys, receivedAt)
  const going = commits.filter(
    ({ events, meta }) => repeating.some(({ seq }) => seq === meta.seq) || events.some(repeats),
  )
  const letters = await Promise.all(
    repeating.map(async ({ letterKey, rawSha256 }) => {
      const unsent = (await ports.claims.find(letterKey))?.unsent ?? []
      return [rawSha256, ...unsent].flatMap((hash) => [`letters/${hash}`, `letters/${hash}.json`])
    }),
  )
  return { commits: going.map(({ meta }) => meta.seq), files: [...letters.flat(), ...files] }
}

/** Whatever the stream names as erased; a mail itself last, as what tells that something is left. */
const takeAway = async (ports: ErasingPorts, stream: StreamId): Promise<void> => {
  const commits = await ports.streams.load(stream)
  const named = commits.flatMap((commit) =>
    commit.events.flatMap((event) => {
      const read = mailErasedSchema.safeParse(event)
      return read.success ? [read.data] : []
    }),
  )
  for (const erased of named) await takeAwayOne(ports, stream, erased)
}

const takeAwayOne = async (ports: ErasingPorts, stream: StreamId, erased: MailErased): Promise<void> => {
  const agreement = agreementOf(stream)
  if (agreement !== null) for (const id of erased.contacts ?? []) await ports.contacts.erase(agreement, id)
  for (const seq of erased.commits) await ports.streams.erase(stream, seq)
  const isMail = (key: string): boolean => key.startsWith('mail/')
  for (const key of erased.files.toSorted((a, b) => Number(isMail(a)) - Number(isMail(b)))) {
    const bytes = await ports.archive.get(key)
    if (bytes === null) continue
    // While the archive still has it, so that a repetition knows what to look for.
    if (isMail(key)) await ports.landing.eraseTwins(bytes)
    await ports.archive.erase(key)
  }
}

const agreementOf = (stream: StreamId): AgreementId | null => {
  const parsed = parseStreamId(stream)
  return 'agreement' in parsed ? parsed.agreement : null
}
