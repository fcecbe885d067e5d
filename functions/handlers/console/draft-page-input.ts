import { contentFields, contentDifferences } from '../../domain/agreement/fields/content-fields.ts'
import { contentKeys } from '../../domain/agreement/reshape.ts'
import { usedKeys } from '../../domain/agreement/versions.ts'
import { mayDraft } from '../../domain/renegotiation/decisions/drafting.ts'
import { draftStart, isOpenedValue, type DraftAsked } from '../../domain/renegotiation/draft-start.ts'
import { agreementStream, isStreamId, renegotiationStream } from '../../domain/base/stream-id.ts'
import { agreementIdSchema } from '../../domain/base/values.ts'
import type { DraftView } from '../../web/year/draft-view.ts'
import { agreementCase, renegotiationCase } from '../streams/cases.ts'
import { loadCase } from '../record/perform.ts'
import type { ConsolePorts } from './console-ports.ts'
import { differenceRows } from './renegotiation-pages.ts'

/** The page on which every field of the agreement may be edited; null when there is nothing to draft. */
export const draftView = async (
  ports: Pick<ConsolePorts, 'streams'>,
  place: { readonly agreement: string; readonly seq: number },
  asked: DraftAsked,
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
