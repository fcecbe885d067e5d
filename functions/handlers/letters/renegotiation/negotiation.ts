import { moveDeadline, proposalEnd } from '../../../domain/base/calendar.ts'
import { printedProposalForm } from '../../../domain/renegotiation/form.ts'
import { proposalEndsOn } from '../../../domain/renegotiation/proposal-end.ts'
import { mostCounterRounds } from '../../../domain/renegotiation/state.ts'
import { addDays, laterDate, overlap } from '../../../domain/base/time.ts'
import { municipality } from '../../../domain/directory/municipalities.ts'
import { observedValue } from '../../../mail/later-figure.ts'
import { counterProposalAnswer, proposal, proposalReminder } from '../../../mail/proposal.ts'
import type { TargetChange } from '../../../mail/proposal-changes.ts'
import { proposalLapsed, withdrawal } from '../../../mail/proposal-outcome.ts'
import {
  renegotiationDeclined,
  renegotiationOpened,
  type ChangedAssumption,
} from '../../../mail/renegotiation.ts'
import { negotiationsEnded, renegotiationTakenUp } from '../../../mail/renegotiation-taken-up.ts'
import { rider } from '../../../mail/rider.ts'
import type { Ports } from '../../../ports/ports.ts'
import type { ComposedLetter } from '../letter-desk.ts'
import { otherChanges, riderDocument, riderTextData } from './rider-document.ts'
import { addressed, clause, namesOf, proposedOn, signatoryNames, type RenegotiationLetter } from './shared.ts'
import type { Proposal } from '../../../domain/renegotiation/slices/proposal.ts'

/** After a counter-proposal is refused the ministry's stands three weeks more, if it would not stand longer. */
const standsDays = 21

const proposalIn = (letter: RenegotiationLetter): Proposal => {
  if (letter.state.proposal === null) throw new Error('there is no proposal on the record')
  return letter.state.proposal
}

const observedChanges = (letter: RenegotiationLetter): readonly ChangedAssumption[] =>
  letter.state.grounds
    .flatMap((ground) => ground.changes)
    .flatMap((change) => {
      const assumption = letter.content.assumptions.find((one) => one.key === change.assumption)
      return assumption === undefined ? [] : [{ assumption, value: change.value }]
    })

export const composeOpened = (letter: RenegotiationLetter): ComposedLetter => {
  const { facts, state } = letter
  const changes = observedChanges(letter)
  const about = { facts, targets: state.opened?.targets ?? [], fromYear: state.year + 1 }
  const wished = state.grounds.some((ground) => ground.cause === 'municipality-wish')
  return addressed(
    letter,
    changes.length > 0
      ? renegotiationOpened({ ...about, changes })
      : renegotiationTakenUp({ ...about, on: wished ? 'wish' : 'ministry' }),
  )
}

export const composeObservedValue = (letter: RenegotiationLetter): ComposedLetter => {
  const { facts, state, content, context } = letter
  const ground = state.grounds.find((one) => one.triggerId === context.order.about)
  const change = ground?.changes[0]
  const assumption = content.assumptions.find((one) => one.key === change?.assumption)
  if (change === undefined || assumption === undefined)
    throw new Error('the observed value is not on the record')
  const { value, knownOn, source, validFrom, validTo } = change
  return addressed(
    letter,
    observedValue({
      facts,
      assumption,
      value,
      knownOn,
      source,
      // Only a value beyond the limit raises a question.
      beyondLimit: true,
      countsInYear: overlap(
        { from: validFrom, to: validTo },
        { from: `${state.year}-01-01`, to: `${state.year}-12-31` },
      ),
    }),
  )
}

export const composeDeclined = (letter: RenegotiationLetter): ComposedLetter =>
  addressed(
    letter,
    renegotiationDeclined({ facts: letter.facts, reason: clause(letter.state.declined?.text ?? '') }),
  )

const targetChanges = (letter: RenegotiationLetter): readonly TargetChange[] =>
  proposalIn(letter).changes.flatMap(({ target: key, year, from, to }) => {
    const target = letter.content.targets.find((one) => one.key === key)
    return target === undefined ? [] : [{ target, year, from, to }]
  })

