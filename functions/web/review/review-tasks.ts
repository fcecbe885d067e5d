import { openMoney, type MoneyCase } from '../../domain/review/slices/money.ts'
import { printDate } from '../../domain/base/danish.ts'
import { reviewStream } from '../../domain/base/stream-id.ts'
import { isForTyping } from '../../domain/casefile/held-mails.ts'
import type { MailRecord } from '../../domain/casefile/mails.ts'
import type { TargetAssessment } from '../../domain/judging/assessment.ts'
import { verdictLabels } from '../../domain/judging/verdict-labels.ts'
import { askedUpTo, missingFields } from '../../domain/review/asked.ts'
import { distinctComments } from '../../domain/review/slices/comments.ts'
import {
  openTasks,
  unconfirmedAnswer,
  type ReviewTask,
  type ReviewTaskKind,
} from '../../domain/review/open-tasks.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { erasureTaskText } from '../erasure/erasure-page.ts'
import { formId } from '../form.ts'
import { moneyTitle } from '../money-words.ts'
import { caseOfParties, mailOf, tasksIn, type Task, type TaskText } from '../tasks.ts'
import { heldReasonWords, municipalityName, targetWord } from '../words.ts'
import { contactAction } from './contact-forms.ts'
import { moneyAction } from './money-forms.ts'
import { objectionAction } from './objection-form.ts'
import { proposalAction } from './proposal-forms.ts'
import { wordsAction } from './held-forms.ts'
import { hearingAnswers } from '../../domain/review/slices/hearing.ts'

const verdictOf = (target: TargetAssessment, state: ReviewState): string => {
  const change = state.recommendation?.changes.find((candidate) => candidate.target === target.key)
  return `${targetWord(target.key)} ${verdictLabels.da[change?.verdict ?? target.verdict]}`
}

const verdictList = (state: ReviewState): string =>
  (state.draft?.assessment.targets ?? []).map((target) => verdictOf(target, state)).join(', ')

/** Why a draft is more than a formality: what was changed, doubted, remarked, missing or sent back before. */
const remarksOn = (state: ReviewState): readonly string[] => {
  const { draft, recommendation } = state
  if (draft === null) return []
  const unassessable = draft.assessment.targets.filter((target) => target.verdict === 'not-assessable')
  const failed = draft.assessment.targets.filter((target) => target.failedAssumptions.length > 0)
  const noted = state.parties.some((party) =>
    Object.values(party.figures).some((figure) => /bemærkning/iu.test(figure.key) && figure.text !== ''),
  )
  const missing = state.parties.some(
    (party) => missingFields(state, party, askedUpTo(state, party.municipality)).length > 0,
  )
  const changed = recommendation?.changes ?? []
  return [
    ...changed.map(
      (change) => `${targetWord(change.target)} ændret til »${verdictLabels.da[change.verdict]}«`,
    ),
    ...((recommendation?.externalFactors.length ?? 0) > 0 ? ['ydre forhold'] : []),
    ...(unassessable.length > 0
      ? [`${unassessable.map((target) => targetWord(target.key)).join(', ')} kan ikke bedømmes`]
      : []),
    ...(failed.length > 0 ? ['ændrede forudsætninger'] : []),
    ...(missing ? ['tal mangler'] : []),
    ...(noted ? ['kommunen har bemærkninger'] : []),
    ...(state.sentBack === null ? [] : ['sendt tilbage']),
    ...(state.rounds > 1 ? [`udkast nr. ${state.rounds}`] : []),
  ]
}

const heldText = (mail: MailRecord | undefined, { about, mailKey }: ReviewTask) => {
  const action = `decide-held-mail/${mailKey ?? ''}`
  if (about === unconfirmedAnswer) {
    const from = mail?.details?.from ?? 'en kollega'
    return { action, what: `høringssvar fra ${from}, som kontakten ikke har bekræftet` }
  }
  const typing = mail !== undefined && isForTyping(mail)
  return {
    action,
    what: `mail fra ${mail?.details?.from ?? 'ukendt'}${typing ? ': tallene skal tastes ind fra en vedhæftet fil' : ''}`,
    held: heldReasonWords(mail?.reason ?? ''),
  }
}

const moneyText = (money: MoneyCase | undefined, { about: caseId }: ReviewTask) => {
  const decision = `afgørelse om ${money === undefined ? '' : moneyTitle(money)}`
  if (money?.status === 'drafted')
    return { action: moneyAction('approve', caseId), what: `${decision} venter på godkendelse` }
  return {
    action: moneyAction('draft', caseId),
    what:
      money?.status === 'returned'
        ? `${decision} er sendt tilbage`
        : `${decision}: høringen er slut, og afgørelsen skrives`,
  }
}

/** The form's address and what it says. */
interface ReviewText extends Omit<TaskText, 'href'> {
  /** The form's `data-action`, which the link leads to. */
  readonly action: string
}

/** Each kind of task of a review, in words. */
const texts: Readonly<
  Record<
    Exclude<ReviewTaskKind, 'erasure'>,
    (state: ReviewState, task: ReviewTask, mail: MailRecord | undefined) => ReviewText
  >
