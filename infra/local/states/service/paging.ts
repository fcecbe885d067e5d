import { ServiceError } from '../values/errors.ts'

/** Reads the place that a page token stands for. Throws ServiceError InvalidToken. */
export const placeOf = (token: string | undefined, of: string): number => {
  if (token === undefined) return 0
  const text = Buffer.from(token, 'base64url').toString('utf8')
  const place = text.startsWith(`${of}:`) ? Number(text.slice(of.length + 1)) : Number.NaN
  if (!Number.isSafeInteger(place) || place < 1)
    throw new ServiceError('InvalidToken', `Invalid Token: '${token}'`)
  return place
}

/** A token for the place; it is valid only for the same list. */
export const tokenFor = (place: number, of: string): string =>
  Buffer.from(`${of}:${place}`).toString('base64url')
