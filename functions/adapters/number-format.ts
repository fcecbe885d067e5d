/** What a number's format shows beside its digits (ECMA-376, 18.8.30), as far as it changes what a reader sees. */
interface NumberLooks {
  readonly before: string
  readonly after: string
  /** Of ten, by which the digits shown are the value: 2 of a percentage, -3 of `#,##0,` for thousands. */
  readonly power: number
}

interface Section {
  before: string
  after: string
  hasDigits: boolean
  isPercent: boolean
  /** Commas since the last digit: behind all digits each stands for a thousand. */
  commas: number
  thousands: number
}

const newSection = (): Section => ({
  before: '',
  after: '',
  hasDigits: false,
  isPercent: false,
  commas: 0,
  thousands: 0,
})

/** The sections of a format, for what is positive, negative and zero. */
const sectionsOf = (format: string): readonly Section[] => {
  const sections = [newSection()]
  for (let at = 0; at < format.length; at += 1) {
    const section = sections.at(-1)
    const sign = format[at] ?? ''
    if (section === undefined) break
    const write = (text: string): void => {
      section.thousands += section.commas
      section.commas = 0
      if (section.hasDigits) section.after += text
      else section.before += text
    }
    const upTo = (end: string): string => {
      const close = format.indexOf(end, at + 1)
      const text = format.slice(at + 1, close === -1 ? format.length : close)
      at = close === -1 ? format.length : close
      return text
    }
    if (sign === ';') sections.push(newSection())
    else if (sign === '"') write(upTo('"'))
    else if (sign === '[') write(/^\$([^-]*)/u.exec(upTo(']'))?.[1] ?? '')
    else if (sign === '\\') write(format[(at += 1)] ?? '')
    // The width of a sign, and one that fills the cell.
    else if (sign === '_' || sign === '*') at += 1
    else if ('0#?'.includes(sign)) {
      section.hasDigits = true
      section.commas = 0
    } else if (sign === ',') section.commas += section.hasDigits ? 1 : 0
    else if (/^general/iu.test(format.slice(at, at + 7))) {
      section.hasDigits = true
      at += 6
    } else if (sign === '%') {
      section.isPercent = true
      write(sign)
    } else if (sign !== '.') write(sign)
  }
  return sections.map((section) => ({ ...section, thousands: section.thousands + section.commas }))
}

/** Signs alone say nothing: brackets and dashes of the accountant's formats. */
const wordsOf = (literal: string): string => (/[\p{L}%]/u.test(literal) ? literal.trim() : '')

/**
 * What a cell of this format shows around its digits. A percent sign in quotes is a word; only a bare one scales.
 * A format that shows thousands without a word for them gets one, since its digits alone are another number.
 */
export const numberFormat = (format: string, value: number): NumberLooks => {
  const sections = sectionsOf(format)
  const nth = value < 0 ? 1 : value === 0 ? 2 : 0
  const section = sections[nth]?.hasDigits === true ? sections[nth] : sections[0]
  if (section === undefined) return { before: '', after: '', power: 0 }
  const [before, after] = [wordsOf(section.before), wordsOf(section.after)]
  const inThousands = section.thousands > 0
  return {
    before: before.includes('%') ? '' : before,
    after:
      inThousands && after === '' && before === ''
        ? `(i ${section.thousands === 1 ? '1.000' : 'mio.'})`
        : before.includes('%')
          ? '%'
          : after,
    power: section.isPercent ? 2 : -3 * section.thousands,
  }
}
