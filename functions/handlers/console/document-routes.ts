import { Hono, type Context } from 'hono'
import { documentList } from '../../domain/documents/document-list.ts'
import type { BaseEvent } from '../../domain/base/stream.ts'
import { isStreamId, type StreamId } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import {
  documentCsv,
  documentPage,
  documentsPath,
  type DocumentListView,
} from '../../web/documents/document-page.ts'
import { casePath } from '../../web/inbox/inbox-view.ts'
import { renegotiationCase } from '../streams/renegotiation-case.ts'
import { reviewCase } from '../streams/review-case.ts'
import { loadCase } from '../record/perform.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { frameOf } from './page-frame.ts'

/** The list of a case's documents, as a page and as a table; from the record alone. */
export const makeDocumentRoutes = (ports: ConsolePorts): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()

  const viewOf = async (stream: StreamId): Promise<DocumentListView | null> => {
    const review = stream.startsWith('REVIEW#')
    if (!review && !stream.startsWith('RENEGOTIATION#')) return null
    const commits = await ports.streams.load(stream)
    if (commits.length === 0) return null
    const streams = { ...ports.streams, load: () => Promise.resolve(commits) }
    const { state } = review
      ? await loadCase({ streams }, reviewCase, stream)
      : await loadCase({ streams }, renegotiationCase, stream)
    const read = (event: BaseEvent) => (review ? reviewCase.read(event) : renegotiationCase.read(event))
    const municipalities = state.parties.map((party) => party.municipality)
    return {
      href: documentsPath(stream),
      back: casePath(stream),
      hasPages: review,
      title: `${review ? '' : 'Genforhandling: '}${state.content?.title ?? state.agreement ?? ''}, ${state.year}`,
      caseNumber: state.content?.caseNumber ?? '',
      municipalities,
      documents: documentList(
        commits.map(({ meta, events }) => ({ meta, events: events.map(read) })),
        municipalities,
      ),
    }
  }

  const open = async (c: Context<ConsoleEnv>): Promise<DocumentListView | null> => {
    const stream = c.req.param('stream') ?? ''
    return isStreamId(stream) ? viewOf(stream) : null
  }

  app.get('/:stream', async (c) => {
    const view = await open(c)
    if (view === null) return c.notFound()
    return c.html(documentPage(await frameOf(c, ports, await ports.directory.read()), view))
  })

  app.get('/:stream/aktliste.csv', async (c) => {
    const view = await open(c)
    if (view === null) return c.notFound()
    const name = view.caseNumber.replaceAll(/[^\w-]/gu, '-')
    c.header('Content-Type', 'text/csv; charset=utf-8')
    c.header('Content-Disposition', `attachment; filename="aktliste-${name}.csv"`)
    return c.body(documentCsv(view, todayInCopenhagen(ports.clock.now())))
  })
  return app
}
