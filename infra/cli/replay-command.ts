import { replayedSchema, type ReplayInput } from '../../functions/handlers/operator/replay-mail.ts'
import type { ReplayedMail } from '../../functions/handlers/operator/replay/replayed-mail.ts'
import type { CallFunction } from './functions.ts'
import { replayedLines, replaySummary } from './replay-text.ts'
import { CommandFailed } from './usage.ts'

export interface ReplayOptions {
  readonly since: string | null
  readonly mail: string | null
  readonly apply: boolean
  readonly by: string
  readonly json: boolean
}

/**
 * `aarshjul mail replay`: reads stored mails again, page by page, and tells what they say now beside what they were
 * taken for. Without `apply` nothing is written.
 * @returns the exit code: 1 when a mail is lost, cannot be read any more, or was refused @throws CommandFailed
 */
export async function replayCommand(
  { json, ...asked }: ReplayOptions,
  call: CallFunction,
  { print, complain }: { readonly print: (line: string) => void; readonly complain: (line: string) => void },
): Promise<0 | 1> {
  const mails: ReplayedMail[] = []
  let reader = ''
  let after: string | null = null
  do {
    const input: ReplayInput = { ...asked, after }
    const page = await call('replay-mail', input, replayedSchema)
    reader = page.reader
    mails.push(...page.mails)
    if (!json) for (const mail of page.mails) for (const line of replayedLines(mail)) print(line)
    after = page.next
  } while (after !== null)
  if (asked.mail !== null && mails.length === 0)
    throw new CommandFailed(
      `No stored mail has the key or the SHA-256 ${asked.mail}${asked.since === null ? '' : ` and came at ${asked.since} or later`}.`,
    )
  if (json) print(JSON.stringify({ reader, applied: asked.apply, mails }))
  else print(replaySummary(mails, reader, asked.apply))
  const wrong = mails.filter(isWrong)
  for (const { mailKey, outcome, because } of wrong)
    complain(`mail ${mailKey}: ${outcome}${because === '' ? '' : `, ${because}`}`)
  return wrong.length === 0 ? 0 : 1
}

/** What never could be read waits in its inbox as before; everything that was read should still be. */
const isWrong = ({ outcome, before }: ReplayedMail): boolean =>
  outcome === 'lost' ||
  outcome === 'refused' ||
  (outcome === 'unreadable' && before.reason !== 'unreadable' && before.reason !== 'too-large')
