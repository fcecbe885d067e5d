import type { AnswerBucket } from '../../domain/answering/answer-stop.ts'
import type {
  AnswerLedger,
  HeldAnswer,
  Landing,
  LandingErasure,
  LetterClaims,
  MailSender,
  Meter,
  Metric,
} from '../../ports/mail.ts'
import type { LetterClaim } from '../../domain/casefile/letter-claim.ts'
import type { Archive, ArchiveErasure } from '../../ports/record.ts'

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

/** Claims in memory, with the conditions of the table's. */
export function memoryLetterClaims(): LetterClaims {
  const claims = new Map<string, LetterClaim>()
  return {
    claim: async (claim) => {
      if (claims.has(claim.letterKey)) return 'exists'
      claims.set(claim.letterKey, structuredClone(claim))
      return 'claimed'
    },
    find: async (letterKey) => claims.get(letterKey) ?? null,
    advance: async (claim, from) => {
      const there = claims.get(claim.letterKey)
      if (there === undefined || there.state !== from) return false
      if (there.attemptsAt.length > claim.attemptsAt.length) return false
      if (claim.state === from && !differs(there, claim)) return false
      claims.set(claim.letterKey, structuredClone(claim))
      return true
    },
    release: async (letterKey) => {
      if (claims.get(letterKey)?.state === 'sent')
        throw new Error(`Letter ${letterKey} was sent: its claim cannot be released`)
      claims.delete(letterKey)
    },
  }
}

const differs = (a: LetterClaim, b: LetterClaim): boolean =>
  a.attemptsAt.length !== b.attemptsAt.length || a.rawSha256 !== b.rawSha256 || a.messageId !== b.messageId

/** The archive in memory: an object is put once and never changed. */
export function memoryArchive(): Archive & ArchiveErasure & { keys(): readonly string[] } {
  const objects = new Map<string, Uint8Array>()
  return {
    putOnce: async (key, bytes) => {
      if (objects.has(key)) return 'exists'
      objects.set(key, Uint8Array.from(bytes))
      return 'written'
    },
    get: async (key) => copyOf(objects.get(key)),
    erase: async (key) => {
      objects.delete(key)
    },
    keys: () => [...objects.keys()].sort(),
  }
}

/** The landing bucket in memory; `land` is what SES does. */
export function memoryLanding(): Landing & LandingErasure & { land(key: string, bytes: Uint8Array): void } {
  const objects = new Map<string, Uint8Array>()
  return {
    get: async (key) => copyOf(objects.get(key)),
    eraseTwins: async (bytes) => {
      const twins = [...objects].filter(([, there]) => Buffer.compare(there, bytes) === 0)
      for (const [key] of twins) objects.delete(key)
      return twins.length
    },
    land: (key, bytes) => {
      objects.set(key, Uint8Array.from(bytes))
    },
  }
}

const copyOf = (bytes: Uint8Array | undefined): Uint8Array | null =>
  bytes === undefined ? null : Uint8Array.from(bytes)

interface SentMail {
  readonly raw: Uint8Array
  readonly from: string
  readonly to: readonly string[]
  readonly tag: string
  readonly messageId: string
}

const messageIdOf = (id: string): string => `<${id}@mail.example>`

/**
 * A mail system in memory. `failNext` decides how the next mail fails: thrown as given, with or without the mail
 * being sent nevertheless, which is what a lost answer is.
 */
export function memoryMailSender(): MailSender & {
  readonly sent: readonly SentMail[]
  failNext(failure: { error: Error; sentNevertheless: boolean }): void
} {
  const sent: SentMail[] = []
  const failures: { error: Error; sentNevertheless: boolean }[] = []
  return {
    sent,
    messageIdOf: async (id) => messageIdOf(id),
    turn: async () => undefined,
    send: async (mail) => {
      const failure = failures.shift()
      if (failure?.sentNevertheless === false) throw failure.error
      const messageId = messageIdOf(`memory-${sent.length + 1}`)
      sent.push({ ...mail, raw: Uint8Array.from(mail.raw), to: [...mail.to], messageId })
      if (failure !== undefined) throw failure.error
      return { messageId }
    },
    failNext: (failure) => {
      failures.push(failure)
    },
  }
}

/** What was counted, in order. */
export function memoryMeter(): Meter & { readonly counted: readonly Metric[] } {
  const counted: Metric[] = []
  return {
    counted,
    count: (metric) => {
      counted.push(metric)
    },
  }
}
