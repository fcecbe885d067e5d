import type { Context } from 'hono'
import { html } from 'hono/html'
import { ministryRoles, type MinistryRole } from '../../domain/base/values.ts'
import type { DownloadKind } from '../../ports/console.ts'
import { plainPage, readersOf } from '../../web/page.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { httpStatus } from './http-status.ts'
import { deciderOf } from './page-frame.ts'
import { linksOf } from './session.ts'

/**
 * What is handed out to be kept elsewhere, and who may have it. Mails and letters are theirs who work with the case
 * or check it; lists and the report are everybody's. Whoever is barred from a municipality (inhabilitet) takes away
 * nothing of its cases.
 */
export const downloads = {
  mail: { roles: readersOf.mail },
  letter: { roles: readersOf.letter },
  'document-list': { roles: ministryRoles },
  'report-file': { roles: ministryRoles },
} as const satisfies Readonly<Record<DownloadKind, { readonly roles: readonly MinistryRole[] }>>

interface Download {
  readonly kind: DownloadKind
  /** Whose case it is; nobody's for the report of all. */
  readonly municipalities: readonly string[]
  readonly contentType: string
  readonly name: string
  /** An object of the archive, or text made for the occasion; neither is read before it is certain that the reader may have it. */
  readonly content: { readonly archiveKey: string } | { readonly made: () => string }
}

type DownloadPorts = Pick<
  ConsolePorts,
  'archive' | 'archiveLinks' | 'digest' | 'directory' | 'noteDownload' | 'realNowMs' | 'settings'
>

/**
 * Bytes that a function answers with at most: Lambda takes 6 MB with the framing, in which bytes are base64, a third
 * longer. What is larger the archive hands out itself.
 */
export const largestAnswer = 4 * 1024 * 1024

/** May the reader take away, or be shown whole, what is of that kind and of those municipalities? */
export const mayTake = async (
  c: Context<ConsoleEnv>,
  ports: Pick<ConsolePorts, 'directory'>,
  kind: DownloadKind,
  municipalities: readonly string[],
): Promise<boolean> => {
  const { roles, barredFrom } = deciderOf(c.get('session').person, await ports.directory.read())
  const allowed: readonly MinistryRole[] = downloads[kind].roles
  return (
    roles.some((role) => allowed.includes(role)) && !municipalities.some((code) => barredFrom.includes(code))
  )
}

export const notYours = (
  c: Context<ConsoleEnv>,
  ports: Pick<ConsolePorts, 'settings'>,
): Response | Promise<Response> =>
  c.html(
    plainPage(
      {
        title: 'Ikke for dig',
        content: html`<p>
            Din rolle giver ikke adgang til at se eller hente dette, eller du er inhabil i sagen.
            <span lang="en">Your role does not give access to this, or you are barred from the case.</span>
          </p>
          <p><a href="/">Til mine opgaver</a></p>`,
      },
      linksOf(ports),
    ),
    httpStatus.forbidden,
  )

/**
 * Hands out bytes as a file, never shown in the console's own origin, and notes who took them. What is too large for
 * an answer is handed out by the archive, at an address that holds for a minute and that only who may have it gets.
 */
export const download = async (
  c: Context<ConsoleEnv>,
  ports: DownloadPorts,
  { kind, municipalities, contentType, name, content }: Download,
): Promise<Response> => {
  if (!(await mayTake(c, ports, kind, municipalities))) return notYours(c, ports)
  const bytes =
    'made' in content ? new TextEncoder().encode(content.made()) : await ports.archive.get(content.archiveKey)
  if (bytes === null) return c.notFound()
  ports.noteDownload({
    kind,
    person: c.get('session').person.id,
    sha256: ports.digest(bytes),
    at: new Date(ports.realNowMs()).toISOString(),
  })
  if ('archiveKey' in content && bytes.length > largestAnswer)
    return c.redirect(await ports.archiveLinks.link(content.archiveKey, name), httpStatus.found)
  c.header('Content-Type', contentType)
  c.header('Content-Disposition', `attachment; filename="${name}"`)
  return c.body(Uint8Array.from(bytes))
}
