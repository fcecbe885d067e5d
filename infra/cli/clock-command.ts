import { clockMovedSchema, clockStateSchema, type ClockState } from '../local/control.ts'
import { clockInCopenhagen, todayInCopenhagen } from '../../functions/domain/base/time.ts'
import * as z from 'zod'
import { notAnswering, type Target } from './target.ts'
import { CommandFailed } from './usage.ts'

export interface ClockOptions {
  readonly to: string | null
  readonly next: boolean
  readonly force: boolean
}

const messageSchema = z.object({ message: z.string() })
const moment = (at: string): string =>
  `${at} (${todayInCopenhagen(at)} ${clockInCopenhagen(at)} in Copenhagen)`

const linesOf = ({ nowAt, mode, next, inHand }: ClockState): readonly string[] => [
  `now      ${moment(nowAt)}`,
  `passes   ${{ moved: 'as fast as the work allows', manual: 'only when it is moved', real: 'as the wall clock' }[mode]}`,
  `next     ${next === null ? 'nothing is due' : `${moment(next.at)}, ${next.source}`}`,
  ...inHand.map(({ reason, count }) => `in hand  ${count} x ${reason}`),
]

/** Shows or moves the local clock. @returns the exit code: 1 when it stopped short */
export async function clockCommand(
  target: Target,
  options: ClockOptions,
  print: (line: string) => void,
): Promise<0 | 1> {
  if (target.consoleUrl === null)
    throw new CommandFailed('A deployed stage has the real clock: it cannot be moved.')
  const address = `${target.consoleUrl}/local/clock`
  const { to, next, force } = options
  if (to === null && !next) {
    for (const line of linesOf(await request(address, clockStateSchema))) print(line)
    return 0
  }
  const body = to === null ? { next: true, force } : { to, force }
  const moved = await request(address, clockMovedSchema, body)
  if (!moved.reached) print(`stopped: ${moved.because ?? 'no reason given'}`)
  for (const line of linesOf(moved.clock)) print(line)
  return moved.reached ? 0 : 1
}

async function request<T>(address: string, schema: z.ZodType<T>, body?: object): Promise<T> {
  const response = await fetch(
    address,
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  ).catch((error: unknown) => {
    throw new CommandFailed(
      notAnswering(error)
        ? 'The system does not answer: it has ended. Start it again with npm start.'
        : `${address}: ${String(error)}`,
      { cause: error },
    )
  })
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return schema.parse(answer)
  const said = messageSchema.safeParse(answer)
  throw new CommandFailed(said.success ? said.data.message : `${address} answers ${response.status}`)
}
