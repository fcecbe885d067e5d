import type { Actor, Refusal } from '../../domain/base/stream.ts'
import type { MatterView, PreparationView, RenegotiationView, ReportView } from '../../web/views.ts'
import type { DeskCommand } from '../../web/year/desk-command.ts'
import type { ExperiencesView } from '../../web/year/experiences-view.ts'
import type { DraftAskedOfPage } from '../../web/year/draft-asked.ts'
import type { DraftView } from '../../web/year/draft-view.ts'
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
 * What the console shows and decides beside reviews: the run, matters, renegotiations, the joint report. Null:
 * there is none of that name.
 */
export interface YearDesk {
  preparation(year: number): Promise<PreparationView | null>
  matter(observationId: string): Promise<MatterView | null>
  renegotiation(agreement: string, seq: number): Promise<RenegotiationView | null>
  /** A draft in which every field may be edited; null where there is nothing to draft. */
  draft(
    place: { readonly agreement: string; readonly seq: number },
    asked: DraftAskedOfPage,
  ): Promise<DraftView | null>
  report(year: number): Promise<ReportView | null>
  /** Experience cards, and what waits to become one. */
  experiences(year: number): Promise<ExperiencesView | null>
  /** Commits and acts; see `decideOn` in decide-on.ts for the order that loses nothing. */
  decide(command: DeskCommand, by: DecidedBy): Promise<DeskOutcome>
}
