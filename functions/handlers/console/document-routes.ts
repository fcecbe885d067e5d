import { Hono, type Context } from 'hono'
import { documentList } from '../../domain/documents/document-list.ts'
import { isStreamId, streamKind, type StreamId } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import {
  documentCsv,
  documentPage,
  documentsPath,
  type DocumentListView,
} from '../../web/documents/document-page.ts'
import { casePath } from '../../web/case-path.ts'
import { stateAfter } from '../record/perform.ts'
import { takesMail, withMails } from '../streams.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { download } from './downloads.ts'
import { frameOf } from './page-frame.ts'

/** The list of a case's documents, as a page and as a table; from the record alone. */
export const makeDocumentRoutes = (ports: ConsolePorts): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()

  const viewOf = async (stream: StreamId): Promise<DocumentListView | null> => {
    if (!takesMail(stream)) return null
    const commits = await ports.streams.load(stream)
    if (commits.length === 0) return null
    return withMails(stream, (kind, { facts, named, document }) => {
      const { title, agreement, year, caseNumber, municipalities } = facts(stateAfter(kind, commits))
      return {
        href: documentsPath(stream),
        back: casePath(stream),
        hasPages: streamKind(stream) === 'review',
        title: `${named}${title === '' ? (agreement ?? '') : title}, ${year}`,
        caseNumber,
        municipalities,
        documents: documentList(
          commits.map(({ meta, events }) => ({
            meta,
            events: events.map((event) => document(kind.read(event))),
          })),
          municipalities,
        ),
      }
    })
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
    return download(c, ports, {
      kind: 'document-list',
      municipalities: view.municipalities,
      contentType: 'text/csv; charset=utf-8',
      name: `aktliste-${name}.csv`,
      content: { made: () => documentCsv(view, todayInCopenhagen(ports.clock.now())) },
    })
  })
  return app
}
