import type { AnswerBucket } from '../../domain/answering/answer-stop.ts'
import type { AnswerLedger, HeldAnswer } from '../../ports/mail.ts'

const keyOf = ({ hour, resumptions }: AnswerBucket): string => `${hour}/${resumptions}`

/** Counts and held answers in memory. */
export function memoryAnswerLedger({ mostAnHour }: { mostAnHour: number }): AnswerLedger {
  const counts = new Map<string, number>()
  const held = new Map<string, HeldAnswer>()
  const counted = (bucket: AnswerBucket): number => counts.get(keyOf(bucket)) ?? 0
  return {
    mostAnHour,
    count: async (bucket) => {
      const now = counted(bucket) + 1
      counts.set(keyOf(bucket), now)
      return now
    },
    counted: async (bucket) => counted(bucket),
    hold: async (answer) => {
      if (!held.has(answer.letterKey)) held.set(answer.letterKey, { ...answer })
    },
    isHeld: async (letterKey) => held.has(letterKey),
    held: async () => [...held.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    release: async (letterKey) => {
      held.delete(letterKey)
    },
  }
}
