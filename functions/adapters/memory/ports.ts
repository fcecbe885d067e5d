import { digest } from '../digest.ts'
import { makeTokenSigner } from '../token-signer.ts'
import { memoryArchive, memoryLanding } from './archive.ts'
import { memoryClock } from './clock.ts'
import { memoryContactStore } from './contact-store.ts'
import { memoryHeadStore } from './head-store.ts'
import { memoryLetterClaims } from './letter-claims.ts'
import { memoryMailSender } from './mail-sender.ts'
import { memoryRegister } from './register.ts'
import { memoryStreamStore } from './stream-store.ts'
import { memoryTodoStore } from './todo-store.ts'
import { memoryWaitStore } from './wait-store.ts'
import { memoryWorkflows } from './workflows.ts'

export type MemoryPorts = ReturnType<typeof memoryPorts>

/** A whole system in memory for a handler's test, empty, its clock standing at `startAt`. */
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
    sender: memoryMailSender(),
    workflows: memoryWorkflows(),
    digest,
    signer: makeTokenSigner(new Map([[1, 'a secret of tests, nowhere else used']])),
  }
}
