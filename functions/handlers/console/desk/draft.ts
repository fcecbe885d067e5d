import { contentFields, contentDifferences } from '../../../domain/agreement/fields/content-fields.ts'
import { contentKeys } from '../../../domain/agreement/reshape.ts'
import type { AgreementState } from '../../../domain/agreement/state.ts'
import { latestVersion } from '../../../domain/agreement/versions.ts'
import type { RenegotiationCommand } from '../../../domain/renegotiation/decide/commands.ts'
import { draftedContent, draftStart, isOpenedValue } from '../../../domain/renegotiation/draft-start.ts'
import { changesTo, subjectText, type ProposalDraft } from '../../../domain/renegotiation/proposal.ts'
import { openCounters, type RenegotiationState } from '../../../domain/renegotiation/state.ts'
import { refuse, type Refusal } from '../../../domain/base/stream.ts'
import { agreementStream, isStreamId, renegotiationStream } from '../../../domain/base/stream-id.ts'
import { agreementIdSchema } from '../../../domain/base/values.ts'
import type { DeskCommand } from '../../../web/year/desk-command.ts'
import type { DraftAskedOfPage } from '../../../web/year/draft-asked.ts'
import type { DraftView } from '../../../web/year/draft-view.ts'
import { agreementCase, renegotiationCase } from '../../streams/cases.ts'
import { loadCase } from '../../record/perform.ts'
import type { DeskPorts } from './desk-ports.ts'
import { differenceRows } from './differences.ts'

/** Every key that has ever stood for anything in the agreement. */
const usedKeys = (agreement: AgreementState): readonly string[] => [
  ...new Set(agreement.versions.flatMap(({ content }) => contentKeys(content))),
]

/** The draft that a posted form comes to, as a command; or what must be mended, field by field. */
export const draftCommand = (
  ports: Pick<DeskPorts, 'digest'>,
  state: RenegotiationState,
  agreement: AgreementState,
  command: Extract<DeskCommand, { do: 'draft-proposal' }>,
): RenegotiationCommand | Refusal | null => {
  const start = draftStart(state, command, usedKeys(agreement))
  if (start === null || state.content === null) return null
  const fields = new Map(command.fields.map(({ name, text }) => [name, text]))
  const drafted = draftedContent(start, { fields, apportioned: command.apportioned })
  if (!drafted.ok)
    return refuse(
      'fields',
      'fields of the draft are to be mended',
      drafted.problems
        .map(
          ({ label, expected }) =>
            `${label.charAt(0).toUpperCase()}${label.slice(1)}: her skal stå ${expected}.`,
        )
        .join(' '),
    ).refusal
  const draft: ProposalDraft = {
    riderNumber: state.proposal?.riderNumber ?? (latestVersion(agreement)?.riderNumber ?? 0) + 1,
    ...changesTo(state.content, drafted.content),
    effectiveFrom: command.effectiveFrom,
    note: command.reason,
  }
  const subject = ports.digest(subjectText(state, draft))
  return command.counter === null
    ? { do: 'draft', subject, ...draft }
    : { do: 'accept-counter', mailKey: command.counter, subject, draft }
}

/** May a person of the ministry draft now, of its own or on a counter-proposal? */
const mayDraft = (state: RenegotiationState, counter: string | null): boolean =>
  counter === null
    ? state.status === 'opened'
    : (state.status === 'approved' || state.status === 'proposed') &&
      openCounters(state).some(({ mailKey }) => mailKey === counter)

/** The page on which every field of the agreement may be edited; null when there is nothing to draft. */
export const draftView = async (
  ports: DeskPorts,
  place: { readonly agreement: string; readonly seq: number },
  asked: DraftAskedOfPage,
): Promise<DraftView | null> => {
  const id = agreementIdSchema.safeParse(place.agreement)
  if (!id.success || !isStreamId(`RENEGOTIATION#${id.data}#${place.seq}`)) return null
  const [{ state }, { state: agreement }] = await Promise.all([
    loadCase(ports, renegotiationCase, renegotiationStream(id.data, place.seq)),
    loadCase(ports, agreementCase, agreementStream(id.data)),
  ])
  const start = draftStart(state, asked, usedKeys(agreement))
  if (start === null || state.content === null || !mayDraft(state, asked.counter)) return null
  const { content, added, openedTo } = start
  return {
    ...place,
    title: state.content.title,
    asked,
    fields: contentFields(content, added).filter(({ name }) => !isOpenedValue(name, openedTo)),
    differences: differenceRows(contentDifferences(state.content, content)),
    owners: [
      ...content.targets.map(({ key, title, awaits }) => ({ key, title, awaits: awaits !== undefined })),
      ...[...content.assumptions, ...(content.actionPlan?.actions ?? [])].map(({ key, title }) => ({
        key,
        title,
        awaits: false,
      })),
    ],
    keys: contentKeys(state.content),
    parties: state.parties.map(({ municipality }) => municipality),
    effectiveFrom: state.lastDraft?.effectiveFrom ?? '',
    note: state.lastDraft?.note ?? '',
  }
}
