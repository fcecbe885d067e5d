import type { PersonCommand } from '../../domain/review/decide/commands.ts'
import type { TaskKind } from '../tasks.ts'

/** One thing to do in a review, before it is put into the list. */
export interface Waiting {
  readonly kind: TaskKind
  readonly command: PersonCommand['do']
  /** The form's `data-action`, which the link leads to. */
  readonly action: string
  readonly since: string
  readonly what: string
  readonly remarks?: readonly string[]
}
