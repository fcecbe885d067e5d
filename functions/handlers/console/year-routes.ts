import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { renegotiationStream, runStream } from '../../domain/base/stream-id.ts'
import { agreementIdSchema } from '../../domain/base/values.ts'
import type { Markup } from '../../web/markup.ts'
import type { PageFrame, RefusedForm } from '../../web/page.ts'
import { draftAsked, parsedDraftAsked } from '../../web/year/draft-asked.ts'
import { draftPage } from '../../web/year/draft-page.ts'
import { experiencesPage } from '../../web/year/experiences-page.ts'
import { matterPage } from '../../web/year/matter-page.ts'
import { moneyPage } from '../../web/year/money-page.ts'
import { preparationPage, runFields } from '../../web/year/preparation-page.ts'
import { matterFields, renegotiationFields } from '../../web/year/renegotiation-fields.ts'
import { renegotiationPage } from '../../web/year/renegotiation-page.ts'
import { reportConsolePage } from '../../web/year/report-console-page.ts'
import { yearPage } from '../../web/year/year-page.ts'
import { makeFindReportFile } from '../report/read-report.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { decidingPage } from './decision-form.ts'
import { decideOnMatter } from './decide-matter.ts'
import { decideOnRenegotiation, decideOnRun } from './decisions.ts'
import { draftView } from './draft-page-input.ts'
import { experiencesView } from './experiences-page-input.ts'
import { matterView, questionsOfMatter } from './matter-page-input.ts'
import { renegotiationView } from './renegotiation-pages.ts'
import { moneyPageInput } from './money-page-input.ts'
import { preparationView } from './preparation-page-input.ts'
import { reportPageInput } from './report-page-input.ts'
import { download } from './downloads.ts'
import { frameOf } from './page-frame.ts'
import { yearPageInput } from './year-page-input.ts'

const yearSchema = z.object({ year: z.coerce.number().int().min(2000).max(2200) })
const seqSchema = z.object({ agreement: agreementIdSchema, seq: z.coerce.number().int().positive() })
const matterSchema = z.object({ observationId: z.string().min(1).max(128) })

/** A page's content once it is found: the frame is made after, as a refusal is put into it. */
type Found = ((frame: PageFrame) => Markup) | null
type Find = (c: Context<ConsoleEnv>) => Promise<Found>

const onRenegotiation = (c: Context<ConsoleEnv>) => {
  const place = seqSchema.safeParse(c.req.param())
  return place.success
    ? {
        stream: renegotiationStream(place.data.agreement, place.data.seq),
        decide: decideOnRenegotiation,
      }
    : null
}

/** The year's pages: run, preparation, matters, renegotiations, experiences, the joint report. */
export const makeYearRoutes = (ports: ConsolePorts): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()

  const show = async (c: Context<ConsoleEnv>, find: Find, refused: RefusedForm | null = null) => {
    const found = await find(c)
    return found === null ? null : found(await frameOf(c, ports, await ports.directory.read(), refused))
  }

  const shown = (find: Find) => (c: Context<ConsoleEnv>, refused: RefusedForm | null) =>
    show(c, find, refused)

  const get = (path: string, find: Find): void => {
    app.get(path, async (c) => {
      const markup = await show(c, find)
      return markup === null ? c.notFound() : c.html(markup)
    })
  }

  const ofYear =
    (find: (year: number) => Promise<Found>): Find =>
    async (c) => {
      const place = yearSchema.safeParse(c.req.param())
      return place.success ? find(place.data.year) : null
    }

  /** A page whose forms decide on the year's run. */
  const ofRun = (path: string, find: (year: number) => Promise<Found>): void =>
    decidingPage(app, ports, path, {
      show: shown(ofYear(find)),
      decides: async (c) => {
        const place = yearSchema.safeParse(c.req.param())
        return place.success ? { stream: runStream(place.data.year), decide: decideOnRun } : null
      },
      fields: runFields,
    })

  get(
    '/runs/:year',
    ofYear(async (year) => {
      const input = await yearPageInput(ports, year)
      return input === null ? null : (frame) => yearPage(frame, input)
    }),
  )
  get(
    '/runs/:year/money',
    ofYear(async (year) => {
      const input = await moneyPageInput(ports, year)
      return (frame) => moneyPage(frame, input)
    }),
  )
  ofRun('/runs/:year/preparation', async (year) => {
    const view = await preparationView(ports, year)
    return view === null ? null : (frame) => preparationPage(frame, view)
  })
  decidingPage(app, ports, '/matters/:observationId', {
    show: shown(async (c) => {
      const place = matterSchema.safeParse(c.req.param())
      const view = place.success ? await matterView(ports, place.data.observationId) : null
      return view === null ? null : (frame) => matterPage(frame, view)
    }),
    decides: async (c) => {
      const place = matterSchema.safeParse(c.req.param())
      const [first] = place.success ? await questionsOfMatter(ports, place.data.observationId) : []
      return place.success && first !== undefined
        ? { stream: first.stream, decide: decideOnMatter(place.data.observationId) }
        : null
    },
    fields: matterFields,
  })
  decidingPage(app, ports, '/renegotiations/:agreement/:seq', {
    show: shown(async (c) => {
      const place = seqSchema.safeParse(c.req.param())
      const view = place.success ? await renegotiationView(ports, place.data.agreement, place.data.seq) : null
      return view === null ? null : (frame) => renegotiationPage(frame, view)
    }),
    decides: async (c) => onRenegotiation(c),
    fields: renegotiationFields,
  })
  decidingPage(app, ports, '/renegotiations/:agreement/:seq/draft', {
    show: shown(async (c) => {
      const place = seqSchema.safeParse(c.req.param())
      if (!place.success) return null
      const query = c.req.queries()
      const asked = parsedDraftAsked(query)
      const unshaped = { lapsed: [], like: [], reform: null, counter: null }
      const view = await draftView(ports, place.data, asked.ok ? asked.command : unshaped)
      const { pathname, search } = new URL(c.req.url)
      const problem = asked.ok ? null : asked.problems.join(' ')
      return view === null ? null : (frame) => draftPage(frame, view, `${pathname}${search}`, problem)
    }),
    decides: async (c) => {
      const place = onRenegotiation(c)
      return place === null ? null : { ...place, fields: draftAsked(c.req.queries()) }
    },
    fields: renegotiationFields,
    back: (path) => path.replace(/\/draft$/u, ''),
  })
  ofRun('/experiences/:year', async (year) => {
    const view = await experiencesView(ports, year)
    return view === null ? null : (frame) => experiencesPage(frame, view)
  })
  ofRun('/reports/:year', async (year) => {
    const input = await reportPageInput(ports, year)
    return input === null ? null : (frame) => reportConsolePage(frame, input)
  })
  app.get('/reports/:year/files/:name', async (c) => {
    const place = yearSchema.safeParse(c.req.param())
    const { name } = c.req.param()
    const file = place.success ? await makeFindReportFile(ports)(place.data.year, name) : null
    if (file === null) return c.notFound()
    return download(c, ports, {
      kind: 'report-file',
      municipalities: [],
      contentType: file.contentType,
      name,
      content: file,
    })
  })
  return app
}
