import { joinWords, printDate } from '../domain/base/danish.ts'
import { todayInCopenhagen } from '../domain/base/time.ts'
import type { Language } from '../domain/base/values.ts'
import { overallText } from '../domain/judging/verdict-labels.ts'
import { distinctComments } from '../domain/review/slices/comments.ts'
import { objectionDecision } from '../domain/review/slices/objections.ts'
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
import { contractOf, type CaseFacts } from './case-facts.ts'
import { declareLetter, toMunicipality, type ReviewLetter } from './declared-letter.ts'
import type { AttachedDocument, LetterBody, LetterDraft } from './letter.ts'
import { letterInWords } from './wording.ts'
import { clause, sentence } from './phrases.ts'

/** How the hearing ended; silence is never acceptance. */
export type HearingOutcome =
  | { readonly is: 'no-comments-received' }
  | { readonly is: 'answered-no-comments' }
  | { readonly is: 'comments'; readonly answers: readonly CommentAnswer[] }

/** A municipality's comments on one or more targets, answered. */
export interface CommentAnswer {
  /** Targets commented on (`M1`); empty when the comments are on the whole. */
  readonly targets: readonly string[]
  readonly receivedOn: string
  /** In a partnership another member's objection is told in substance, without saying whose. */
  readonly byAnotherParty: boolean
  /** What was objected, as a clause without figures; for the other parties, empty where it is not put in words. */
  readonly substance?: string
  readonly changed: boolean
  /** What was changed, or why nothing was: the caseworker's words, a clause without a final stop. */
  readonly answer: string
  /** What the approver's superior decided, where the objection stood; absent for every other comment. */
  readonly superior?: { readonly upheld: boolean; readonly reason: string }
}

export interface FinalAssessmentData {
  readonly facts: CaseFacts
  readonly targets: readonly AssessedTarget[]
  readonly overall: OverallResult
  readonly hearing: HearingOutcome
  /** The day the figures were measured. */
  readonly measuredOn: string
  readonly reservation: boolean
  /** Date of the assessment this one replaces after a reopening; null for the first. */
  readonly replaces: string | null
  /** The line on complaint from the ministry's configuration; empty unless it has been filled in. */
  readonly complaint: string
  readonly documents: readonly AttachedDocument[]
  /** The ministry's own promises that were answered for the year. */
  readonly promises?: readonly { readonly text: string; readonly kept: boolean; readonly reason: string }[]
  /** Remarks on values the ministry observed, answered before the verdict. */
  readonly disputes?: readonly { readonly assumption: string; readonly answer: string }[]
}

/** What the ministry itself owed in the year, and its answers on the values it observed. */
const ministrysPart = (
  { facts, promises, disputes }: FinalAssessmentData,
  language: Language,
): readonly string[] => {
  const danish = language === 'da'
  const year = facts.resultsYear
  return [
    ...(disputes ?? []).map(({ assumption, answer }) =>
      danish
        ? `Til bemærkningen om forudsætning ${assumption.slice(2)} har ministeriet svaret: ${sentence(answer)}`
        : `To the remark on assumption ${assumption.slice(2)} the ministry has answered: ${sentence(answer)}`,
    ),
    ...(promises ?? []).map(({ text, kept, reason }) => {
      const because = reason === '' ? '' : ` ${sentence(reason)}`
      if (danish)
        return `Ministeriets eget bidrag (»${text}«) ${kept ? 'er ydet' : 'er ikke ydet'} i ${year}.${because}`
      return `The ministry's own part (»${text}«) ${kept ? 'was kept' : 'was not kept'} in ${year}.${because}`
    }),
  ]
}

const summary = (data: FinalAssessmentData, language: Language): string => {
  const year = data.facts.resultsYear
  const text = overallText(data.overall, language)
  if (language === 'en') return `In the ministry's overall assessment for ${year}: ${text}.`
  const met =
    data.overall.overall === null ? text.replace('kan ikke', 'ikke kan') : text.replace(/^\S+ /, 'er ')
  return `Det er ministeriets samlede vurdering, at målopfyldelsen for ${year} ${met}.`
}

