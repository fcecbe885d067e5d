import { hearingEnd } from '../domain/base/calendar.ts'
import { joinWords, printDate, printWeekdayDate } from '../domain/base/danish.ts'
import type { Language } from '../domain/base/values.ts'
import type { Doubt } from '../domain/casefile/reading.ts'
import type { FormField } from '../domain/form/field.ts'
import { hearingForm } from '../domain/form/form.ts'
import { overallText } from '../domain/judging/verdict-labels.ts'
import { finalAssessment as withChanges } from '../domain/judging/verdicts.ts'
import { answersOwed } from '../domain/review/owed.ts'
import { hearingAnswers } from '../domain/review/slices/hearing.ts'
import { agreementWords, capitalised, contractOf, type CaseFacts } from './case-facts.ts'
import {
  assessedTargetTexts,
  commentedTargets,
  hasReservation,
  overallNotes,
  overallOf,
  targetsFor,
  type AssessedTarget,
  type OverallResult,
} from './assessed-targets.ts'
import { answerToMunicipality, declareLetter, toMunicipality, type ReviewLetter } from './declared-letter.ts'
import { fieldLines } from './form-words.ts'
import {
  answering,
  type Answering,
  type AttachedDocument,
  type LetterBody,
  type LetterDraft,
} from './letter.ts'
import { letterInWords } from './wording.ts'
import { clause, echo } from './phrases.ts'

export interface HearingData {
  readonly facts: CaseFacts
  readonly dueOn: string
  readonly targets: readonly AssessedTarget[]
  readonly overall: OverallResult
  /** The figures were sent with a reservation for political consideration. */
  readonly reservation: boolean
  /** The hearing's form: `Høringssvar`, notes, `Bemærkninger`. */
  readonly fields: readonly FormField[]
  readonly documents: readonly AttachedDocument[]
}

/** L6: the draft is sent for comments, at least two weeks from its delivery. */
export const hearing = (data: HearingData): LetterBody => {
  const { facts, dueOn, fields } = data
  const year = facts.resultsYear
  const words = agreementWords(facts.kind, facts.language)
  const texts = assessedTargetTexts(data.targets, facts.language)
  const overall = capitalised(overallText(data.overall, facts.language))
  return letterInWords('hearing', facts, {
    da: {
      subject: `UDKAST til bedømmelse: ${words.indefinite}, resultater for ${year}, frist ${printDate(dueOn, 'da')}`,
      title: `UDKAST til bedømmelse af resultaterne for ${year}`,
      body: [
        `Vedhæftet følger ministeriets udkast til bedømmelse af kommunens resultater for ${year} efter ${contractOf(facts, 'end')}. I hovedtræk:`,
        ...texts,
        `Samlet: ${overallText(data.overall, 'da')}.`,
        ...overallNotes(data.overall, 'da'),
        ...(data.reservation ? ['Tallene er indsendt med forbehold for politisk behandling.'] : []),
        `Eventuelle bemærkninger bedes sendt senest ${printWeekdayDate(dueOn, 'da')} som svar på denne mail. Skriv »ingen bemærkninger«, hvis kommunen ikke har nogen:`,
        ...fieldLines(fields, 'da'),
        'Hører ministeriet ikke fra kommunen inden fristens udløb, lægges udkastet til grund, og det vil fremgå, at der ikke er modtaget bemærkninger.',
      ],
    },
    en: {
      subject: `DRAFT assessment: ${words.indefinite}, results for ${year}, comments by ${printDate(dueOn, 'en')}`,
      title: `DRAFT assessment of the results for ${year}`,
      body: [
        `Attached is the ministry's draft assessment of the municipality's results for ${year} under ${contractOf(facts, 'end')}. It is not final. In outline:`,
        ...texts,
        `${overall}.`,
        ...overallNotes(data.overall, 'en'),
        ...(data.reservation
          ? ['The figures were sent with a reservation for political consideration.']
          : []),
        `Comments are requested by ${printWeekdayDate(dueOn, 'en')} in reply to this mail. Write "no comments" if there are none:`,
        ...fieldLines(fields, 'en'),
        'If the ministry does not hear from the municipality by then, the draft stands, and it will be stated that no comments were received.',
      ],
    },
    attachments: { documents: data.documents },
    subjectOf: (subject) => subject,
  })
}

