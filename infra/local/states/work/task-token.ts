import { createHmac, timingSafeEqual } from 'node:crypto'

/** The task that a token stands for: one attempt of one frame of one execution. */
export interface TokenTarget {
  readonly execution: number
  readonly frame: number
  readonly attempt: number
}

const PREFIX = 'AQC4AAAAK'

/**
 * A task token needs no row of its own: it names its task and is sealed with the store's secret, so a made-up
 * token is told from one whose task is over. Same task, same token.
 */
export const makeToken = (secret: string, target: TokenTarget): string => {
  const body = `${target.execution}.${target.frame}.${target.attempt}`
  const seal = createHmac('sha256', secret).update(body).digest('base64url').slice(0, 32)
  return PREFIX + Buffer.from(`${body}.${seal}`).toString('base64url')
}

/** The task of a token; undefined when the token was not made with this secret. */
export const readToken = (secret: string, token: string): TokenTarget | undefined => {
  if (!token.startsWith(PREFIX)) return undefined
  const text = Buffer.from(token.slice(PREFIX.length), 'base64url').toString('utf8')
  const match = /^(\d{1,15})\.(\d{1,15})\.(\d{1,15})\.[\w-]{32}$/.exec(text)
  if (match === null) return undefined
  const [execution, frame, attempt] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const target = { execution, frame, attempt }
  const expected = Buffer.from(makeToken(secret, target))
  const given = Buffer.from(token)
  return expected.length === given.length && timingSafeEqual(expected, given) ? target : undefined
}
