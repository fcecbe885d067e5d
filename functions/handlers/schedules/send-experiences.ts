import * as z from 'zod'
import { isForLater } from '../../../workflows/errors.ts'
import type { Contact } from '../../domain/agreement/content.ts'
import { mayGoNow } from '../../domain/base/calendar.ts'
import { runStream, type StreamId } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import type { SentLetter } from '../../domain/casefile/letters.ts'
import { mainMailboxOf } from '../../domain/casefile/recipients.ts'
import { officeHeadOn, type Directory } from '../../domain/directory/directory.ts'
import { senderAddress } from '../../domain/directory/senders.ts'
import { ministryOn } from '../../domain/directory/ministry.ts'
import { municipality } from '../../domain/directory/municipalities.ts'
import {
  experienceOrder,
  experiencesCaseworker,
  isReleased,
  municipalitiesLeft,
  recordExperienceLetters,
} from '../../domain/year-run/experiences.ts'
import type { ExperienceCard } from '../../domain/year-run/slices/experiences.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import { experiences } from '../../mail/experiences.ts'
import { renderGeneralLetter } from '../../mail/render-letter.ts'
import { SendRefused } from '../../ports/mail.ts'
import type { Ports } from '../../ports/ports.ts'
import { claimAndSend, type ClaimPorts } from '../letters/claim-and-send.ts'
import { letterKeyOf, readSheet, type LetterSheet } from '../letters/letter-sheet.ts'
import { loadCase, perform, type RecordPorts } from '../record/perform.ts'
import { readExperiences } from '../report/experiences.ts'
import { runCase } from '../streams/cases.ts'
import { mapConcurrently } from '../record/map-concurrently.ts'

/** What the schedule passes is not needed: the day is the clock's. */
export const sendExperiencesInputSchema = z.object({}).nullish()

export type ExperiencePorts = RecordPorts &
  ClaimPorts &
  Pick<Ports, 'composer' | 'contacts' | 'digest' | 'directory'>

/** So many letters a commit: what they say lies in the archive, and a commit stays small. */
const perCommit = 25

/**
 * Sends the year's experiences to every municipality, where an approver has released them (L16): at
 * 9.00 on a working day, each municipality once, whatever is repeated. A mailbox that refuses or bounces keeps no
 * other back; one that nobody knows stays open, and the page names it.
 */
export const makeSendExperiences =
  (ports: ExperiencePorts) =>
  async (_input: unknown): Promise<{ sent: number }> => {
    if (!mayGoNow(ports.clock.now())) return { sent: 0 }
    let sent = 0
    const failures: unknown[] = []
    for (const year of await ports.register.runs()) {
      const { state: run } = await loadCase(ports, runCase, runStream(year))
      if (run.experiences.released === null || municipalitiesLeft(run).length === 0) continue
      const { letter } = await readExperiences(ports, run)
      // Consent taken back, or another card since: what goes out is what was released, or nothing.
      if (!isReleased(run, letter)) continue
      const gone = await sendLeft(ports, run, letter.cards)
      sent += gone.sent
      failures.push(...gone.failures)
    }
    // The schedule tries again; what has gone stays gone.
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} letters have not gone`)
    return { sent }
  }

const sendLeft = async (ports: ExperiencePorts, run: RunState, cards: readonly ExperienceCard[]) => {
  const stream = runStream(run.year)
  const agreements = await ports.register.agreements()
  const [directory, contacts] = await Promise.all([
    ports.directory.read(),
    mapConcurrently(agreements, (agreement) => ports.contacts.of(agreement)),
  ])
  const left = municipalitiesLeft(run)
  const failures: unknown[] = []
  let sent = 0
  for (let from = 0; from < left.length; from += perCommit) {
    const gone = await mapConcurrently(left.slice(from, from + perCommit), (code) =>
      sendOne(ports, { stream, run, cards, directory, contacts: contacts.flat(), code }).catch(
        (error: unknown) => {
          if (!(isForLater(error) || error instanceof SendRefused)) throw error
          failures.push(error)
          return null
        },
      ),
    )
    const letters = gone.filter((letter) => letter !== null)
    sent += letters.length
    if (letters.length > 0) await record(ports, stream, letters)
  }
  return { sent, failures }
}

interface One {
  readonly stream: StreamId
  readonly run: RunState
  readonly cards: readonly ExperienceCard[]
  readonly directory: Directory
  readonly contacts: readonly Contact[]
  readonly code: string
}

/** One municipality's letter, claimed and handed over; null where no mailbox is known. */
const sendOne = async (ports: ExperiencePorts, one: One): Promise<SentLetter | null> => {
  const { stream, run, cards, directory, contacts, code } = one
  const now = ports.clock.now()
  const on = todayInCopenhagen(now)
  const order = experienceOrder(code)
  const mailbox = mainMailboxOf(directory, contacts, code, on)
  if (mailbox === null) return null
  const letterKey = letterKeyOf(ports, stream, order)
  const head = officeHeadOn(directory, on)
  const caseworker = experiencesCaseworker(directory, run.year)
  const ministry = ministryOn(on).name
  const rendered = renderGeneralLetter(
    experiences({
      language: 'da',
      year: run.year,
      cards: cards.map(({ theme, municipality: source, text }) => ({
        theme,
        municipality: municipality(source).officialName,
        text,
      })),
    }),
    {
      letterOn: on,
      ministry,
      officeHead: { name: head.name, title: head.title },
      caseworker: { name: caseworker.name, title: caseworker.title, phone: caseworker.phone },
      municipality: municipality(code).officialName,
      recipient: null,
    },
  )
  const { address: from, domain } = senderAddress(directory, on, 'general')
  const raw = await ports.composer.compose({
    from: { name: ministry, address: from },
    to: [{ name: municipality(code).officialName, address: mailbox.email }],
    cc: [],
    subject: rendered.subject,
    text: rendered.text,
    html: rendered.html,
    date: now,
    messageId: `<${letterKey.slice(0, 40)}@${domain}>`,
    inReplyTo: null,
    references: [],
    autoSubmitted: rendered.autoSubmitted,
    attachments: [],
  })
  const sheet: LetterSheet = {
    v: 1,
    order,
    from,
    recipients: [mailbox.id],
    to: [mailbox.email],
    datedOn: on,
    dueOn: null,
    subject: rendered.subject,
    text: rendered.text,
  }
  const claim = await claimAndSend(ports, { letterKey, stream, raw, from, to: sheet.to, sheet })
  const gone =
    ports.digest(raw) === claim.rawSha256 ? sheet : ((await readSheet(ports, claim.rawSha256)) ?? sheet)
  return {
    letterKey,
    order,
    recipients: gone.recipients,
    datedOn: gone.datedOn,
    dueOn: null,
    rawSha256: claim.rawSha256,
    messageId: claim.messageId ?? '',
    again: claim.attemptsAt.length > 1,
    to: gone.to,
    subject: gone.subject,
    // The same to all: the archive has it under the hash.
    text: '',
  }
}

const record = async (
  ports: ExperiencePorts,
  stream: StreamId,
  letters: readonly SentLetter[],
): Promise<void> => {
  await perform(ports, runCase, stream, {
    id: `letters/${ports.digest(letters.map(({ letterKey }) => letterKey).join(' '))}`,
    actor: { by: 'system', name: 'SendExperiences' },
    decide: (state) => recordExperienceLetters(state, letters),
  })
}