export interface HearingCommentData {
  readonly facts: CaseFacts
  /** What another party has submitted: a clause in the recipient's language, without figures. */
  readonly substance: string
  /** The hearing's end: comments on it are wanted by then. */
  readonly answerBy: string
}

/** In a partnership the others are told while the hearing runs what one has submitted (Edge case 67). */
export const hearingComment = ({ facts, substance, answerBy }: HearingCommentData): LetterBody => {
  const year = facts.resultsYear
  const text = clause(substance)
  return letterInWords('hearing-comment', facts, {
    da: {
      subject: `en anden parts bemærkning i høringen om resultaterne for ${year}`,
      title: 'En anden part har sendt bemærkninger i høringen',
      body: [
        `En af parterne i ${contractOf(facts)} har i høringen over udkastet til bedømmelse af resultaterne for ${year} gjort gældende, at ${text}. Ministeriet tager stilling til det i den endelige bedømmelse.`,
        `Har kommunen bemærkninger til det, bedes de sendt senest ${printWeekdayDate(answerBy, 'da')} som svar på denne mail.`,
      ],
    },
    en: {
      subject: `another party's comment in the hearing on the results for ${year}`,
      title: 'Another party has sent comments in the hearing',
      body: [
        `In the hearing on the draft assessment of the results for ${year} one of the parties to ${contractOf(facts)} has submitted that ${text}. The ministry decides on it in the final assessment.`,
        `If the municipality has comments on it, they are requested by ${printWeekdayDate(answerBy, 'en')} in reply to this mail.`,
      ],
    },
  })
}

interface HearingReceiptData extends Answering {
  readonly reply:
    | { readonly is: 'no-comments' }
    /** Comments on these targets; empty when they are on the whole. */
    | { readonly is: 'comments'; readonly targets: readonly string[] }
    /** Comments on an intended decision on money. */
    | { readonly is: 'on-money' }
    /** What a person marks first. */
    | { readonly is: 'unmarked' }
  /** False while another party may still answer. */
  readonly hearingOver: boolean
  /** Files and links in which nothing was read, each named (MAIL 297); left out where there are none. */
  readonly unread?: readonly Doubt[]
}

/** What was not read of a hearing's reply: which files a person reads, and which links nobody opens. */
const unreadText = (unread: readonly Doubt[], language: Language): readonly string[] => {
  const isLink = ({ details }: Doubt): boolean => details['refusal'] === 'cloud-link'
  const names = (doubts: readonly Doubt[]): string =>
    joinWords(
      [...new Set(doubts.map(({ written }) => echo(written)))].map((name) =>
        language === 'da' ? `»${name}«` : `"${name}"`,
      ),
      language,
    )
  const files = unread.filter((doubt) => !isLink(doubt))
  const links = unread.filter(isLink)
  return [
    ...(files.length === 0
      ? []
      : [
          language === 'da'
            ? `Vi har ikke læst ${names(files)} maskinelt. En medarbejder læser, hvad I har vedhæftet.`
            : `We have not read ${names(files)} by machine. A member of staff reads what you attached.`,
        ]),
    ...(links.length === 0
      ? []
      : [
          language === 'da'
            ? `Vi åbner ikke links (${names(links)}). Vedhæft i stedet filen som svar på denne mail.`
            : `We open no links (${names(links)}). Please attach the file in reply to this mail instead.`,
        ]),
  ]
}

