import type { Actor, Refusal } from '../../domain/base/stream.ts'
import type { PreparationView, ReportView } from '../../web/views.ts'
import type { DeskCommand } from '../../web/year/desk-command.ts'
import type { ExperiencesView } from '../../web/year/experiences-view.ts'
import type { Decider } from '../../domain/base/command.ts'

/** Who decides, and under which command id: the same when the form is sent twice. */
export interface DecidedBy {
  readonly decider: Decider
  readonly actor: Actor
  readonly commandId: string
}

export type DeskOutcome =
  | { readonly outcome: 'done' }
  /** Sent twice, or already so. */
  | { readonly outcome: 'nothing' }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }

/**
 * What the console shows and decides of a year: the run and the joint report. Null:
 * there is none of that name.
 */
export interface YearDesk {
  preparation(year: number): Promise<PreparationView | null>
  report(year: number): Promise<ReportView | null>
  /** Experience cards, and what waits to become one. */
  experiences(year: number): Promise<ExperiencesView | null>
  /** Commits and acts; see `decideOn` in decide-on.ts for the order that loses nothing. */
  decide(command: DeskCommand, by: DecidedBy): Promise<DeskOutcome>
}
