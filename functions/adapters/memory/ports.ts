import type { Ports } from '../../ports/ports.ts'
import { digest, makeTokenSigner } from '../signing.ts'
import { makePdfPrinter } from '../pdf/printer.ts'
import { makeTableWorkbookWriter } from '../workbook-writer.ts'
import {
  memoryAnswerLedger,
  memoryArchive,
  memoryLanding,
  memoryLetterClaims,
  memoryMailSender,
  memoryMeter,
} from './mail.ts'
import {
  memoryClock,
  memoryContactStore,
  memoryDirectoryStore,
  memoryListEntryStore,
  memoryOutbox,
  memoryRegister,
  memoryStreamStore,
  memoryWaitStore,
  memoryWorkflows,
} from './record.ts'

export type MemoryPorts = ReturnType<typeof memoryPorts>

/**
 * What lies outside, in memory and empty, for a handler's test; the clock stands at `startAt`. What has no
 * state (MIME, workbooks) has no twin: a test takes the adapter itself.
 * @param options.answersAnHour more stop all answers; 200 unless said otherwise
 */
export function memoryPorts(startAt: string, options: { readonly answersAnHour?: number } = {}) {
  const contacts = memoryContactStore()
  return {
    clock: memoryClock(startAt),
    streams: memoryStreamStore(),
    waits: memoryWaitStore(),
    listEntries: memoryListEntryStore(),
    outbox: memoryOutbox(),
    register: memoryRegister(contacts),
    contacts,
    claims: memoryLetterClaims(),
    answers: memoryAnswerLedger({ mostAnHour: options.answersAnHour ?? 200 }),
    meter: memoryMeter(),
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
