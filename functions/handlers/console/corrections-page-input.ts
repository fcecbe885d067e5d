import type { RunState } from '../../domain/year-run/state.ts'
import type { CorrectionsView } from '../../web/year/correction-forms.ts'
import { correctionDraft, readSheetOf } from '../report/corrections.ts'
import type { ConsolePorts } from './console-ports.ts'

/** The correction sheets as the report's page shows them. */
export const correctionsView = async (
  ports: Pick<ConsolePorts, 'archive' | 'digest' | 'streams'>,
  run: RunState,
): Promise<CorrectionsView> => {
  const { corrections, year } = run
  const due = await Promise.all(
    [...new Set(corrections.due.map((one) => one.agreement))].map(async (agreement) => {
      const draft = await correctionDraft(ports, run, agreement)
      return draft === null
        ? []
        : [{ agreement, title: draft.holds.title, places: draft.places, seen: draft.seen }]
    }),
  )
  const { proposed } = corrections
  return {
    issued: await Promise.all(
      corrections.issued.map(async ({ subject, issuedOn, files }) => ({
        sheet: await readSheetOf(ports, year, subject),
        issuedOn,
        files: files.map(({ name, sha256 }) => ({ name, sha256 })),
      })),
    ),
    due: due.flat().filter((one) => one.agreement !== proposed?.agreement),
    proposed:
      proposed === null
        ? null
        : { sheet: await readSheetOf(ports, year, proposed.subject), subject: proposed.subject },
    sentBack: corrections.sentBack,
  }
}
