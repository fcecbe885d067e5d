import type { Ports } from '../../ports/ports.ts'
import { digest } from '../digest.ts'
import { makePdfPrinter } from '../pdf/printer.ts'
import { makeTableWorkbookWriter } from '../table-workbook.ts'
import { makeTokenSigner } from '../token-signer.ts'
import { memoryAnswerLedger } from './answer-ledger.ts'
import { memoryArchive, memoryLanding } from './archive.ts'
import { memoryClock } from './clock.ts'
import { memoryContactStore } from './contact-store.ts'
import { memoryDirectoryStore } from './directory-store.ts'
import { memoryListEntryStore } from './list-entry-store.ts'
import { memoryLetterClaims } from './letter-claims.ts'
import { memoryMailSender } from './mail-sender.ts'
import { memoryMeter } from './meter.ts'
import { memoryRegister } from './register.ts'
import { memoryStreamStore } from './stream-store.ts'
import { memoryOutbox } from './outbox.ts'
import { memoryWaitStore } from './wait-store.ts'
import { memoryWorkflows } from './workflows.ts'

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
