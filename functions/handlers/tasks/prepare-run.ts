import type { AgreementState } from '../../domain/agreement/state.ts'
import { contentForYear, latestVersion } from '../../domain/agreement/versions.ts'
import { prepare } from '../../domain/review/decide/machine.ts'
import type { Actor } from '../../domain/base/stream.ts'
import { agreementStream, reviewStream } from '../../domain/base/stream-id.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import { makeManifest } from '../../domain/year-run/decide.ts'
import type { CaseInput } from '../../../workflows/tasks.ts'
import { reviewComposer } from '../letters/composers.ts'
import { sendOnce, type LetterPorts } from '../letters/send-once.ts'
import { loadCase, perform, type RecordPorts } from '../record/perform.ts'
import { performTask } from './perform-task.ts'
import { mapConcurrently } from '../record/map-concurrently.ts'
import { askedParties, placeInYear } from '../../domain/year-run/place-in-year.ts'
import type { LeftOutEntry, ManifestEntry } from '../../domain/year-run/slices/manifest.ts'
import { agreementCase, reviewCase, runCase } from '../streams/cases.ts'

const actor: Actor = { by: 'system', name: 'PrepareRun' }

/** Puts a review of the agreement on the record, before anything is asked, so that its address exists. */
export const prepareReview = async (
  ports: RecordPorts,
  id: AgreementId,
  state: AgreementState,
  year: number,
  leftOut: 'first-year-next' | 'not-in-force' | 'incomplete' | null,
): Promise<void> => {
  const content = contentForYear(state, year) ?? latestVersion(state)?.content
  if (content === undefined) return
  const stream = reviewStream(year, id)
  const parties =
    leftOut === null
      ? askedParties(state, year)
      : content.parties.map(({ municipality, role }) => ({ municipality, role }))
  await perform(ports, reviewCase, stream, {
    id: `prepare/${year}`,
    actor,
    decide: (review) =>
      prepare(review, {
        agreement: id,
        year,
        content,
        signedOn: state.signedOn ?? content.effectiveFrom,
        leftOut,
        parties,
      }),
  })
}

/** The manifest: who is in, who is out and why; every contact is asked to confirm. */
export const makePrepareRun =
  (ports: LetterPorts) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadCase(ports, runCase, input.stream)
    const { state } = read
    const asked: ManifestEntry[] = []
    const leftOut: LeftOutEntry[] = []
    const places = await mapConcurrently([...(await ports.register.agreements())].sort(), async (id) => {
      const { state: agreement } = await loadCase(ports, agreementCase, agreementStream(id))
      const place = placeInYear(id, agreement, state.year)
      if ('asked' in place) await prepareReview(ports, id, agreement, state.year, null)
      return place
    })
    for (const place of places)
      if ('asked' in place) asked.push(place.asked)
      else leftOut.push(place.leftOut)
    await performTask(ports, runCase, { task: 'PrepareRun', input, read }, (run, now) =>
      makeManifest(run, { asked, leftOut }, input.attempt, now),
    )
    await mapConcurrently(asked, async (entry) => {
      for (const municipality of entry.municipalities)
        await sendOnce(ports, reviewComposer, reviewStream(state.year, entry.agreement), {
          kind: 'contact-confirmation',
          party: municipality,
          seq: 1,
          about: '',
        })
    })
    return {}
  }
