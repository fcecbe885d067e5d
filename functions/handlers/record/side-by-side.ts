/** So many at a time: enough that one's waiting is another's work, few enough for the table and the mail system. */
const atOnce = 8

/**
 * Does the same work on each of the items, a few at a time. Where one fails, those begun are still ended; nothing
 * new is begun, and the first failure is thrown: whoever repeats the task finds done what was done.
 */
export const sideBySide = async <T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> => {
  const results: R[] = []
  for (let from = 0; from < items.length; from += atOnce) {
    const ended = await Promise.allSettled(items.slice(from, from + atOnce).map(work))
    for (const one of ended) {
      if (one.status === 'rejected') throw one.reason
      results.push(one.value)
    }
  }
  return results
}
