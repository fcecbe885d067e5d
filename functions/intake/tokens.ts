import { normaliseToken, tokenAlphabet } from '../domain/base/token.ts'
import { cleanText } from './clean-text.ts'
import type { ParsedMessage } from './message.ts'

/** Where identifiers of a request were found, most specific first (intake/README.md, "Whose mail it is"). */
export interface FoundTokens {
  readonly envelope: readonly string[]
  readonly subject: readonly string[]
  readonly body: readonly string[]
  /** In-Reply-To and References: SES's ids and our own, for the register. */
  readonly messageIds: readonly string[]
}

const sign = `[${tokenAlphabet}]`
const groups = new RegExp(
  `Svarnr\\.?\\s*:?\\s*((?:${sign}{4}[\\s>|*-]*){3}${sign}{4})(?![\\p{L}\\p{N}])`,
  'giu',
)
const bracketed = new RegExp(`\\[\\s*#\\s*(${sign}{16})\\s*\\]`, 'giu')

const distinct = (written: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(
    written.flatMap((text) => {
      const token = text === undefined ? null : normaliseToken(text.replace(/[>|*]/gu, ''))
      return token === null ? [] : [token]
    }),
  ),
]

/** The token of an address `svar+k479-2014-<token>@...`, in any case; undefined when it has none. */
const tokenOfAddress = (address: string): string | undefined =>
  /^[^+@]+\+(?:[a-z0-9]+-)*([a-z0-9]{16})@/iu.exec(address.trim())?.[1]

/**
 * Every identifier of a request in a mail. Envelope recipients are the receiving system's; tokens in attached or
 * forwarded parts are never looked at, since the parser keeps those apart.
 */
export const findTokens = (
  message: Pick<ParsedMessage, 'subject' | 'text' | 'html' | 'inReplyTo' | 'references'>,
  envelopeRecipients: readonly string[],
): FoundTokens => {
  const subject = cleanText(message.subject).slice(0, 4000)
  const body = cleanText(`${message.text ?? ''}\n${message.html?.replace(/<[^<>]*>|&nbsp;/gu, ' ') ?? ''}`)
  const ids = [message.inReplyTo ?? '', ...message.references].flatMap(
    (text) => text.match(/<[^<>\s]{1,250}>/gu) ?? [],
  )
  return {
    envelope: distinct(envelopeRecipients.map(tokenOfAddress)),
    subject: distinct([...subject.matchAll(bracketed)].map((match) => match[1])),
    body: distinct([...body.matchAll(groups)].map((match) => match[1])),
    messageIds: [...new Set(ids)],
  }
}

/** Which request a mail names: one, several (held for a person), or none by token. */
export type NamedRequest =
  | { readonly named: 'one'; readonly token: string; readonly by: 'envelope' | 'subject' | 'body' }
  | { readonly named: 'conflict'; readonly tokens: readonly string[] }
  | { readonly named: 'none' }

/** Conflicting identifiers are held: both cases stay untouched (MAIL 8, 131). */
export const namedRequest = (found: FoundTokens): NamedRequest => {
  const all = [...new Set([...found.envelope, ...found.subject, ...found.body])]
  const [token] = all
  if (token === undefined) return { named: 'none' }
  if (all.length > 1) return { named: 'conflict', tokens: all }
  const by = found.envelope.length > 0 ? 'envelope' : found.subject.length > 0 ? 'subject' : 'body'
  return { named: 'one', token, by }
}
