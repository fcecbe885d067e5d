import { languages, shapes, type Language } from './quoted-shapes.ts'

/**
 * Replies by layout, marker, header style, language, spacing and quirk: each a real mail with known figures. The
 * combinations are walked with a stride, so that a part of them touches every value of every dimension beside every
 * other, and the same numbers give the same mails.
 */

const markers = ['colon', 'equals', 'tab', 'dash', 'blank', 'bullet', 'emphasis', 'ruled'] as const
const layouts = ['above', 'below', 'inside', 'between', 'table', 'transposed'] as const
const spacings = ['single', 'blank lines', 'wide', 'hard blanks', 'one line'] as const
const quirks = [
  'none',
  'zero width',
  'decomposed',
  'signature',
  'banner',
  'windows-1252',
  'html only',
  'both parts',
  'base64',
  'lower case',
  'prose',
  'older mail',
] as const
type Of<T extends readonly unknown[]> = T[number]

export interface Recipe {
  readonly layout: Of<typeof layouts>
  readonly marker: Of<typeof markers>
  readonly style: number
  readonly language: Language
  readonly spacing: Of<typeof spacings>
  readonly quirk: Of<typeof quirks>
  readonly seed: number
}

const sizes = [
  layouts.length,
  markers.length,
  shapes.length,
  languages.length,
  spacings.length,
  quirks.length,
]
/** How many combinations there are. */
export const combinations = sizes.reduce((all, size) => all * size, 1)
/** Shares no factor with the sizes, so that steps of it meet every combination before any twice. */
const stride = 104_729

export const recipe = (nth: number): Recipe => {
  let rest = (nth * stride) % combinations
  const at = sizes.map((size) => {
    const digit = rest % size
    rest = Math.floor(rest / size)
    return digit
  })
  const [layout = 0, marker = 0, style = 0, language = 0, spacing = 0, quirk = 0] = at
  return {
    layout: layouts[layout]!,
    marker: markers[marker]!,
    style,
    language: languages[language]!,
    spacing: spacings[spacing]!,
    quirk: quirks[quirk]!,
    seed: nth,
  }
}
