import { createHash } from 'node:crypto'
import type { Digest } from '../ports/record.ts'

/** SHA-256 in hex; a text is hashed as UTF-8. */
export const digest: Digest = (content) => createHash('sha256').update(content).digest('hex')
