import { Hono } from 'hono'
import { answerBucket } from '../../domain/answering/answer-stop.ts'
import { answersStream } from '../../domain/base/stream-id.ts'
import { answersPage } from '../../web/operator/answers-page.ts'
import { answeringNow } from '../letters/answers.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { decidingPage } from './decision-form.ts'
import { decideOnAnswers } from './decisions.ts'
import { frameOf, nameIn } from './page-frame.ts'

/** The breaker over all answers: how it stands, and a person's decision to let answers go on. */
export const makeAnswerRoutes = (ports: ConsolePorts): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()
  decidingPage(app, ports, '/', {
    show: async (c, refused) => {
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
    },
    decides: () => Promise.resolve({ stream: answersStream, decide: decideOnAnswers }),
  })
  return app
}
