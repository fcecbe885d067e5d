import type { AgreementId } from './values.ts'

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
