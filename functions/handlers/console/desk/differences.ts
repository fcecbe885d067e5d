import type { ContentDifference } from '../../../domain/agreement/fields/content-fields.ts'
import type { FieldDifference } from '../../../web/views.ts'

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** Differences as the console's tables show them. */
export const differenceRows = (differences: readonly ContentDifference[]): readonly FieldDifference[] =>
  differences.map(({ words, from, to }) => ({
    field: capitalised(words.da),
    now: from === '' ? '–' : from,
    proposed: to === '' ? '–' : to,
  }))