/** L6b: what the hearing's reply was taken as. */
export const hearingReceipt = ({
  facts,
  theirSubject,
  reply,
  hearingOver,
  unread = [],
}: HearingReceiptData): LetterBody => {
  const numbers = reply.is === 'comments' ? reply.targets.map((key) => key.slice(1)) : []
  const on = {
    da: numbers.length === 0 ? '' : ` til mål ${joinWords(numbers, 'da')}`,
    en: numbers.length === 0 ? '' : ` on target ${joinWords(numbers, 'en')}`,
  }
  const first =
    reply.is === 'unmarked'
      ? {
          da: 'Ministeriet har modtaget kommunens svar på høringen.',
          en: "The ministry has received the municipality's answer to the hearing.",
        }
      : reply.is !== 'no-comments'
        ? {
            da: `Ministeriet har modtaget kommunens bemærkninger${on.da}.`,
            en: `The ministry has received the municipality's comments${on.en}.`,
          }
        : {
            da: 'Ministeriet har modtaget, at kommunen ingen bemærkninger har.',
            en: 'The ministry has received that the municipality has no comments.',
          }
  const then =
    reply.is === 'unmarked'
      ? { da: 'En medarbejder ser på det.', en: 'A member of staff looks at it.' }
      : reply.is === 'on-money'
        ? { da: 'De indgår i afgørelsen.', en: 'They are considered in the decision.' }
        : reply.is === 'comments'
          ? { da: 'De besvares i den endelige bedømmelse.', en: 'They are answered in the final assessment.' }
          : hearingOver
            ? { da: 'Høringen er afsluttet.', en: 'The hearing is over.' }
            : {
                da: 'Høringen afsluttes, når alle parter har svaret, eller fristen er udløbet.',
                en: 'The hearing ends when all parties have answered or the time is out.',
              }
  return letterInWords('hearing-receipt', facts, {
    da: { title: first.da, body: [then.da, ...unreadText(unread, 'da')] },
    en: { title: first.en, body: [then.en, ...unreadText(unread, 'en')] },
    answers: theirSubject,
  })
}

const composeHearing = (letter: ReviewLetter): LetterDraft => {
  const { state, content, context, facts } = letter
  if (state.draft === null) throw new Error('there is no draft to hear')
  const assessment = withChanges(state.draft.assessment, state.recommendation?.changes ?? [])
  const dueOn = hearingEnd(context.on)
  return {
    body: hearing({
      facts,
      dueOn,
      targets: targetsFor(letter, assessment),
      overall: overallOf(assessment),
      reservation: hasReservation(state),
      fields: hearingForm(content, { year: state.year }),
      documents: [],
    }),
    dueOn,
  }
}

export const hearingLetter = declareLetter('hearing', {
  name: 'Høring over udkast',
  ...toMunicipality,
  review: { compose: composeHearing },
})

export const hearingCommentLetter = declareLetter('hearing-comment', {
  name: 'Anden parts bemærkning i høringen',
  signedBy: 'caseworker',
  address: 'municipality',
  mainMailboxInCopy: true,
  review: {
    compose: ({ state, context, facts }) => {
      const shared = state.sharedComments.find(({ mailKey }) => mailKey === context.order.about)
      if (shared === undefined || state.hearing === null)
        throw new Error('no such comment of a running hearing is on the record')
      return { body: hearingComment({ facts, substance: shared.text, answerBy: state.hearing.endsOn }) }
    },
  },
})

const composeHearingReceipt = answering((about, { state }: ReviewLetter, mail) => {
  const { mailKey } = mail
  const onMoney = state.money.some((money) => money.comments.some((comment) => comment.mailKey === mailKey))
  const heard = hearingAnswers(state).find((answer) => answer.mailKey === mailKey)?.answer
  const comments = heard === 'comments'
  const done = new Set(
    state.hearing?.answers.filter(({ answer }) => answer === 'none').map(({ party }) => party),
  )
  return hearingReceipt({
    ...about,
    reply: onMoney
      ? { is: 'on-money' }
      : comments
        ? { is: 'comments', targets: commentedTargets(mail) }
        : { is: heard === 'none' ? 'no-comments' : 'unmarked' },
    unread: (mail.details?.doubts ?? []).filter(({ kind }) => kind === 'unreadable-attachment'),
    hearingOver: !comments && state.parties.every(({ municipality }) => done.has(municipality)),
  })
})

export const hearingReceiptLetter = declareLetter('hearing-receipt', {
  name: 'Kvittering for høringssvar',
  ...answerToMunicipality,
  review: { owed: [answersOwed], compose: composeHearingReceipt },
})
