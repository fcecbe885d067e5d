import { accept, refuse, type Decision } from '../base/stream.ts'
import { compareInstants, todayInCopenhagen } from '../base/time.ts'
import type { AgreementId } from '../base/values.ts'
import { nextNumber, type ProposedCorrection, type CorrectionCause } from './slices/corrections.ts'
import type { RunState, RunEvent } from './state.ts'
import type { Decider } from '../base/command.ts'

const nothing: Decision<RunEvent> = { ok: true, events: [] }

const isSame = (a: CorrectionCause, b: CorrectionCause): boolean =>
  a.is === 'assessment'
    ? b.is === 'assessment' && a.version === b.version
    : b.is === 'fact-check' && a.mailKey === b.mailKey

/**
 * An error of the frozen report is known: what was decided after it was frozen. Before that there is nothing to
 * correct: the report is compiled anew.
 * @param decidedAt when the new assessment, or the correction of the pages, was decided
 */
export const noteCorrection = (
  state: RunState,
  agreement: AgreementId,
  cause: CorrectionCause,
  decidedAt: string,
): Decision<RunEvent> =>
  state.frozen === null ||
  compareInstants(decidedAt, state.frozen.at) <= 0 ||
  !state.asked.some((entry) => entry.agreement === agreement) ||
  state.corrections.due.some((one) => one.agreement === agreement && isSame(one.cause, cause))
    ? nothing
    : accept<RunEvent>({
        type: 'CorrectionDue',
        v: 1,
        agreement,
        cause,
        decidedOn: todayInCopenhagen(decidedAt),
      })

const mayDecide = (
  state: RunState,
  agreement: AgreementId,
  who: Decider,
  role: 'caseworker' | 'approver',
) => {
  if (!who.roles.includes(role)) return refuse('role', `a correction sheet takes the role ${role} here`)
  const parties = state.asked.find((entry) => entry.agreement === agreement)?.municipalities ?? []
  return parties.some((municipality) => who.barredFrom.includes(municipality))
    ? refuse('barred', 'barred from the agreement’s case')
    : null
}

/** A caseworker proposes the sheet of one agreement; its number is the next, one proposal at a time. */
export const proposeCorrection = (
  state: RunState,
  sheet: {
    readonly number: number
    readonly agreement: AgreementId
    readonly subject: string
    readonly archiveKey: string
  },
  who: Decider,
): Decision<RunEvent> => {
  const refused = mayDecide(state, sheet.agreement, who, 'caseworker')
  if (refused !== null) return refused
  const { due, proposed } = state.corrections
  if (proposed !== null) return refuse('status', `correction sheet ${proposed.number} waits for approval`)
  if (!due.some((one) => one.agreement === sheet.agreement))
    return refuse('status', 'nothing of this agreement is to be corrected')
  return sheet.number === nextNumber(state.corrections)
    ? accept<RunEvent>({ type: 'CorrectionProposed', v: 1, ...sheet, by: who.id })
    : refuse('superseded', 'another sheet was issued since')
}

const openProposal = (state: RunState, subject: string): ProposedCorrection | null =>
  state.corrections.proposed?.subject === subject ? state.corrections.proposed : null

const superseded = refuse('superseded', 'the proposed sheet is another now')

/** Another person approves: the sheet is issued with its files, archived before this is committed. */
export const issueCorrection = (
  state: RunState,
  subject: string,
  issued: {
    readonly issuedOn: string
    readonly files: readonly { readonly name: string; readonly archiveKey: string; readonly sha256: string }[]
  },
  who: Decider,
): Decision<RunEvent> => {
  const proposal = openProposal(state, subject)
  if (proposal === null) return superseded
  const { number, agreement } = proposal
  const refused = mayDecide(state, agreement, who, 'approver')
  if (refused !== null) return refused
  return proposal.by === who.id
    ? refuse('same-person', 'whoever proposed the sheet does not approve it')
    : accept<RunEvent>({
        type: 'CorrectionIssued',
        v: 1,
        number,
        agreement,
        subject,
        by: who.id,
        issuedOn: issued.issuedOn,
        files: issued.files.map((file) => ({ ...file })),
      })
}

export const sendCorrectionBack = (
  state: RunState,
  subject: string,
  reason: string,
  who: Decider,
): Decision<RunEvent> => {
  const proposal = openProposal(state, subject)
  if (proposal === null) return superseded
  const { number, agreement } = proposal
  const refused = mayDecide(state, agreement, who, 'approver')
  if (refused !== null) return refused
  return reason.trim() === ''
    ? refuse('reason', 'sending back takes a reason')
    : accept<RunEvent>({
        type: 'CorrectionSentBack',
        v: 1,
        number,
        agreement,
        subject,
        by: who.id,
        private: { text: reason },
      })
}
