import PostalMime from 'postal-mime'
import type { SeenLetter } from './read-letter.ts'

interface LandedMail {
  readonly to: readonly string[]
  /** Message-IDs it answers; empty when its program keeps no thread. */
  readonly answers: readonly string[]
  readonly receivedMs: number
}

/** The bucket where the mail server puts what it has accepted. */
export interface Landing {
  keys(): readonly string[]
  get(key: string): { readonly bytes: Uint8Array; readonly receivedMs: number } | undefined
}

/**
 * Tells whether a letter has been replied to, from what the mail server has accepted: by its thread, or, from a
 * program that keeps none, by a mail to the letter's own address since.
 */
export function openLandedReplies(landing: Landing): {
  isReplied(letter: Pick<SeenLetter, 'messageId' | 'answerTo' | 'datedMs'>): Promise<boolean>
} {
  const known = new Map<string, LandedMail>()
  const look = async (): Promise<void> => {
    for (const key of landing.keys()) {
      const landed = known.has(key) ? undefined : landing.get(key)
      if (landed === undefined) continue
      const mail = await PostalMime.parse(landed.bytes)
      known.set(key, {
        to: [...(mail.to ?? []), ...(mail.cc ?? [])].map(({ address }) => (address ?? '').toLowerCase()),
        answers: `${mail.inReplyTo ?? ''} ${mail.references ?? ''}`.split(/[\s,]+/).filter((id) => id !== ''),
        receivedMs: landed.receivedMs,
      })
    }
  }
  return {
    async isReplied({ messageId, answerTo, datedMs }) {
      await look()
      return [...known.values()].some(({ to, answers, receivedMs }) =>
        answers.length > 0
          ? answers.includes(messageId)
          : to.includes(answerTo.toLowerCase()) && receivedMs >= (datedMs ?? 0),
      )
    },
  }
}
