import type { AgreementCommand } from '../../domain/agreement/commands.ts'
import { decideAgreement } from '../../domain/agreement/decide.ts'
import type { MailRecord } from '../../domain/casefile/mails.ts'
import { contactsOf } from '../../domain/casefile/recipients.ts'
import { withdrawWish } from '../../domain/renegotiation/decide/take-mail.ts'
import { namedAssumptions } from '../../domain/review/decide/take-mail.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { municipality } from '../../domain/directory/municipalities.ts'
import { accept, type Actor } from '../../domain/base/stream.ts'
import { agreementStream, renegotiationStream } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { Ports } from '../../ports/ports.ts'
import { agreementCase, renegotiationCase } from '../streams/cases.ts'
import type { LetterPorts } from '../letters/send-once.ts'
import { sendOwed } from '../letters/answers.ts'
import { renegotiationComposer } from '../letters/composers.ts'
import { makeRaiseQuestion } from './raise-question.ts'
import { loadCase, perform, type Performed } from './perform.ts'

const actor: Actor = { by: 'system', name: 'ObserveReply' }

/** What one mail tells the agreement's stream: a value it observed, or the wish to renegotiate. */
interface Telling {
  readonly id: string
  readonly command: AgreementCommand
}

const observations = (state: ReviewState, mail: MailRecord, party: string): readonly Telling[] =>
  (state.content?.assumptions ?? []).flatMap((assumption) => {
    const value = mail.values.find((one) => one.key === assumption.key)?.value
    const asked = assumption.observedBy === 'municipality' && assumption.years.includes(state.year)
    if (!asked || value?.is !== 'number') return []
    const observationId = `${mail.mailKey}/${assumption.key}`
    return [
      {
        id: `observation/${observationId}`,
        command: {
          do: 'record-observation',
          observationId,
          observation: {
            assumption: assumption.key,
            value: value.value,
            knownOn: todayInCopenhagen(mail.receivedAt),
            validFrom: `${state.year}-01-01`,
            validTo: `${state.year}-12-31`,
            source: municipality(party).officialName,
          },
          by: 'municipality',
          matterId: null,
        },
      },
    ]
  })

const wishes = (state: ReviewState, mail: MailRecord): readonly Telling[] => {
  const value = mail.values.find((one) => one.key === 'Genforhandling')?.value
  if (value?.is !== 'yes-no' || !value.yes) return []
  const text = mail.details?.texts['Genforhandling'] ?? ''
  const known = state.content?.assumptions.map((assumption) => assumption.key) ?? []
  return [
    {
      id: `wish/${mail.mailKey}`,
      command: {
        do: 'raise',
        triggerId: mail.mailKey,
        cause: 'municipality-wish',
        assumptionKeys: namedAssumptions(text).filter((key) => known.includes(key)),
        error: false,
        matterId: null,
        reason: text,
      },
    },
  ]
}

/** A wish without a reason is asked for one by its receipt; an agreement that has ended has nothing to change. */
const expected = ['no-ground', 'ended']

const done = <S, E>(performed: Performed<S, E>): void => {
  if (performed.outcome === 'refused' && !expected.includes(performed.refusal.kind))
    throw new Error(`${performed.refusal.kind}: ${performed.refusal.message}`)
}

/**
 * Tells the agreement what the mails that count in a review say of its assumptions: values the municipality
 * observes, and its wish to renegotiate or to let that be. Safe to repeat: each mail is told once.
 */
export const observeReply = async (ports: LetterPorts, review: ReviewState): Promise<void> => {
  const { agreement } = review
  if (agreement === null) return
  await enterHelpers(ports, review)
  const mails = review.mails.filter((mail) => mail.standing === 'counts' && mail.party !== null)
  const tellings = mails.flatMap((mail) =>
    mail.party === null ? [] : [...observations(review, mail, mail.party), ...wishes(review, mail)],
  )
  if (tellings.length > 0) {
    const stream = agreementStream(agreement)
    const { commandIds } = await loadCase(ports, agreementCase, stream)
    for (const { id, command } of tellings)
      if (!commandIds.has(id))
        done(
          await perform(ports, agreementCase, stream, {
            id,
            actor,
            decide: (state, now) =>
              decideAgreement(state, command, { today: todayInCopenhagen(now), finalYears: [] }),
          }),
        )
    await makeRaiseQuestion(ports)(agreement)
    const { state } = await loadCase(ports, agreementCase, stream)
    // Asked of the record, not of what was raised now: a repetition owes what a crash left.
    for (const { seq, triggers, outcome } of state.questions)
      if (outcome === null && triggers.some((trigger) => trigger.cause === 'municipality-wish'))
        await sendOwed(ports, renegotiationComposer, renegotiationStream(agreement, seq))
  }
  await takeBack(ports, agreement, mails)
}

/** `Genforhandling: nej` after a wish takes it back while it alone made the question. */
const takeBack = async (
  ports: LetterPorts,
  agreement: AgreementId,
  mails: readonly MailRecord[],
): Promise<void> => {
  const last = mails.findLast((mail) => mail.values.some((one) => one.key === 'Genforhandling'))
  const value = last?.values.find((one) => one.key === 'Genforhandling')?.value
  if (last === undefined || last.party === null || value?.is !== 'yes-no' || value.yes) return
  const { party, mailKey } = last
  const { state } = await loadCase(ports, agreementCase, agreementStream(agreement))
  const open = state.questions.find((question) => question.outcome === null)
  if (open === undefined) return
  await perform(ports, renegotiationCase, renegotiationStream(agreement, open.seq), {
    id: `mail/${mailKey}`,
    actor,
    decide: (current) => accept(...withdrawWish(current, party, mailKey)),
  })
}

/** Addresses by the contact they became; none once they are erased. */
const helpersIn = (mail: MailRecord) =>
  (mail.helpers?.entered ?? []).flatMap((id, at) => {
    const address = mail.details?.helpers?.entered[at]
    return address === undefined ? [] : [{ id, address }]
  })

/**
 * Enters the helpers that the contacts of a review have named: from then on their mails count, without an OK. Safe
 * to repeat: whoever is entered already stays as entered, also when an administrator has ended it since.
 */
const enterHelpers = async (ports: Pick<Ports, 'contacts'>, review: ReviewState): Promise<void> => {
  const { agreement } = review
  if (agreement === null) return
  for (const mail of review.mails) {
    const { party } = mail
    const named = helpersIn(mail)
    if (party === null || mail.standing !== 'counts' || named.length === 0) continue
    const validFrom = todayInCopenhagen(mail.receivedAt)
    const language =
      contactsOf(await ports.contacts.of(agreement), party, validFrom, 'contact')[0]?.language ?? 'da'
    for (const { id, address } of named)
      if ((await ports.contacts.find(agreement, id)) === null)
        await ports.contacts.put(agreement, {
          id,
          municipality: party,
          role: 'co-reporter',
          name: address,
          title: '',
          email: address,
          language,
          validFrom,
          validTo: null,
        })
  }
}