export const composeProposal = async (
  letter: RenegotiationLetter,
  ports: Pick<Ports, 'archive' | 'digest'>,
): Promise<ComposedLetter> => {
  const { riderNumber, effectiveFrom } = proposalIn(letter)
  const dueOn = proposalEnd(letter.context.on)
  const body = proposal({
    facts: letter.facts,
    riderNumber,
    changes: targetChanges(letter),
    others: otherChanges(letter.content, proposalIn(letter)),
    effectiveFrom,
    answerBy: dueOn,
    signatories: signatoryNames(letter),
    fields: printedProposalForm(letter.state),
    documents: [await riderDocument(ports, letter, proposalIn(letter), 'draft')],
  })
  return addressed(letter, body, { dueOn, signatories: true })
}

export const composeProposalReminder = (letter: RenegotiationLetter): ComposedLetter => {
  const answerBy = proposalEndsOn(letter.state)
  const sentOn = proposedOn(letter)
  if (answerBy === null || sentOn === null) throw new Error('no proposal to remind of has been delivered')
  return addressed(
    letter,
    proposalReminder({
      facts: letter.facts,
      riderNumber: proposalIn(letter).riderNumber,
      proposedOn: sentOn,
      answerBy,
      signatories: signatoryNames(letter),
      fields: printedProposalForm(letter.state),
    }),
    { signatories: true },
  )
}

export const composeCounterAnswer = (letter: RenegotiationLetter): ComposedLetter => {
  const { facts, state, content, context } = letter
  const counter = state.counters.find((one) => one.mailKey === context.order.about)
  if (counter === undefined) throw new Error('the counter-proposal is not on the record')
  const proposed = counter.values.flatMap(({ target: key, value }) => {
    const target = content.targets.find((one) => one.key === key)
    return target === undefined ? [] : [{ target, value }]
  })
  const round = counter.round ?? mostCounterRounds
  const about = { facts, proposed, round, mostRounds: mostCounterRounds }
  if (counter.answered?.accepted === true)
    return addressed(letter, counterProposalAnswer({ ...about, answer: { is: 'accepted' } }), {
      signatories: true,
    })
  const now = proposalEndsOn(state) ?? context.on
  // Beyond the last round nothing is negotiated, so nothing is put off.
  const standsUntil =
    counter.round === null ? now : laterDate(now, moveDeadline(addDays(context.on, standsDays)))
  const none = {
    da: 'der er forhandlet i det antal runder, der er plads til',
    en: 'the rounds there is room for have been negotiated',
  }[facts.language]
  const reason = counter.round === null ? none : clause(counter.answered?.text ?? '')
  const body = counterProposalAnswer({ ...about, answer: { is: 'rejected', reason, standsUntil } })
  return addressed(letter, body, { dueOn: standsUntil, signatories: true })
}

export const composeLapsed = (letter: RenegotiationLetter): ComposedLetter =>
  addressed(
    letter,
    proposalLapsed({
      facts: letter.facts,
      riderNumber: proposalIn(letter).riderNumber,
      wasDueOn: proposalEndsOn(letter.state) ?? letter.context.on,
    }),
  )

/** Withdrawn by either side; or one party would not, which the others are told so. */
export const composeWithdrawal = (letter: RenegotiationLetter): ComposedLetter => {
  const { facts, state } = letter
  if (state.withdrawn?.by === 'municipality')
    return addressed(letter, withdrawal({ facts, by: { party: 'municipality' } }))
  const sentOn = proposedOn(letter)
  const declined = state.declinedBy === null ? null : municipality(state.declinedBy.party).officialName
  const reason =
    declined === null
      ? clause(state.withdrawn?.text ?? '')
      : { da: `${declined} ikke tiltræder det`, en: `${declined} does not accept it` }[facts.language]
  return addressed(
    letter,
    sentOn === null
      ? negotiationsEnded({ facts, reason })
      : withdrawal({ facts, by: { party: 'ministry', proposedOn: sentOn, reason } }),
  )
}

export const composeRider = async (
  letter: RenegotiationLetter,
  ports: Pick<Ports, 'archive' | 'digest'>,
): Promise<ComposedLetter> => {
  const agreed = proposalIn(letter)
  const body = rider({
    ...riderTextData(letter, agreed),
    acceptedBy: namesOf(letter.state.parties.map((one) => one.municipality)),
    documents: [await riderDocument(ports, letter, agreed, 'agreed')],
  })
  return addressed(letter, body, { signatories: true })
}
