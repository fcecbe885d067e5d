import type { KeyIndex, KeyTarget } from './key-index.ts'
import { compact } from './key-index.ts'
import { leading } from './keys.ts'

const digitsOf = (text: string): string => text.replace(/\D/gu, '')

/** Edit distance, given up beyond `most`. */
const distance = (a: string, b: string, most: number): number => {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? most + 1
}

/** The known key a misspelt one is nearest to, for a question and never to be applied (MAIL 56). */
export const nearestKey = (written: string, index: KeyIndex): KeyTarget | null => {
  const wanted = compact(written)
  const most = wanted.length >= 8 ? 2 : 1
  if (wanted.length < 4) return null
  let best: { spelling: string; steps: number } | null = null
  const digits = digitsOf(wanted)
  for (const spelling of index.byCompact.keys()) {
    if (Math.abs(spelling.length - wanted.length) > most || digitsOf(spelling) !== digits) continue
    const steps = distance(wanted, spelling, most)
    if (steps > 0 && steps <= most && (best === null || steps < best.steps)) best = { spelling, steps }
  }
  return best === null ? null : (index.byCompact.get(best.spelling) ?? null)
}

/** A line in the form's shape whose key is none of ours: what stands before the explicit separator and after it. */
export const unknownKey = (
  line: string,
): { readonly written: string; readonly numbered: boolean; readonly rest: string } | null => {
  if (!/[:=\t]/u.test(line)) return null
  const match = /^([\p{L}][\p{L}\p{N} .]{0,29}?)\s*(?:[:=]|\t)\s*(.*)$/u.exec(line.replace(leading, ''))
  if (match?.[1] === undefined) return null
  return {
    written: match[1],
    numbered: /^(?:m|fs|h)\d{1,2}(?!\p{L}|\p{N})/iu.test(match[1]),
    rest: match[2] ?? '',
  }
}
