import type { MimeParser } from '../../../functions/ports/mail.ts'
import type { ParsedMessage } from '../../../functions/intake/message.ts'
import { makeMimeParser } from '../../../functions/adapters/mime.ts'
import type { PostOffice } from './post-office.ts'

/** A reader before its fix: the message reaches the intake as `mangle` leaves it. */
const worse = (mangle: (message: ParsedMessage) => ParsedMessage): MimeParser => {
  const today = makeMimeParser()
  return { parse: async (raw) => mangle(await today.parse(raw)) }
}

/** Takes mails in with a reader that has a fault; after it today's reader stands again. */
export const withWorseReader = async <R>(
  office: PostOffice,
  mangle: (message: ParsedMessage) => ParsedMessage,
  take: () => Promise<R>,
): Promise<R> => {
  const { mime } = office.ports
  Object.assign(office.ports, { mime: worse(mangle) })
  try {
    return await take()
  } finally {
    Object.assign(office.ports, { mime })
  }
}

/** The text as a faulty reader handed it on. */
export const misreading =
  (what: string, as: string) =>
  (message: ParsedMessage): ParsedMessage => ({
    ...message,
    text: message.text?.replaceAll(what, as) ?? null,
  })

/** Everything that is stored, byte for byte: every commit of every stream with its hash, and what was sent. */
export const wholeRecord = async (office: PostOffice): Promise<string> => {
  const { streams, mail, outbox } = office.ports
  const ids = await streams.streams()
  const commits = await Promise.all(ids.map(async (id) => [id, await streams.load(id)]))
  return JSON.stringify([commits, mail.sent.length, await outbox.list()])
}