const targetsIn = (targets: readonly string[], language: Language): string => {
  const numbers = joinWords(
    targets.map((key) => key.slice(1)),
    language,
  )
  if (numbers === '') return ''
  return language === 'da' ? ` til mål ${numbers}` : ` on target ${numbers}`
}

/** The superior's decision; another member is not told its reason, which may name figures. */
const superiorText = ({ superior, byAnotherParty }: CommentAnswer, language: Language): string => {
  if (superior === undefined) return ''
  const reason = byAnotherParty ? '' : clause(superior.reason)
  if (language === 'en') {
    const decided = superior.upheld ? 'to uphold the assessment' : 'that the assessment is changed'
    return ` The disagreement was put to the ministry's head of department, who decided ${decided}${reason === '' ? '' : `, because ${reason}`}.`
  }
  const decided = superior.upheld ? 'at fastholde bedømmelsen' : 'at bedømmelsen ændres'
  return ` Uenigheden har været forelagt ministeriets afdelingschef, som har besluttet${superior.upheld ? ' ' : ', '}${decided}${reason === '' ? '' : `, idet ${reason}`}.`
}

const commentText = (comment: CommentAnswer, language: Language): string =>
  `${answerText(comment, language)}${superiorText(comment, language)}`

const answerText = (comment: CommentAnswer, language: Language): string => {
  const on = printDate(comment.receivedOn, language)
  const targets = targetsIn(comment.targets, language)
  const answer = comment.answer.replace(/\.$/, '')
  const substance = comment.byAnotherParty ? clause(comment.substance ?? '') : ''
  const told =
    substance === ''
      ? ''
      : language === 'da'
        ? `En af parterne har gjort gældende, at ${substance}. `
        : `One of the parties has submitted that ${substance}. `
  if (language === 'en') {
    const who = comment.byAnotherParty ? "One of the parties' comments" : "The municipality's comments"
    return comment.changed
      ? `${told}${who} of ${on}${targets} have led to these changes: ${answer}.`
      : `${told}${who} of ${on}${targets} have not led to a change of the assessment, because ${answer}.`
  }
  const who = comment.byAnotherParty ? 'Bemærkninger fra en af parterne' : 'Kommunens bemærkninger'
  return comment.changed
    ? `${told}${who} af ${on}${targets} har givet anledning til følgende ændringer: ${answer}.`
    : `${told}${who} af ${on}${targets} har ikke givet anledning til at ændre bedømmelsen, idet ${answer}.`
}

const hearingTexts = (hearing: HearingOutcome, language: Language): readonly string[] => {
  const danish = language === 'da'
  switch (hearing.is) {
    case 'no-comments-received':
      return [
        danish
          ? 'Udkastet har været i høring. Der er ingen bemærkninger modtaget.'
          : 'The draft was sent for comments. No comments were received.',
      ]
    case 'answered-no-comments':
      return [
        danish
          ? 'Udkastet har været i høring. Kommunen har svaret, at den ingen bemærkninger har.'
          : 'The draft was sent for comments. The municipality has answered that it has none.',
      ]
    case 'comments':
      return hearing.answers.map((comment) => commentText(comment, language))
  }
}

const body = (data: FinalAssessmentData, language: Language): readonly string[] => {
  const danish = language === 'da'
  const measured = printDate(data.measuredOn, language)
  return [
    danish
      ? `Ministeriet har bedømt kommunens resultater efter ${contractOf(data.facts, 'end')}.`
      : `The ministry has assessed the municipality's results under ${contractOf(data.facts, 'end')}.`,
    ...(data.replaces === null
      ? []
      : [
          danish
            ? `Denne bedømmelse træder i stedet for bedømmelsen af ${printDate(data.replaces, 'da')}.`
            : `This assessment replaces the one of ${printDate(data.replaces, 'en')}.`,
        ]),
    summary(data, language),
    ...assessedTargetTexts(data.targets, language),
    ...overallNotes(data.overall, language),
    ...hearingTexts(data.hearing, language),
    ...ministrysPart(data, language),
    ...(data.reservation
      ? [
          danish
            ? 'Tallene er indsendt med forbehold for politisk behandling.'
            : 'The figures were sent with a reservation for political consideration.',
        ]
      : []),
    danish
      ? `Tallene er opgjort pr. ${measured} og kan være genstand for efterregulering. Ministeriet takker for indsatsen.`
      : `The figures are as of ${measured} and may be adjusted later. The ministry thanks for the effort.`,
    ...(data.complaint === '' ? [] : [data.complaint]),
  ]
}

