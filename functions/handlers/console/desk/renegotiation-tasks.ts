import { heldMails } from '../../../domain/casefile/mails.ts'
import { caseworkerOf, type Directory } from '../../../domain/directory/directory.ts'
import {
  openCounters,
  unmarkedAnswers,
  type RenegotiationState,
} from '../../../domain/renegotiation/state.ts'
import { formId } from '../../../web/form.ts'
import { contactAction } from '../../../web/review/contact-forms.ts'
import { kindWords, type Task } from '../../../web/tasks.ts'
import { municipalityName, municipalityNames } from '../../../web/words.ts'
import { reviewPath } from '../review-pages.ts'
import type { FoundQuestion } from './questions.ts'
import { mayHappen } from '../../../domain/renegotiation/status.ts'

const renegotiationTask = (
  { state }: FoundQuestion,
  directory: Directory,
  what: string,
  roles: Task['roles'],
  notFor: string | null,
): Task => ({
  kind: 'renegotiation',
  whose: municipalityNames(state.parties.map((party) => party.municipality)),
  what,
  since: state.lastAt,
  href: `/renegotiations/${state.agreement ?? ''}/${state.seq}`,
  roles,
  remarks: [kindWords.renegotiation],
  agreement: state.agreement,
  caseworker: roles.includes('caseworker') && notFor === null ? caseworkerFor(state, directory) : null,
  notFor,
})

const caseworkerFor = (state: RenegotiationState, directory: Directory): string =>
  caseworkerOf(
    directory,
    state.agreement ?? '',
    state.parties.map((party) => party.municipality),
  ).id

/** What one renegotiation waits for from the ministry. */
export const tasksOfRenegotiation = (question: FoundQuestion, directory: Directory): readonly Task[] => {
  const { state } = question
  const task = (what: string, roles: Task['roles'], notFor: string | null = null) =>
    renegotiationTask(question, directory, what, roles, notFor)
  const answers = [
    ...(state.wishTakenBack !== null && mayHappen(state.status, 'Withdrawn')
      ? [task('kommunen har trukket sit ønske tilbage', ['caseworker', 'approver'])]
      : []),
    ...heldMails(state.mails).map(() => task('en tilbageholdt mail', ['caseworker'])),
    ...state.unreachable.map(({ party, since }) => ({
      ...task(
        `ingen i ${municipalityName(party)} kan nås på mail om genforhandlingen: ring, og indfør en kontakt`,
        ['caseworker'],
      ),
      kind: 'contact' as const,
      since,
      href: `${reviewPath(state.year, state.agreement ?? '')}#${formId(contactAction(party, null))}`,
      remarks: [kindWords.contact],
    })),
    ...(state.status === 'approved' || state.status === 'proposed'
      ? [
          ...openCounters(state).map(() => task('ændringsforslag fra kommunen', ['caseworker'])),
          ...unmarkedAnswers(state).map(() => task('et svar skal markeres', ['caseworker'])),
        ]
      : []),
  ]
  if (state.status === 'opened') return [...answers, task('udkast til tillæg skal skrives', ['caseworker'])]
  if (state.status !== 'drafted' || state.proposal === null) return answers
  const [first] = state.proposal.approvals
  // Two different persons, neither the drafter: a colleague first, then the approver.
  return first === undefined
    ? [...answers, task('udkast til tillæg: første godkendelse', ['caseworker'], state.proposal.draftedBy)]
    : [
        ...answers,
        task(
          'udkast til tillæg: anden godkendelse',
          first.approver ? ['caseworker', 'approver'] : ['approver'],
          first.by,
        ),
      ]
}
