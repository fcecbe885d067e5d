import type { Doubt } from '../domain/casefile/reading.ts'
import { excerpt } from './clean-text.ts'

/** Doubts under no key of the form that are asked one by one. */
const mostUnkeyed = 10
/** Keys of the form have one doubt each; no form has so many. */
const mostKeyed = 60

/**
 * What is asked of one mail, bounded: one question a key of the form, some that are about no key, and how many more
 * there were. What goes beyond stays in the mail as it came (MAIL 207).
 */
export const boundedDoubts = (doubts: readonly Doubt[]): readonly Doubt[] => {
  const keys = new Set<string>()
  const isFirst = ({ kind, key }: Doubt): boolean => {
    if (key === '' || kind === 'near-key' || keys.has(key) || keys.size >= mostKeyed) return false
    keys.add(key)
    return true
  }
  let unkeyed = 0
  const kept = doubts.filter((doubt) => isFirst(doubt) || (unkeyed += 1) <= mostUnkeyed)
  const beyond = doubts.length - kept.length
  const more: Doubt = {
    kind: 'more-unread',
    key: '',
    written: '',
    details: { count: String(beyond) },
    at: null,
  }
  return (beyond === 0 ? kept : [...kept, more]).map((doubt) => ({
    ...doubt,
    details: Object.fromEntries(Object.entries(doubt.details).map(([name, text]) => [name, excerpt(text)])),
  }))
}
