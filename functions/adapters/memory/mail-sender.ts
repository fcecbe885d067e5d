import type { MailSender } from '../../ports/mail.ts'

export interface SentMail {
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
