import { runStream } from '../../../domain/base/stream-id.ts'
import { correctionSheet } from '../../../mail/correction-sheet.ts'
import { correctedPlaces } from '../../../web/report/correction-rows.ts'
import { causesWords, correctionFileNames } from '../../../web/report/correction-sheet.ts'
import type { Ports } from '../../../ports/ports.ts'
import { runCase } from '../../streams/run-case.ts'
import { loadCase } from '../../record/perform.ts'
import { readSheetOf } from '../../report/corrections.ts'
import type { ComposedLetter } from '../letter-desk.ts'
import { addressed, type ReviewLetter } from './shared.ts'

/** L13b: what the sheet of the order's number corrects, with the sheet itself. */
export const composeCorrectionSheet = async (
  letter: ReviewLetter,
  ports: Pick<Ports, 'streams' | 'archive' | 'digest'>,
): Promise<ComposedLetter> => {
  const { year } = letter.state
  const { seq, about } = letter.context.order
  const { state: run } = await loadCase(ports, runCase, runStream(year))
  const issued = run.corrections.issued.find((one) => one.number === seq && one.subject === about)
  if (issued === undefined) throw new Error(`no correction sheet ${seq} was issued for ${year}`)
  const sheet = await readSheetOf(ports, year, about)
  const names = correctionFileNames(year, seq)
  return addressed(
    letter,
    correctionSheet({
      facts: letter.facts,
      number: seq,
      frozenOn: sheet.frozenOn,
      grounds: causesWords(sheet.causes),
      why: sheet.why,
      places: correctedPlaces(sheet.was, sheet.holds),
      documents: issued.files
        .filter(({ name }) => name === names.page || name === names.print)
        .map(({ name, archiveKey }) => ({ fileName: name, archiveKey })),
    }),
    { thread: null },
  )
}
