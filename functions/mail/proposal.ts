import type { Target } from '../domain/agreement/content.ts'
import type { ContentDifference } from '../domain/agreement/fields/content-fields.ts'
import { moveDeadline, proposalEnd } from '../domain/base/calendar.ts'
import { joinWords, numberWord, printDate, printWeekdayDate } from '../domain/base/danish.ts'
import { addDays, laterDate } from '../domain/base/time.ts'
import type { Language } from '../domain/base/values.ts'
import type { FormField } from '../domain/form/field.ts'
import { printedProposalForm } from '../domain/renegotiation/proposal.ts'
import { proposalEndsOn } from '../domain/renegotiation/letters-due.ts'
import { mostCounterRounds } from '../domain/renegotiation/state.ts'
import { agreementWords, contractOf, type CaseFacts } from './case-facts.ts'
import {
  asClause,
  declareLetter,
  lastProposedOn,
  proposalIn,
  signatoryNames,
  toMunicipality,
  type RenegotiationLetter,
} from './declared-letter.ts'
import { fieldLines } from './form-words.ts'
import type { Signatory } from './frame.ts'
import type { AttachedDocument, LetterBody, LetterDraft } from './letter.ts'
import {
  changeSentence,
  changeTable,
  changedValue,
  otherChanges,
  riderDocument,
  type TargetChange,
} from './rider.ts'
import { letterInWords } from './wording.ts'
import { clause } from './phrases.ts'

export interface ProposalData {
  readonly facts: CaseFacts
  readonly riderNumber: number
  readonly changes: readonly TargetChange[]
  /** What else the rider changes. */
  readonly others: readonly ContentDifference[]
  readonly effectiveFrom: string
  /** At least six weeks after the letter. */
  readonly answerBy: string
  readonly signatories: readonly Signatory[]
  /** `Svar`, `Begrundelse` and a new value for each changed target. */
  readonly fields: readonly FormField[]
  readonly documents: readonly AttachedDocument[]
}

const signatoryWords = (signatories: readonly Signatory[], language: Language): string =>
  joinWords(
    signatories.map(({ title, name }) => `${title} ${name}`.trim()),
    language,
  )

/** Who may bind the municipality (LETTERS 4.7). */
const bindingWords = (signatories: readonly Signatory[]): { readonly da: string; readonly en: string } => ({
  da: `Et svar, der binder kommunen, gives af den, der er registreret som underskriver${signatories.length === 0 ? '' : `: ${signatoryWords(signatories, 'da')}`}. Andre kan sende bemærkninger.`,
  en: `An answer that binds the municipality is given by the registered signatory${signatories.length === 0 ? '' : `: ${signatoryWords(signatories, 'en')}`}. Others may send comments.`,
})

/** L8c: the ministry's proposal of a rider. */
export const proposal = (data: ProposalData): LetterBody => {
  const { facts, riderNumber, changes, others, effectiveFrom, answerBy } = data
  const binding = bindingWords(data.signatories)
  return letterInWords('proposal', facts, {
    da: {
      subject: `forslag til tillæg nr. ${riderNumber}, svar senest ${printDate(answerBy, 'da')}`,
      title: `Forslag til tillæg nr. ${riderNumber}`,
      body: [
        `Vedhæftet følger forslag til tillæg nr. ${riderNumber} til ${contractOf(facts, 'end')}. Det ændrer ${changeSentence(changes, others, 'da')} og har virkning fra den ${printDate(effectiveFrom, 'da')}.`,
        changeTable(changes, others, 'da'),
        `Kommunens svar bedes sendt senest ${printWeekdayDate(answerBy, 'da')}. Skriv tiltrædes, tiltrædes ikke eller ændringsforslag:`,
        ...fieldLines(data.fields, 'da'),
        binding.da,
      ],
    },
    en: {
      subject: `proposed rider no. ${riderNumber}, answer by ${printDate(answerBy, 'en')}`,
      title: `Proposed rider no. ${riderNumber}`,
      body: [
        `Attached is the proposed rider no. ${riderNumber} to ${contractOf(facts, 'end')}. It changes ${changeSentence(changes, others, 'en')} and takes effect on ${printDate(effectiveFrom, 'en')}.`,
        changeTable(changes, others, 'en'),
        `The municipality's answer is requested by ${printWeekdayDate(answerBy, 'en')}. Write accepted, declined or counter-proposal:`,
        ...fieldLines(data.fields, 'en'),
        binding.en,
      ],
    },
    attachments: { documents: data.documents },
  })
}

