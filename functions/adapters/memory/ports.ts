import type { Ports } from '../../ports.ts'
import { digest } from '../digest.ts'
import { makePdfPrinter } from '../pdf/printer.ts'
import { makeTableWorkbookWriter } from '../table-workbook.ts'
import { makeTokenSigner } from '../token-signer.ts'
import { memoryArchive, memoryLanding } from './archive.ts'
import { memoryClock } from './clock.ts'
import { memoryContactStore } from './contact-store.ts'
import { memoryDirectoryStore } from './directory-store.ts'
import { memoryHeadStore } from './head-store.ts'
import { memoryLetterClaims } from './letter-claims.ts'
import { memoryMailSender } from './mail-sender.ts'
import { memoryRegister } from './register.ts'
import { memoryStreamStore } from './stream-store.ts'
import { memoryTodoStore } from './todo-store.ts'
import { memoryWaitStore } from './wait-store.ts'
import { memoryWorkflows } from './workflows.ts'

export type MemoryPorts = ReturnType<typeof memoryPorts>

/**
 * What lies outside, in memory and empty, for a handler's test; the clock stands at `startAt`. What has no
 * state (MIME, workbooks) has no twin: a test takes the adapter itself.
 */
export function memoryPorts(startAt: string) {
  const contacts = memoryContactStore()
  return {
    clock: memoryClock(startAt),
    streams: memoryStreamStore(),
    waits: memoryWaitStore(),
    heads: memoryHeadStore(),
    todos: memoryTodoStore(),
    register: memoryRegister(contacts),
    contacts,
    claims: memoryLetterClaims(),
    archive: memoryArchive(),
    landing: memoryLanding(),
    mail: memoryMailSender(),
    workflows: memoryWorkflows(),
    digest,
    tokens: makeTokenSigner(new Map([[1, 'a key of tests, nowhere else used']])),
    directory: memoryDirectoryStore(),
    // Of values alone, so they are the real ones.
    reportFormats: { print: makePdfPrinter(), workbook: makeTableWorkbookWriter() },
  } satisfies Partial<Ports>
}
