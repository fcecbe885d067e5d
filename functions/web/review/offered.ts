import { reviewCommands, type ReviewCommandName } from '../../domain/review/commands.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { hasRole, type PageFrame } from '../page.ts'

/** May the reader be offered the form? Whether it is accepted is decided when it is sent. */
export const offered =
  (frame: PageFrame, state: ReviewState) =>
  (command: ReviewCommandName): boolean =>
    hasRole(frame.reader, reviewCommands.rolesFor(command)) &&
    !state.parties.some((party) => frame.reader.barredFrom.includes(party.municipality))

/** Figures can be typed in from the day they are asked for. */
export const takesTypedFigures = (state: ReviewState): boolean =>
  !['none', 'not-asked', 'preparing', 'stopped'].includes(state.status)
