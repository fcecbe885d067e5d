import { Hono, type Context } from 'hono'
import { html } from 'hono/html'
import * as z from 'zod'
import { executionStatuses } from '../../domain/execution/execution.ts'
import { stateSummaries } from '../../domain/execution/progress.ts'
import { isStreamId } from '../../domain/base/stream-id.ts'
import type { Markup } from '../../web/markup.ts'
import {
  executionPage,
  historyPage,
  historyPageSize,
  statePage,
  visitsPageSize,
} from '../../web/operator/execution-page.ts'
import { caseExecutionsPage, executionsPage } from '../../web/operator/executions-page.ts'
import { paged, maySeeExecutions } from '../../web/operator/operator-parts.ts'
import { retentionPage } from '../../web/operator/retention-page.ts'
import { plainPage, type PageFrame } from '../../web/page.ts'
import { stateMachines } from '../../../workflows/tasks.ts'
import { answeringNow } from '../letters/answers.ts'
import { makeAnswerRoutes } from './answer-routes.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { httpStatus } from './http-status.ts'
import {
  caseExecutionsInput,
  executionPageInput,
  loadExecution,
  type LoadedExecution,
} from './operator-pages.ts'
import { frameOf } from './page-frame.ts'
import { linksOf } from './session.ts'
import { casePageOf } from '../../web/case-path.ts'

const machineSchema = z.enum(stateMachines)
/** As Step Functions takes names: nothing else is asked for. */
const placeSchema = z.object({ machine: machineSchema, name: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/) })
const pageSchema = z.object({ page: z.coerce.number().int().positive().catch(1) })
/** What a filter's address says; anything else is the list as it is first shown. */
const listSchema = z.object({
  machine: machineSchema.catch('agreement-review'),
  status: z.enum(executionStatuses).nullable().catch(null),
  from: z.string().min(1).max(3000).nullable().catch(null),
})

/**
 * How the workflows run: lists, graphs, histories. It only reads; no execution is started, stopped or answered
 * here. Beside them the breaker over all answers, which a person may let go on.
 */
export const makeOperatorRoutes = (ports: ConsolePorts): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()

  app.use(async (c, next) => {
    if (maySeeExecutions(c.get('session').person)) return next()
    const content = html`<p>Siderne om drift er for administratorer, revisorer og sagsbehandlere.</p>
      <p><a href="/">Til mine opgaver</a></p>`
    return c.html(plainPage({ title: 'Ikke for din rolle', content }, linksOf(ports)), httpStatus.forbidden)
  })

  const show = async (c: Context<ConsoleEnv>, render: (frame: PageFrame) => Markup) =>
    c.html(render(await frameOf(c, ports, await ports.directory.read())))

  /** A page about one execution. */
  const about = (
    path: string,
    render: (
      loaded: LoadedExecution,
      c: Context<ConsoleEnv>,
    ) => Promise<((frame: PageFrame) => Markup) | null>,
  ): void => {
    app.get(path, async (c) => {
      const place = placeSchema.safeParse(c.req.param())
      if (!place.success) return c.notFound()
      const loaded = await loadExecution(ports, place.data.machine, place.data.name)
      const found = loaded === null ? null : await render(loaded, c)
      return found === null ? c.notFound() : show(c, found)
    })
  }

  app.route('/answers', makeAnswerRoutes(ports))

  app.get('/retention', (c) => show(c, retentionPage))

  app.get('/', async (c) => {
    const { machine, status, from } = listSchema.parse({ from: null, status: null, ...c.req.query() })
    const [{ executions, next }, { stoppedAt }] = await Promise.all([
      ports.executions.list(machine, { status, from }),
      answeringNow(ports),
    ])
    return show(c, (frame) =>
      executionsPage(frame, {
        machines: stateMachines,
        machine,
        status,
        executions,
        next,
        later: from !== null,
        answersStoppedAt: stoppedAt,
      }),
    )
  })

  app.get('/cases/:stream', async (c) => {
    const stream = c.req.param('stream')
    if (!isStreamId(stream) || casePageOf(stream) === null) return c.notFound()
    const input = await caseExecutionsInput(ports, stream)
    return input === null ? c.notFound() : show(c, (frame) => caseExecutionsPage(frame, input))
  })

  about('/:machine/:name', async (loaded) => {
    const input = await executionPageInput(ports, loaded)
    return (frame) => executionPage(frame, input)
  })
  about('/:machine/:name/history', async ({ execution, events, progress }, c) => {
    const asked = pageSchema.parse(c.req.query())
    const shown = paged(events, asked.page, historyPageSize)
    return (frame) => historyPage(frame, { execution, progress, events: shown })
  })
  about('/:machine/:name/states/:state', async ({ execution, graph, progress }, c) => {
    const summary = stateSummaries(graph, progress).find((one) => one.state.name === c.req.param('state'))
    if (summary === undefined) return null
    const asked = pageSchema.parse(c.req.query())
    const visits = paged(summary.visits.toReversed(), asked.page, visitsPageSize)
    return (frame) => statePage(frame, { execution, summary, visits })
  })
  return app
}
