import * as z from 'zod'
import { accept, refuse } from '../../base/stream.ts'
import type { RenegotiationEvent } from '../state.ts'
import { command } from './declare.ts'
import { reasonField } from '../../base/command.ts'

/** The letter to the parties prints the reason. */
const input = z.object({ reason: reasonField })

/** A question that nobody has opened is declined; what all have accepted is no longer the ministry's to take. */
export const withdraw = command('withdraw', {
  input,
  roles: ['approver'],
  label: { da: 'Træk tilbage', en: 'Withdraw' },
  done: { da: 'Forslaget er trukket tilbage.', en: 'The proposal is withdrawn.' },
  status: ['opened', 'drafted', 'approved', 'proposed'],
  decide: (_state, { reason }, who) =>
    accept<RenegotiationEvent>({
      type: 'Withdrawn',
      v: 1,
      by: { person: who.id },
      private: { text: reason },
    }),
})

/** The municipality has taken its wish back: only a question that one has wished for can be given up by it. */
export const recordWithdrawal = command('record-withdrawal', {
  input,
  roles: ['caseworker', 'approver'],
  label: { da: 'Registrér tilbagetrækningen', en: 'Record the withdrawal' },
  done: { da: 'Kommunens tilbagetrækning er gemt.', en: 'The municipality’s withdrawal is saved.' },
  status: ['raised', 'opened', 'drafted', 'approved', 'proposed'],
  decide: ({ grounds, wishTakenBack }, { reason }, who) => {
    const wish = grounds.find((ground) => ground.cause === 'municipality-wish')
    const party = wishTakenBack?.party ?? wish?.party ?? null
    if (party === null) return refuse('no-wish', 'no municipality has wished for this renegotiation')
    return accept<RenegotiationEvent>({
      type: 'Withdrawn',
      v: 1,
      by: { party, mailKey: wishTakenBack?.mailKey ?? null, recordedBy: who.id },
      private: { text: reason },
    })
  },
})
