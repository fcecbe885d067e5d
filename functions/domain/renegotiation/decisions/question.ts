import * as z from 'zod'
import { agreementIdSchema } from '../../base/values.ts'
import { commandsOf, commandTable, choose, reasonField, subjectField, typedText } from '../../base/command.ts'
import { takingOver } from '../../casefile/caseworker.ts'
import { accept, refuse } from '../../base/stream.ts'
import { declineReasonSchema, type DeclineReason } from '../slices/question.ts'
import { affectedTargets, type RenegotiationEvent, type RenegotiationState } from '../state.ts'
import { command } from './declare.ts'

export const takeOverRenegotiation = command('take-over-renegotiation', takingOver)

export const openRenegotiation = command('open-renegotiation', {
  input: z.object({ targets: z.array(z.string()).readonly(), text: typedText }),
  roles: ['approver'],
  label: { da: 'Åbn genforhandling', en: 'Open the renegotiation' },
  done: { da: 'Genforhandlingen er åbnet.', en: 'The renegotiation is opened.' },
  status: ['raised'],
  decide: ({ content }, { targets, text }, who) => {
    const known = new Set(content?.targets.map((target) => target.key))
    const unknown = targets.find((key) => !known.has(key))
    if (unknown !== undefined) return refuse('target', `${unknown} is no target of the agreement`)
    if (targets.length === 0) return refuse('target', 'at least one target is to be adapted')
    return accept<RenegotiationEvent>({
      type: 'RenegotiationOpened',
      v: 1,
      by: who.id,
      targets: [...targets],
      ...(text === '' ? {} : { private: { text } }),
    })
  },
})

/** A share does not move by itself with a number; of any other target that is not said. */
const reasonOf = (state: RenegotiationState): DeclineReason => {
  const affected = affectedTargets(state)
  const targets = (state.content?.targets ?? []).filter((target) => affected.includes(target.key))
  return targets.every((target) => target.measure.type === 'share') ? 'share-unaffected' : 'other'
}

export const declineRenegotiation = command('decline-renegotiation', {
  /** What weight was laid on: the letter prints it. Reason null: what the agreement's targets say. */
  input: z.object({ reason: declineReasonSchema.nullable(), text: reasonField }),
  roles: ['approver'],
  label: { da: 'Afslå genforhandling', en: 'Decline the renegotiation' },
  done: { da: 'Genforhandlingen er afslået.', en: 'The renegotiation is declined.' },
  status: ['raised'],
  decide: (state, { reason, text }, who) =>
    accept<RenegotiationEvent>({
      type: 'RenegotiationDeclined',
      v: 1,
      by: who.id,
      reason: reason ?? reasonOf(state),
      private: { text },
    }),
})

/** The questions of one matter, as the reader of its page sees them. */
export interface Matter {
  /** Hash of which questions it holds, on which grounds, and which are decided. */
  readonly seen: string
}

/** What is decided on all questions of a matter at once; each of them is opened or declined by its own decision. */
export const decideMatter = commandsOf<Matter, never>({
  status: () => 'raised',
  // Who is barred from one of its questions may decide the others.
  municipalities: () => [],
})('decide-matter', {
  input: z.object({
    subject: subjectField,
    /** For every question without an exception. */
    open: z.boolean(choose('Vælg, om genforhandling åbnes.')),
    reason: reasonField,
    /** What a decline rests on; null: what each agreement's targets say. */
    code: declineReasonSchema.nullable().default(null),
    exceptions: z
      .array(z.object({ agreement: agreementIdSchema, open: z.boolean(), reason: reasonField }))
      .readonly(),
    /** Agreements whose questions are left as they are. */
    later: z.array(agreementIdSchema).readonly(),
  }),
  roles: ['approver'],
  label: { da: 'Tag stilling', en: 'Decide' },
  done: { da: 'Stillingtagen er gemt.', en: 'The decision is saved.' },
  subject: ({ seen }) => seen,
  decide: () => accept(),
})
export const matterCommands = commandTable([decideMatter])