export interface ProposalReminderData {
  readonly facts: CaseFacts
  readonly riderNumber: number
  readonly proposedOn: string
  readonly answerBy: string
  readonly signatories: readonly Signatory[]
  readonly fields: readonly FormField[]
}

/** Ten and three working days before the proposal lapses. */
export const proposalReminder = (data: ProposalReminderData): LetterBody => {
  const { facts, riderNumber, proposedOn, answerBy } = data
  const binding = bindingWords(data.signatories)
  const { definite } = agreementWords(facts.kind, facts.language)
  return letterInWords('proposal-reminder', facts, {
    da: {
      subject: `påmindelse om forslag til tillæg nr. ${riderNumber}, svar senest ${printDate(answerBy, 'da')}`,
      title: `Påmindelse om forslag til tillæg nr. ${riderNumber}`,
      body: [
        `Ministeriet sendte den ${printDate(proposedOn, 'da')} forslag til tillæg nr. ${riderNumber} og har endnu ikke modtaget kommunens svar. Det bedes sendt senest ${printWeekdayDate(answerBy, 'da')}. Er forslaget ikke tiltrådt af alle parter inden fristen, bortfalder det, og ${definite} gælder uændret.`,
        ...fieldLines(data.fields, 'da'),
        binding.da,
      ],
    },
    en: {
      subject: `reminder of proposed rider no. ${riderNumber}, answer by ${printDate(answerBy, 'en')}`,
      title: `Reminder of proposed rider no. ${riderNumber}`,
      body: [
        `On ${printDate(proposedOn, 'en')} the ministry sent the proposed rider no. ${riderNumber} and has not yet received the municipality's answer. It is requested by ${printWeekdayDate(answerBy, 'en')}. If the proposal is not accepted by all parties by then, it lapses, and ${definite} stands unchanged.`,
        ...fieldLines(data.fields, 'en'),
        binding.en,
      ],
    },
  })
}

export interface CounterProposalAnswerData {
  readonly facts: CaseFacts
  readonly proposed: readonly { readonly target: Target; readonly value: string }[]
  readonly answer:
    | { readonly is: 'accepted' }
    /** The reason is a clause in the recipient's language. */
    | { readonly is: 'rejected'; readonly reason: string; readonly standsUntil: string }
  readonly round: number
  readonly mostRounds: number
}

const ordinals: Readonly<Record<Language, readonly string[]>> = {
  da: ['', 'første', 'anden', 'tredje', 'fjerde', 'femte'],
  en: ['', 'first', 'second', 'third', 'fourth', 'fifth'],
}

/** L8d: the answer to a counter-proposal. */
export const counterProposalAnswer = (data: CounterProposalAnswerData): LetterBody => {
  const { facts, answer, round, mostRounds } = data
  const values = (language: Language): string => {
    const named = data.proposed.map(
      ({ target, value }) =>
        `${language === 'da' ? 'mål' : 'target'} ${target.key.slice(1)}: ${changedValue(target, value, language)}`,
    )
    return named.length === 0 ? '' : ` (${joinWords(named, language)})`
  }
  const reason = answer.is === 'rejected' ? clause(answer.reason) : ''
  const rounds = {
    da: `Dette er ${ordinals.da[round] ?? `${round}.`} runde af højst ${numberWord(mostRounds, 'da')}.`,
    en: `This is the ${ordinals.en[round] ?? `${round}th`} round of at most ${numberWord(mostRounds, 'en')}.`,
  }
  const text =
    answer.is === 'accepted'
      ? {
          da: 'Ministeriet kan tilslutte sig forslaget og sender et nyt udkast.',
          en: 'The ministry can agree to the proposal and sends a new draft.',
        }
      : {
          da: `Ministeriet kan ikke tilslutte sig forslaget, idet ${reason}. Det seneste forslag fra ministeriet står ved magt til den ${printDate(answer.standsUntil, 'da')}.`,
          en: `The ministry cannot agree to the proposal, because ${reason}. The ministry's latest proposal stands until ${printDate(answer.standsUntil, 'en')}.`,
        }
  return letterInWords('counter-proposal-answer', facts, {
    da: {
      title: 'Svar på kommunens ændringsforslag',
      body: [`Ministeriet har modtaget kommunens ændringsforslag${values('da')}. ${text.da} ${rounds.da}`],
    },
    en: {
      title: "Answer to the municipality's counter-proposal",
      body: [
        `The ministry has received the municipality's counter-proposal${values('en')}. ${text.en} ${rounds.en}`,
      ],
    },
  })
}

