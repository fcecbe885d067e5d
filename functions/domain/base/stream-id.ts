import { agreementIdSchema, type AgreementId } from './values.ts'

/**
 * A stream's identity, also its partition key: `AGREEMENT#<id>`, `REVIEW#<year>#<agreement>`,
 * `RENEGOTIATION#<agreement>#<seq>`, `RUN#<year>`, `INBOX#<yyyy-mm>` (mail that belongs to no case yet),
 * `ANSWERS#all` (the breaker over all answers), `COMMITMENTS#all` (the order of commitments within the frames).
 */
export type StreamId =
  | `AGREEMENT#${string}`
  | `REVIEW#${number}#${string}`
  | `RENEGOTIATION#${string}#${number}`
  | `RUN#${number}`
  | `INBOX#${string}`
  | 'ANSWERS#all'
  | 'COMMITMENTS#all'

export const agreementStream = (id: AgreementId): StreamId => `AGREEMENT#${id}`
export const reviewStream = (year: number, agreement: AgreementId): StreamId => `REVIEW#${year}#${agreement}`
export const renegotiationStream = (agreement: AgreementId, seq: number): StreamId =>
  `RENEGOTIATION#${agreement}#${seq}`
export const runStream = (year: number): StreamId => `RUN#${year}`
/** @param at UTC instant the mail was received. */
export const inboxStream = (at: string): StreamId => `INBOX#${at.slice(0, 7)}`
export const answersStream: StreamId = 'ANSWERS#all'
export const commitmentsStream: StreamId = 'COMMITMENTS#all'

const patterns = [
  /^AGREEMENT#[a-z0-9-]+$/,
  /^REVIEW#\d{4}#[a-z0-9-]+$/,
  /^RENEGOTIATION#[a-z0-9-]+#\d+$/,
  /^RUN#\d{4}$/,
  /^INBOX#\d{4}-\d{2}$/,
  /^ANSWERS#all$/,
  /^COMMITMENTS#all$/,
]

export const isStreamId = (text: string): text is StreamId => patterns.some((pattern) => pattern.test(text))

/** What a stream's identity says. */
export type ParsedStream =
  | { readonly kind: 'agreement'; readonly agreement: AgreementId }
  | { readonly kind: 'review'; readonly year: number; readonly agreement: AgreementId }
  | { readonly kind: 'renegotiation'; readonly agreement: AgreementId; readonly seq: number }
  | { readonly kind: 'run'; readonly year: number }
  /** `month` as in `2015-02`. */
  | { readonly kind: 'inbox'; readonly month: string }
  | { readonly kind: 'answers' }
  | { readonly kind: 'commitments' }
export type StreamKindName = ParsedStream['kind']

/** Reads an identity back into its parts. @throws RangeError for a text that is none */
export const parseStreamId = (stream: StreamId): ParsedStream => {
  const [prefix, first = '', second = ''] = stream.split('#')
  switch (prefix) {
    case 'AGREEMENT':
      return { kind: 'agreement', agreement: agreementIdSchema.parse(first) }
    case 'REVIEW':
      return { kind: 'review', year: Number(first), agreement: agreementIdSchema.parse(second) }
    case 'RENEGOTIATION':
      return { kind: 'renegotiation', agreement: agreementIdSchema.parse(first), seq: Number(second) }
    case 'RUN':
      return { kind: 'run', year: Number(first) }
    case 'INBOX':
      return { kind: 'inbox', month: first }
    case 'ANSWERS':
      return { kind: 'answers' }
    case 'COMMITMENTS':
      return { kind: 'commitments' }
    default:
      throw new RangeError(`${stream} is no stream of the record`)
  }
}

/** The kind of a stream, by its identity alone. */
export const streamKind = (stream: StreamId): StreamKindName => parseStreamId(stream).kind
