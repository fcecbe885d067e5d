import { isDeepStrictEqual } from 'node:util'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { Register, TokenNames } from '../../ports/record.ts'
import { messageIdKey } from '../register-keys.ts'
import type { MemoryContactStore } from './contact-store.ts'

/** The register in memory; who has which address it asks the contacts' twin. */
export function memoryRegister(contacts: Pick<MemoryContactStore, 'agreementsOfAddress'>): Register {
  const agreements = new Set<AgreementId>()
  const runs = new Set<number>()
  const tokens = new Map<string, TokenNames>()
  const messages = new Map<string, { stream: StreamId; letterKey: string }>()
  const tags = new Map<string, { stream: StreamId; letterKey: string }>()
  const open = new Map<number, Set<AgreementId>>()
  return {
    addAgreement: async (id) => {
      agreements.add(id)
    },
    agreements: async () => [...agreements].sort(),
    addRun: async (year) => {
      runs.add(year)
    },
    runs: async () => [...runs].sort((a, b) => a - b),
    putToken: async (token, names) => {
      const there = tokens.get(token)
      if (there !== undefined && !isDeepStrictEqual(there, names))
        throw new Error(`Token ${token} names another request already`)
      tokens.set(token, { ...names })
    },
    findToken: async (token) => tokens.get(token) ?? null,
    putMessageId: async (messageId, names) => {
      messages.set(messageIdKey(messageId), { ...names })
    },
    findMessageId: async (messageId) => messages.get(messageIdKey(messageId)) ?? null,
    putLetterTag: async (tag, names) => {
      tags.set(tag, { ...names })
    },
    findLetterTag: async (tag) => tags.get(tag) ?? null,
    openReview: async (year, agreement) => {
      open.set(year, (open.get(year) ?? new Set()).add(agreement))
    },
    closeReview: async (year, agreement) => {
      open.get(year)?.delete(agreement)
    },
    openReviews: async (year) => [...(open.get(year) ?? [])].sort(),
    agreementsOfAddress: async (email) => contacts.agreementsOfAddress(email),
  }
}
