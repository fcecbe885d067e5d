import { Hono, type Context } from 'hono'
import {
  answerBucket,
  resumeAnswers,
  type AnsweringEvent,
  type AnsweringState,
} from '../../domain/answering/answer-stop.ts'
import { answersStream } from '../../domain/base/stream-id.ts'
import type { Markup } from '../../web/markup.ts'
import { answersCommand, answersPage } from '../../web/operator/answers-page.ts'
import { answersPath } from '../../web/operator/paths.ts'
import type { RefusedForm } from '../../web/page.ts'
import { refusalText } from '../../web/refusals.ts'
import { answeringCase } from '../streams/answering-case.ts'
import { answeringNow } from '../letters/answer-gate.ts'
import type { Command } from '../record/perform.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { decideOn } from '../record/outbox.ts'
import { ownForm, refusedForm } from './envelope.ts'
import { httpStatus, statusOfRefusal } from './http-status.ts'
import { actorOf, deciderOf, frameOf, nameIn } from './page-frame.ts'

/** The breaker over all answers: how it stands, and a person's decision to let answers go on. */
export const makeAnswerRoutes = (ports: ConsolePorts): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()

  const show = async (c: Context<ConsoleEnv>, refused: RefusedForm | null = null): Promise<Markup> => {
    const [directory, state, held] = await Promise.all([
      ports.directory.read(),
      answeringNow(ports),
      ports.answers.held(),
    ])
    return answersPage(await frameOf(c, ports, directory, refused), {
      state,
      mostAnHour: ports.answers.mostAnHour,
      thisHour: await ports.answers.counted(answerBucket(state, ports.clock.now())),
      held,
      nameOf: nameIn(directory),
    })
  }

  app.get('/', async (c) => c.html(await show(c)))

  app.post('/', async (c) => {
    const form = await ownForm(c, ports)
    if (form === null) return c.text('Formularen hører ikke til din session.', httpStatus.forbidden)
    const { body, envelope, commandId } = form
    const again = async (message: string, status: ReturnType<typeof statusOfRefusal>) =>
      c.html(await show(c, refusedForm(envelope, body, message)), status)
    const parsed = answersCommand(body)
    if (!parsed.ok) return again(parsed.problems.join(' '), httpStatus.unprocessable)
    const { person } = c.get('session')
    const decider = deciderOf(person, await ports.directory.read())
    const command: Command<AnsweringState, AnsweringEvent> = {
      id: commandId,
      actor: actorOf(person),
      decide: (state) => resumeAnswers(state, parsed.command, decider),
    }
    const performed = await decideOn(ports, answeringCase, answersStream, command, ports.afterDecision)
    if (performed.outcome === 'refused')
      return again(refusalText(performed.refusal), statusOfRefusal(performed.refusal.kind))
    return c.redirect(`${answersPath}?done=${parsed.command.do}`, httpStatus.seeOther)
  })
  return app
}
