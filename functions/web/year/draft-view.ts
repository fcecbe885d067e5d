import type { ContentField } from '../../domain/agreement/fields/content-fields.ts'
import type { FieldDifference } from '../views.ts'
import type { DraftAsked } from '../../domain/renegotiation/draft-start.ts'

/** The page on which a person edits a draft: what the agreement says, field by field. */
export interface DraftView {
  readonly agreement: string
  readonly seq: number
  readonly title: string
  /** How the address shapes it, and the counter-proposal that is taken over. */
  readonly asked: DraftAsked
  readonly fields: readonly ContentField[]
  /** What the draft begins with already changes. */
  readonly differences: readonly FieldDifference[]
  /** What has a key of its own in the draft; a divided target waits for its apportionment. */
  readonly owners: readonly { readonly key: string; readonly title: string; readonly awaits: boolean }[]
  /** Keys of the version in force. */
  readonly keys: readonly string[]
  readonly parties: readonly string[]
  readonly effectiveFrom: string
  readonly note: string
}