/** L7: the final assessment, with the hearing's comments answered point by point. */
export const finalAssessment = (data: FinalAssessmentData): LetterBody => {
  const year = data.facts.resultsYear
  return letterInWords('final-assessment', data.facts, {
    da: {
      title: `Bedømmelse af resultaterne for ${year}`,
      body: data.facts.language === 'da' ? body(data, 'da') : [],
    },
    en: {
      title: `Assessment of the results for ${year}`,
      body: data.facts.language === 'en' ? body(data, 'en') : [],
    },
    attachments: { documents: data.documents },
  })
}

/** The hearing's outcome as the final letter to this party tells it. */
const hearingOutcome = ({ state, party }: ReviewLetter): HearingOutcome => {
  const comments = distinctComments(state)
  if (comments.length === 0)
    return state.hearing?.answers.some(
      (answer) => answer.answer === 'none' && answer.party === party.municipality,
    ) === true
      ? { is: 'answered-no-comments' }
      : { is: 'no-comments-received' }
  const answers = comments.map(({ answer: comment, mailKeys }): CommentAnswer => {
    const mail = state.mails.find(({ mailKey }) => mailKey === comment.mailKey)
    const reply = state.commentAnswers.find(({ mailKey }) => mailKey === comment.mailKey)
    const decision = objectionDecision(state, ...mailKeys)
    return {
      targets: mail === undefined ? [] : commentedTargets(mail),
      receivedOn: todayInCopenhagen(mail?.receivedAt ?? comment.at),
      byAnotherParty: comment.party !== party.municipality,
      substance:
        reply?.substance ??
        state.sharedComments.find(({ mailKey }) => mailKeys.includes(mailKey))?.text ??
        '',
      changed: reply?.changed ?? false,
      answer: reply?.text ?? '',
      ...(decision === null
        ? {}
        : { superior: { upheld: decision.outcome === 'upheld', reason: decision.text } }),
    }
  })
  return { is: 'comments', answers }
}

const composeFinalAssessment = (letter: ReviewLetter): LetterDraft => {
  const { state, context, content, party, facts } = letter
  const final = state.finals.find(({ version }) => version === context.order.seq)
  if (final === undefined) throw new Error('there is no final assessment of that version')
  const before = state.finals.find(({ version }) => version === final.version - 1)
  const isTheirs = (mailKey: string): boolean =>
    state.mails.some((mail) => mail.mailKey === mailKey && mail.party === party.municipality)
  return {
    body: finalAssessment({
      facts,
      targets: targetsFor(letter, final.assessment),
      overall: overallOf(final.assessment),
      hearing: hearingOutcome(letter),
      measuredOn: `${state.year}-12-31`,
      reservation: hasReservation(state),
      replaces: before === undefined ? null : todayInCopenhagen(before.at),
      complaint: context.directory.ministry.complaint,
      documents: [],
      promises: content.promises.flatMap(({ id, text }) => {
        const answer = state.promiseAnswers.find(({ promise }) => promise === id)
        return answer === undefined ? [] : [{ text, kept: answer.kept, reason: answer.text }]
      }),
      disputes: state.disputeAnswers.flatMap(({ mailKey, assumption, text }) =>
        text !== '' && isTheirs(mailKey) ? [{ assumption, answer: text }] : [],
      ),
    }),
  }
}

export const finalAssessmentLetter = declareLetter('final-assessment', {
  name: 'Endelig bedømmelse',
  ...toMunicipality,
  printsControlNumber: true,
  review: { compose: composeFinalAssessment },
})
