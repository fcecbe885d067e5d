import { refusalWords } from '../domain/base/refusals.ts'
import type { Refusal } from '../domain/base/stream.ts'

/** Why it was refused, as the page says it. What is wrong with fields names them itself. */
export const refusalText = (refusal: Refusal): string => refusal.told ?? refusalWords[refusal.kind].da

/** What a decision on a review did, told after it. */
export const doneWords = {
  'propose-correction': 'Rettelsesbladet er foreslået og afventer godkendelse.',
  'publish-experience': 'Kortet er udgivet.',
  'leave-out-experience': 'Erfaringen er udeladt.',
  'release-experiences': 'Brevet er frigivet og sendes på næste arbejdsdag kl. 9.',
  'issue-correction': 'Rettelsesbladet er udsendt og står ved rapporten.',
  'return-correction': 'Rettelsesbladet er sendt tilbage.',
} as const satisfies Readonly<Record<string, string>>

const isDone = (name: string): name is keyof typeof doneWords => Object.hasOwn(doneWords, name)
export const otherDone = (name: string): string | null => (isDone(name) ? doneWords[name] : null)