const composeProposal = (letter: RenegotiationLetter): LetterDraft => {
  const { content, facts, state, signatories, context } = letter
  const proposed = proposalIn(letter)
  const dueOn = proposalEnd(context.on)
  return {
    body: proposal({
      facts,
      riderNumber: proposed.riderNumber,
      changes: proposed.changes.flatMap(({ target: key, year, from, to }): readonly TargetChange[] => {
        const target = content.targets.find((one) => one.key === key)
        return target === undefined ? [] : [{ target, year, from, to }]
      }),
      others: otherChanges(content, proposed),
      effectiveFrom: proposed.effectiveFrom,
      answerBy: dueOn,
      signatories: signatoryNames(letter),
      fields: printedProposalForm(state),
      documents: [riderDocument(letter, proposed, 'draft')],
    }),
    dueOn,
    also: signatories,
  }
}

export const proposalLetter = declareLetter('proposal', {
  name: 'Forslag til tillæg',
  ...toMunicipality,
  renegotiation: { compose: composeProposal },
})

export const proposalReminderLetter = declareLetter('proposal-reminder', {
  name: 'Påmindelse om forslag',
  signedBy: 'office-head',
  address: 'municipality',
  renegotiation: {
    compose: (letter) => {
      const answerBy = proposalEndsOn(letter.state)
      const sentOn = lastProposedOn(letter)
      if (answerBy === null || sentOn === null) throw new Error('no proposal to remind of has been delivered')
      return {
        body: proposalReminder({
          facts: letter.facts,
          riderNumber: proposalIn(letter).riderNumber,
          proposedOn: sentOn,
          answerBy,
          signatories: signatoryNames(letter),
          fields: printedProposalForm(letter.state),
        }),
        also: letter.signatories,
      }
    },
  },
})

/** After a counter-proposal is refused the ministry's stands three weeks more, if it would not stand longer. */
const standsDays = 21

const beyondLastRound = {
  da: 'der er forhandlet i det antal runder, der er plads til',
  en: 'the rounds there is room for have been negotiated',
} as const

const composeCounterAnswer = (letter: RenegotiationLetter): LetterDraft => {
  const { facts, state, content, context, signatories } = letter
  const counter = state.counters.find(({ mailKey }) => mailKey === context.order.about)
  if (counter === undefined) throw new Error('the counter-proposal is not on the record')
  const proposed = counter.values.flatMap(({ target: key, value }) => {
    const target = content.targets.find((one) => one.key === key)
    return target === undefined ? [] : [{ target, value }]
  })
  const about = { facts, proposed, round: counter.round ?? mostCounterRounds, mostRounds: mostCounterRounds }
  if (counter.answered?.accepted === true)
    return { body: counterProposalAnswer({ ...about, answer: { is: 'accepted' } }), also: signatories }
  const now = proposalEndsOn(state) ?? context.on
  // Beyond the last round nothing is negotiated, so nothing is put off.
  const standsUntil =
    counter.round === null ? now : laterDate(now, moveDeadline(addDays(context.on, standsDays)))
  const reason =
    counter.round === null ? beyondLastRound[facts.language] : asClause(counter.answered?.text ?? '')
  return {
    body: counterProposalAnswer({ ...about, answer: { is: 'rejected', reason, standsUntil } }),
    dueOn: standsUntil,
    also: signatories,
  }
}

export const counterProposalAnswerLetter = declareLetter('counter-proposal-answer', {
  name: 'Svar på ændringsforslag',
  signedBy: 'office-head',
  address: 'municipality',
  renegotiation: { compose: composeCounterAnswer },
})