> = {
  'held-mail': (_, task, mail) => heldText(mail, task),
  'unplaced-mail': () => ({ action: '', what: 'mail uden sag, som måske er et svar' }),
  proposal: (_, { mailKey, about }, mail) => ({
    action: proposalAction(mailKey ?? '', Number(about)),
    what: `»${mail?.proposals[Number(about)]?.written ?? ''}« i en mail fra ${mail?.details?.from ?? 'kommunen'}: er det et svar?`,
  }),
  words: (_, { mailKey, party }) => ({
    action: wordsAction(mailKey ?? ''),
    what: `${municipalityName(party ?? '')} har skrevet uden tal: læses`,
  }),
  extension: ({ extensions }, { mailKey, party }) => {
    const until = extensions.find((one) => one.mailKey === mailKey && one.decided === null)?.until ?? null
    return {
      action: `decide-extension/${mailKey ?? ''}`,
      what: `${municipalityName(party ?? '')} beder om udsættelse${until === null ? '' : ` til ${printDate(until)}`}`,
    }
  },
  recommend: (state) => ({
    action: 'recommend',
    what: `bedømmelse af ${state.year} · beregnet: ${verdictList(state)}`,
    remarks: remarksOn(state),
  }),
  approve: (state) => ({
    action: 'approve',
    what: `bedømmelse af ${state.year} · indstilling: ${verdictList(state)}`,
    remarks: remarksOn(state),
  }),
  'hearing-answer': (_, { mailKey, party }) => ({
    action: `mark-hearing-answer/${mailKey ?? ''}`,
    what: `svar fra ${municipalityName(party ?? '')}`,
  }),
  comments: (state) => ({
    action: 'answer-comments',
    what: `høringssvar med bemærkninger: ${distinctComments(state, hearingAnswers(state)).length}`,
  }),
  objection: (state, { mailKey, party }) => ({
    action: objectionAction(mailKey ?? ''),
    what: `indsigelse fra ${municipalityName(party ?? '')} mod bedømmelsen af ${state.year}`,
  }),
  reopen: (_, { mailKey }) => ({
    action: 'reopen',
    what:
      mailKey?.startsWith('observation/') === true
        ? 'en oplysning om en forudsætning kom efter den endelige bedømmelse'
        : 'en rettelse kom efter den endelige bedømmelse',
  }),
  'fact-check': (_, { mailKey, party }) => ({
    action: `decide-fact-check/${mailKey ?? ''}`,
    what: `rettelse fra ${municipalityName(party ?? '')} ved faktatjekket`,
  }),
  dispute: (_, { mailKey, party, about }) => ({
    action: `answer-dispute/${mailKey ?? ''}/${about}`,
    what: `bemærkning fra ${municipalityName(party ?? '')} til forudsætning ${about.slice(2)}: besvares, før der dannes et udkast`,
  }),
  'new-contact': (_, { mailKey, party }) => ({
    action: contactAction(party ?? '', mailKey),
    what: `${municipalityName(party ?? '')} ønsker en anden kontakt`,
  }),
  contact: (_, { party }) => ({
    action: 'note',
    what: `ingen i ${municipalityName(party ?? '')} kan nås på mail: ring, og få en kontakt indført`,
  }),
  absence: (_, { party }, note) => ({
    action: 'note',
    what: `${note?.details?.from ?? 'kontakten'} i ${municipalityName(party ?? '')} er fraværende${note?.absentUntil == null ? '' : ` til og med ${printDate(note.absentUntil)}`}, over fristen: anmodningen er sendt videre. Ring, indfør en anden kontakt, eller skriv et notat`,
  }),
  'hearing-comment': (_, { mailKey, party, until }) => ({
    action: `share-comment/${mailKey ?? ''}`,
    what: `bemærkning fra ${municipalityName(party ?? '')}: de andre parter skal have den i hovedtræk inden ${printDate(until ?? '')}`,
  }),
  promise: ({ content, year }, { about, until }) => ({
    action: `answer-promise/${about}`,
    what: `»${content?.promises.find(({ id }) => id === about)?.text ?? ''}« Er bidraget ydet i ${year}? Besvares senest ${printDate(until ?? '')}`,
  }),
  money: (state, task) =>
    moneyText(
      openMoney(state.money).find(({ caseId }) => caseId === task.about),
      task,
    ),
}

const textOf = (state: ReviewState, task: ReviewTask, href: string): TaskText => {
  const { kind } = task
  if (kind === 'erasure')
    return state.agreement === null
      ? { what: '', href }
      : erasureTaskText(reviewStream(state.year, state.agreement), state.mails, task)
  const { action, ...text } = texts[kind](state, task, mailOf(state.mails, task))
  return { ...text, href: `${href}#${formId(action)}` }
}

/**
 * What a review waits for from the ministry's people, in words.
 * @param about.today Danish calendar date
 * @param about.caseworker the id of the person whose case it is
 * @param about.href the review's page
 */
export const tasksOfReview = (
  state: ReviewState,
  about: { readonly today: string; readonly caseworker: string; readonly href: string },
): readonly Task[] =>
  tasksIn(caseOfParties(state, about.caseworker), openTasks(state, about.today), (task) =>
    textOf(state, task, about.href),
  )
