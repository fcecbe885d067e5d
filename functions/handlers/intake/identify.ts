import type { StreamId } from '../../domain/base/stream-id.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { ParsedMessage } from '../../intake/message.ts'
import { findTokens, namedRequest } from '../../intake/belonging.ts'
import type { Ports } from '../../ports/ports.ts'
import type { TokenNames } from '../../ports/record.ts'

/** Whose mail it is (intake/README.md, "Whose mail it is"): a case, several at once, or none. */
export type Home =
  | {
      readonly home: 'case'
      readonly stream: StreamId
      readonly agreement: AgreementId | null
      readonly municipality: string | null
      /** The letter of ours it answers, by thread; null when the thread does not say. */
      readonly letterKey: string | null
    }
  /** Tokens of several cases. */
  | { readonly home: 'conflict'; readonly named: readonly TokenNames[] }
  | { readonly home: 'none' }

/** So many tokens of one mail are looked up; no thread of ours names more requests. */
const mostTokens = 10

/**
 * Finds the case a mail belongs to, most specific first: envelope, subject, form, thread. What contradicts itself
 * is held for a person; so is what names none.
 * @param returnedMessageId of the letter that a bounce brings back
 */
export const identify = async (
  ports: Pick<Ports, 'register'>,
  message: ParsedMessage,
  envelopeRecipients: readonly string[],
  returnedMessageId: string | null = null,
): Promise<Home> => {
  const found = findTokens(message, envelopeRecipients)
  const ids = returnedMessageId === null ? [] : [returnedMessageId]
  const thread = await ports.register.findFirstMessageId([...ids, ...found.messageIds])
  const named = namedRequest(found)
  if (named.named === 'one') {
    const names = await ports.register.findToken(named.token)
    if (names !== null)
      return { ...caseOf(names), letterKey: thread?.stream === names.stream ? thread.letterKey : null }
  }
  if (named.named === 'conflict') {
    const asked = named.tokens.slice(0, mostTokens)
    const all = await Promise.all(asked.map((token) => ports.register.findToken(token)))
    const known = all.filter((names): names is TokenNames => names !== null)
    // What is not looked up may name any case: nothing of it is taken for the only one.
    if (asked.length < named.tokens.length) return { home: 'conflict', named: known }
    const streams = new Set(known.map((names) => `${names.stream}|${names.municipality}`))
    const [only] = known
    if (only !== undefined && streams.size === 1)
      return { ...caseOf(only), letterKey: thread?.letterKey ?? null }
    // Both of one agreement: the address they wrote to says which of its cases is meant.
    const addressed = await firstToken(ports, found.envelope)
    if (addressed !== null && new Set(known.map((names) => names.agreement)).size === 1)
      return { ...caseOf(addressed), letterKey: null }
    if (streams.size > 1) return { home: 'conflict', named: known }
  }
  if (thread !== null)
    return {
      home: 'case',
      stream: thread.stream,
      agreement: null,
      municipality: null,
      letterKey: thread.letterKey,
    }
  return { home: 'none' }
}

const caseOf = (names: TokenNames) =>
  ({
    home: 'case',
    stream: names.stream,
    agreement: names.agreement,
    municipality: names.municipality,
  }) as const

const firstToken = async (
  ports: Pick<Ports, 'register'>,
  tokens: readonly string[],
): Promise<TokenNames | null> => {
  for (const token of tokens) {
    const names = await ports.register.findToken(token)
    if (names !== null) return names
  }
  return null
}
