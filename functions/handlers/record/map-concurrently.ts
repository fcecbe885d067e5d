import pMap, { pMapSkip } from 'p-map'

/** So many at a time: enough that one's waiting is another's work, few enough for the table and the mail system. */
const concurrency = 8

/**
 * Does the same work on each of the items, a few at a time; the results stand in the items' order. Where one fails,
 * those begun are still ended, nothing new is begun, and the first failure is thrown: whoever repeats the task finds
 * done what was done.
 */
export const mapConcurrently = async <T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> => {
  const failures: unknown[] = []
  const results = await pMap(
    items,
    async (item) => {
      if (failures.length > 0) return pMapSkip
      try {
        return await work(item)
      } catch (error) {
        failures.push(error)
        return pMapSkip
      }
    },
    { concurrency },
  )
  if (failures.length > 0) throw failures[0]
  return results
}
