/**
 * Milliseconds since the epoch of an ISO 8601 date-time with an offset, as Wait takes it: a capital T between
 * date and time, Z or an offset at the end, any number of decimals. Undefined when the text is none.
 */
export const readTimestamp = (text: string): number | undefined => {
  const match =
    /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-](?:0\d|1[0-8]):[0-5]\d)$/.exec(
      text,
    )
  if (match === null) return undefined
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  if (Number(match[4]) > 23) return undefined
  const ms = Date.parse(text.replace(/(\.\d{3})\d+/, '$1'))
  return Number.isNaN(ms) ? undefined : ms
}
