import { reviewStream, runStream } from '../../domain/base/stream-id.ts'
import { lettersTo } from '../../domain/casefile/letters.ts'
import { isOver } from '../../domain/review/status.ts'
import type { Needed } from '../../mail/declared-letter.ts'
import type { ReviewLetter } from '../../mail/review-letter.ts'
import type { Ports } from '../../ports/ports.ts'
import { correctedPlaces } from '../../web/report/correction-rows.ts'
import { causesWords, correctionFileNames } from '../../web/report/correction-sheet.ts'
import { loadCase } from '../record/perform.ts'
import { readSheetOf } from '../report/corrections.ts'
import { reviewCase } from '../streams/review-case.ts'
import { runCase } from '../streams/run-case.ts'

export const runningRequest = async (
  ports: Pick<Ports, 'streams'>,
  { state: { agreement, year: closed }, party, context }: ReviewLetter,
): Promise<Needed['running-request']> => {
  if (agreement === null) throw new Error('the review was never prepared')
  for (let year = Number(context.on.slice(0, 4)); year > closed; year -= 1) {
    const { state } = await loadCase(ports, reviewCase, reviewStream(year, agreement))
    const asked = lettersTo(state.letters, party.municipality, 'request', 'to-deputy').at(-1)
    if (asked !== undefined && !isOver(state.status)) return { year, requestedOn: asked.datedOn }
  }
  return null
}

export const issuedCorrection = async (
  ports: Pick<Ports, 'streams' | 'archive' | 'digest'>,
  { state: { year }, context }: ReviewLetter,
): Promise<Needed['correction-sheet']> => {
  const { seq, about } = context.order
  const { state: run } = await loadCase(ports, runCase, runStream(year))
  const issued = run.corrections.issued.find((one) => one.number === seq && one.subject === about)
  if (issued === undefined) throw new Error(`no correction sheet ${seq} was issued for ${year}`)
  const { frozenOn, causes, why, was, holds } = await readSheetOf(ports, year, about)
  const names = correctionFileNames(year, seq)
  return {
    frozenOn,
    grounds: causesWords(causes),
    why,
    places: correctedPlaces(was, holds),
    documents: issued.files
      .filter(({ name }) => name === names.page || name === names.print)
      .map(({ name, archiveKey }) => ({ fileName: name, archiveKey })),
  }
}
