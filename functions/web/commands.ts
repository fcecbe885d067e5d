import { agreementCommands } from '../domain/agreement/commands.ts'
import { answeringCommands } from '../domain/answering/answer-stop.ts'
import { refusalWords } from '../domain/base/refusals.ts'
import type { Refusal } from '../domain/base/stream.ts'
import { erasureCommands } from '../domain/casefile/erasures.ts'
import { inboxCommands } from '../domain/inbox/commands.ts'
import { renegotiationCommands } from '../domain/renegotiation/commands.ts'
import { matterCommands } from '../domain/renegotiation/decisions/question.ts'
import { reviewCommands } from '../domain/review/commands.ts'
import { runCommands } from '../domain/year-run/commands.ts'

/** Every decision that a form asks for, of every kind of stream. */
const everyCommand = [
  ...reviewCommands.commands,
  ...inboxCommands.commands,
  ...erasureCommands.commands,
  ...answeringCommands.commands,
  ...runCommands.commands,
  ...matterCommands.commands,
  ...renegotiationCommands.commands,
  ...agreementCommands.commands,
]

const find = (name: string | undefined) => everyCommand.find((command) => command.name === name)

/** Why it was refused, as the page says it. What is wrong with fields names them itself. */
export const refusalText = (refusal: Refusal): string => refusal.told ?? refusalWords[refusal.kind].da

/** What the button of a decision says. */
export const labelOf = (name: string): string => find(name)?.label.da ?? name

const nothingDone = 'Det var allerede gjort. Der er ikke ændret noget.'

/** What a decision did, told after it; `nothing` where it was so already. */
export const doneText = (name: string | undefined): string | null =>
  name === 'nothing' ? nothingDone : (find(name)?.done.da ?? null)
