import { heldMails } from '../domain/casework/mails.ts'
import { printDate } from '../domain/danish.ts'
import type { TargetAssessment } from '../domain/judging/assessment.ts'
import { verdictWords } from '../domain/judging/r1-sentence.ts'
import { askedUpTo, missingFields } from '../domain/review/asked.ts'
import { roleFor, type PersonCommand } from '../domain/review/decide/people.ts'
import type { ReviewState } from '../domain/review/state.ts'
import { mayHappen } from '../domain/review/transitions.ts'
import { isAfter } from '../domain/time.ts'
import type { MinistryRole } from '../domain/values.ts'
import { municipalityName, municipalityNames, targetWord } from './words.ts'

/** What a person can be asked to do. */
export const taskKinds = [
  'recommend',
  'approve',
  'held-mail',
  'extension',
  'hearing-answer',
  'comments',
  'reopen',
  'matter',
  'renegotiation',
  'release',
  'report',
] as const
export type TaskKind = (typeof taskKinds)[number]

export interface Task {
  readonly kind: TaskKind
  /** What lists name it by: `Svendborg`. */
  readonly whose: string
  readonly what: string
  /** Instant from which it has waited. */
  readonly since: string
  /** The page with its form. */
  readonly href: string
  readonly roles: readonly MinistryRole[]
  /** What asks for a closer look; empty: »uden bemærkninger«. */
  readonly remarks: readonly string[]
  /** The agreement, where it is about one. */
  readonly agreement: string | null
  /** The caseworker whose case it is; null where it is nobody's in particular. */
  readonly caseworker: string | null
  /** Whoever may not do it: the one who recommended does not approve. */
  readonly notFor: string | null
}

export const kindWords: Readonly<Record<TaskKind, string>> = {
  recommend: 'indstilling',
  approve: 'godkendelse',
  'held-mail': 'tilbageholdt mail',
  extension: 'udsættelse',
  'hearing-answer': 'høringssvar skal markeres',
  comments: 'bemærkninger skal besvares',
  reopen: 'genoptagelse?',
  matter: 'samlet stillingtagen',
  renegotiation: 'genforhandling',
  release: 'frigivelse af udsendelsen',
  report: 'samlet afrapportering',
}

const may = (command: PersonCommand['do']): readonly MinistryRole[] => roleFor[command]

/** Why a draft is more than a formality: what was changed, doubted, remarked, missing or sent back before. */
export const remarksOn = (state: ReviewState): readonly string[] => {
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
      (change) => `${targetWord(change.target)} ændret til »${verdictWords.da[change.verdict]}«`,
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

const verdictOf = (target: TargetAssessment, state: ReviewState): string => {
  const change = state.recommendation?.changes.find((candidate) => candidate.target === target.key)
  return `${targetWord(target.key)} ${verdictWords.da[change?.verdict ?? target.verdict]}`
}

const verdictList = (state: ReviewState): string =>
  (state.draft?.assessment.targets ?? []).map((target) => verdictOf(target, state)).join(', ')

/** Comments are answered when the hearing is over: until then more may come (DESIGN.md 3). */
export const commentsAreDue = (state: ReviewState, today: string): boolean =>
  state.hearing !== null && isAfter(today, state.hearing.endsOn)

/**
 * What a review waits for from the ministry's people, by its record. The role and the two-person rule are
 * checked again when it is decided.
 * @param today Danish calendar date
 * @param caseworker the id of the person whose case it is
 */
export const tasksOfReview = (
  state: ReviewState,
  options: { readonly today: string; readonly caseworker: string; readonly href: string },
): readonly Task[] => {
  const whose = municipalityNames(state.parties.map((party) => party.municipality))
  const task = (
    kind: TaskKind,
    command: PersonCommand['do'],
    since: string,
    what: string,
    remarks: readonly string[] = [kindWords[kind]],
  ): Task => ({
    kind,
    whose,
    what,
    since,
    href: options.href,
    roles: may(command),
    remarks,
    agreement: state.agreement,
    caseworker: command === 'approve' ? null : options.caseworker,
    notFor: command === 'approve' ? (state.recommendation?.by ?? null) : null,
  })
  const { draft, recommendation, hearing, reopen } = state
  const about = `bedømmelse af ${state.year}`
  const answers = hearing?.answers ?? []
  const comments = answers.filter((answer) => answer.answer === 'comments')
  const reopened = state.mails.find((mail) => mail.mailKey === reopen?.mailKey)
  return [
    ...heldMails(state.mails).map((mail) =>
      task(
        'held-mail',
        'decide-held-mail',
        mail.receivedAt,
        `mail fra ${mail.details?.from ?? 'ukendt'} er tilbageholdt`,
      ),
    ),
    ...state.extensions
      .filter((request) => request.decided === null)
      .map((request) =>
        task(
          'extension',
          'decide-extension',
          request.requestedAt,
          `${municipalityName(request.party)} beder om udsættelse${request.until === null ? '' : ` til ${printDate(request.until)}`}`,
        ),
      ),
    ...(draft !== null && mayHappen(state.status, 'Recommended')
      ? [
          task(
            'recommend',
            'recommend',
            state.sentBack?.at ?? draft.madeAt,
            `${about} · beregnet: ${verdictList(state)}`,
            remarksOn(state),
          ),
        ]
      : []),
    ...(draft !== null && recommendation !== null && mayHappen(state.status, 'Approved')
      ? [
          task(
            'approve',
            'approve',
            recommendation.at,
            `${about} · indstilling: ${verdictList(state)}`,
            remarksOn(state),
          ),
        ]
      : []),
    ...answers
      .filter((answer) => answer.answer === 'unmarked')
      .map((answer) =>
        task(
          'hearing-answer',
          'mark-hearing-answer',
          answer.at,
          `høringssvar fra ${municipalityName(answer.party)}`,
        ),
      ),
    ...(comments.length > 0 &&
    mayHappen(state.status, 'CommentsAnswered') &&
    commentsAreDue(state, options.today)
      ? [
          task(
            'comments',
            'answer-comments',
            comments[0]?.at ?? state.lastAt,
            `${comments.length} høringssvar med bemærkninger`,
          ),
        ]
      : []),
    ...(reopen !== null && !reopen.decided
      ? [
          task(
            'reopen',
            'reopen',
            reopened?.receivedAt ?? state.lastAt,
            'en rettelse kom efter den endelige bedømmelse',
          ),
        ]
      : []),
  ]
}

/** Is the task one that the person may do? The one who recommended sees no approval of the own recommendation. */
export const isFor = (
  task: Task,
  who: { readonly id: string; readonly roles: readonly MinistryRole[] },
): boolean => task.notFor !== who.id && task.roles.some((role) => who.roles.includes(role))
