/** What is not shown is not read (MAIL 63): not displayed, no size, off the page, white on white. */

export interface HiddenSelectors {
  readonly classes: ReadonlySet<string>
  readonly ids: ReadonlySet<string>
}

type Attributes = Readonly<Record<string, string>>

/** Declarations that hide whatever bears them, without blanks and in lower case. */
const hides = (style: string): boolean =>
  /(?:^|;)(?:display:none|visibility:hidden|font-size:0(?![.\d]*[1-9])|opacity:0(?![.]\d*[1-9])|mso-hide:all|max-height:0(?!\.?\d*[1-9]))/u.test(
    style,
  ) ||
  (/(?:^|;)(?:width|height):0(?:px|pt|%)?(?:;|$)/u.test(style) && style.includes('overflow:hidden')) ||
  (/(?:^|;)position:(?:absolute|fixed)(?:;|$)/u.test(style) &&
    /(?:^|;)(?:left|right|top|text-indent):-\d{3,}/u.test(style))

const compact = (style: string): string => style.toLowerCase().replace(/\s+/gu, '')
const maxSheet = 200_000

/**
 * Classes and ids that the page's own style sheets hide everywhere. What they hide on some screens only
 * (`@media`) is shown on others, and read.
 */
export const hiddenSelectors = (html: string): HiddenSelectors => {
  const classes = new Set<string>()
  const ids = new Set<string>()
  let length = 0
  for (const [, sheet = ''] of html.matchAll(/<style\b[^>]{0,500}>([^<]*(?:<!--[^<]*)?)/giu)) {
    length += sheet.length
    if (length > maxSheet) break
    const everywhere = sheet
      .replace(/<!--|-->/gu, '')
      .replace(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//gu, '')
      .replace(/@[^{};]{0,500}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/gu, '')
    for (const [, selectors = '', style = ''] of everywhere.matchAll(/([^{}]{1,2000})\{([^{}]*)\}/gu)) {
      if (!hides(compact(style))) continue
      for (const selector of selectors.split(',')) {
        const simple = /^\s*[a-z\d]*([.#])([\w-]+)\s*$/iu.exec(selector)
        if (simple?.[2] !== undefined) (simple[1] === '#' ? ids : classes).add(simple[2])
      }
    }
  }
  return { classes, ids }
}

const white = /^(?:#fff(?:fff)?|white|rgba?\(255,255,255(?:,1)?\))$/u

/** The ground an element stands on: its own, or what lies below it. */
export const groundOf = (attributes: Attributes, below: string): string => {
  const style = compact(attributes['style'] ?? '')
  const own =
    /(?:^|;)background(?:-color)?:([^;!]+)/u.exec(style)?.[1] ?? attributes['bgcolor']?.toLowerCase()
  return own === undefined || own === 'transparent' || own === 'none' ? below : own
}

/** Whether an element's own attributes hide it. */
export const isHidden = (attributes: Attributes, ground: string, sheets: HiddenSelectors): boolean => {
  if (attributes['hidden'] !== undefined) return true
  const style = compact(attributes['style'] ?? '')
  if (hides(style)) return true
  if (sheets.ids.has(attributes['id'] ?? '')) return true
  const classes = attributes['class']
  if (classes !== undefined && sheets.classes.size > 0)
    if (classes.split(/\s+/u).some((name) => sheets.classes.has(name))) return true
  const colour = /(?:^|;)color:([^;!]+)/u.exec(style)?.[1] ?? attributes['color']?.toLowerCase() ?? ''
  return white.test(colour) && white.test(ground)
}
