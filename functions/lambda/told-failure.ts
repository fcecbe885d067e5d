import * as z from 'zod'

/**
 * What leaves a function of a failure: into its log, the answer of Invoke, the history of an execution, a dead letter's
 * attributes. The name, by which workflows retry and catch, the places in our code, and of the words those alone that
 * hold nothing of anybody's: services put addresses and items into theirs, parsers the text that they stumble over.
 */

const serviceSchema = z.object({
  $metadata: z.object({ httpStatusCode: z.int().optional(), requestId: z.string().optional() }),
})

const longest = 2_000

/** Without mail addresses: every word that holds one is left out. */
export const withoutAddresses = (text: string): string =>
  text
    .slice(0, longest)
    .replaceAll(/[^\s<>"'(),;:]+/gu, (word) => (word.includes('@') || word.includes('%40') ? '…' : word))

/** The lines of a stack that name places in the code; the first ones repeat the message. */
const placesOf = (error: Error): readonly string[] =>
  (error.stack ?? '').split('\n').filter((line) => /^ {4}at /u.test(line))

const messageOf = (error: Error): string => {
  const service = serviceSchema.safeParse(error)
  if (service.success) {
    const { httpStatusCode, requestId } = service.data.$metadata
    return `refused by the service (status ${httpStatusCode ?? 'unknown'}, request ${requestId ?? 'unknown'})`
  }
  if (error instanceof z.ZodError)
    return withoutAddresses(
      error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
    )
  // JSON.parse and its like quote what they read.
  if (error instanceof SyntaxError) return 'text that cannot be parsed'
  return withoutAddresses(error.message)
}

/** The names of what caused it, the nearest first. */
const causesOf = (error: Error): readonly string[] => {
  const names: string[] = []
  for (let { cause } = error; cause instanceof Error && names.length < 5; { cause } = cause)
    names.push(cause.name)
  return names
}

/** A failure as it may be told outside: a new error of the same name, with nothing else of the old one. */
export const toldFailure = (thrown: unknown): Error => {
  const error = thrown instanceof Error ? thrown : new Error('something was thrown that is no error')
  const causes = causesOf(error)
  const told = new Error(
    `${messageOf(error)}${causes.length === 0 ? '' : ` (caused by ${causes.join(', ')})`}`,
  )
  told.name = error.name
  told.stack = [`${told.name}: ${told.message}`, ...placesOf(error)].join('\n')
  return told
}
