import type { LapsedTarget } from '../../domain/agreement/versions.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import type { NameOf } from '../words.ts'
import type { ShownContact } from './contacts-section.ts'
import type { TimelineCommit } from './timeline.ts'
import { reviewCommands, type ReviewCommandName } from '../../domain/review/commands.ts'
import { hasRole, type PageFrame } from '../page.ts'

/** What a review's page is made of. */
export interface ReviewPageInput {
  /** The page's own address, `/reviews/2014/svendborg-rk`. */
  readonly base: string
  readonly state: ReviewState
  readonly commits: readonly TimelineCommit[]
  readonly nameOf: NameOf
  readonly caseworker: string
  /** Who may have the case: not barred from it. */
  readonly caseworkers: readonly { readonly id: string; readonly name: string }[]
  readonly contacts: readonly ShownContact[]
  /** Targets that riders have taken out of the agreement by the end of the year. */
  readonly lapsed: readonly LapsedTarget[]
  /** The text of held mails, by mail key. */
  readonly mailTexts: ReadonlyMap<string, string>
  /** First twelve hex digits of the record's hash. */
  readonly controlNumber: string
}

/** May the reader be offered the form? Whether it is accepted is decided when it is sent. */
export const offered =
  (frame: PageFrame, state: ReviewState) =>
  (command: ReviewCommandName): boolean =>
    hasRole(frame.reader, reviewCommands.rolesFor(command)) &&
    !state.parties.some((party) => frame.reader.barredFrom.includes(party.municipality))

/** Figures can be typed in from the day they are asked for. */
export const takesTypedFigures = (state: ReviewState): boolean =>
  !['none', 'not-asked', 'preparing', 'stopped'].includes(state.status)
