import { isDeepStrictEqual } from 'node:util'
import type { Directory } from '../../domain/directory/directory.ts'
import type {
  Clock,
  ContactErasure,
  ContactStore,
  DirectoryStore,
  ListEntry,
  ListEntryStore,
  OpenWait,
  Outbox,
  PrivateParts,
  Register,
  StreamInspection,
  StreamRegister,
  StreamStore,
  TokenNames,
  WaitStore,
  Workflows,
} from '../../ports/record.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import {
  inspectCommits,
  openCommits,
  sealCommit,
  whoseCommit,
  type PrivatePart,
  type SealedCommit,
} from '../commit-body.ts'
import type { Contact } from '../../domain/agreement/content.ts'
import type { AgreementId, ContactId } from '../../domain/base/values.ts'
import { addressKey, messageIdKey } from '../table-keys.ts'

export function memoryDirectoryStore(): DirectoryStore {
  let current: Directory | null = null
  return {
    read: async () => {
      if (current === null) throw new Error("no directory of the ministry's people yet")
      return current
    },
    write: async (directory) => {
      current = directory
    },
  }
}

/** Commands begun, in memory, oldest first. */
export function memoryOutbox(): Outbox {
  const outbox = new Map<string, { commandId: string; stream: StreamId; at: string }>()
  return {
    put: async (note) => {
      outbox.set(note.commandId, { ...note })
    },
    remove: async (commandId) => {
      outbox.delete(commandId)
    },
    list: async () => [...outbox.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
  }
}

/** List entries in memory, in the order of their `sort`. */
export function memoryListEntryStore(): ListEntryStore {
  const entries = new Map<StreamId, ListEntry>()
  return {
    put: async (entry) => {
      const there = entries.get(entry.stream)
      if (there === undefined || there.version < entry.version)
        entries.set(entry.stream, { ...entry, summary: JSON.parse(JSON.stringify(entry.summary)) })
    },
    list: async (list) =>
      [...entries.values()]
        .filter((entry) => entry.list === list)
        .sort((a, b) => (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : 0)),
  }
}

/** Open waits in memory: one per kind and token, never overwritten. */
export function memoryWaitStore(): WaitStore {
  const waits = new Map<StreamId, Map<string, OpenWait>>()
  const keyOf = ({ kind, token }: OpenWait): string => JSON.stringify([kind, token])
  return {
    put: async (stream, wait) => {
      const ofStream = waits.get(stream) ?? new Map<string, OpenWait>()
      waits.set(stream, ofStream)
      const { kind, expects, token } = wait
      if (!ofStream.has(keyOf(wait))) ofStream.set(keyOf(wait), { kind, expects, token })
    },
    list: async (stream) => [...(waits.get(stream)?.values() ?? [])],
    remove: async (stream, wait) => {
      waits.get(stream)?.delete(keyOf(wait))
    },
  }
}

/** The streams in memory, sealed and opened as everywhere. */
export function memoryStreamStore(): StreamStore & StreamRegister & StreamInspection & PrivateParts {
  const commits = new Map<StreamId, Map<number, SealedCommit>>()
  const parts = new Map<StreamId, Map<string, PrivatePart & { seq: number }>>()
  return {
    load: async (stream) => {
      const sealed = [...(commits.get(stream) ?? [])].sort(([a], [b]) => a - b).map(([, commit]) => commit)
      return openCommits(`PK ${stream}`, sealed, parts.get(stream) ?? new Map())
    },
    append: async (stream, commit) => {
      const { body, hash, part } = sealCommit(commit)
      const ofStream = commits.get(stream) ?? new Map<number, SealedCommit>()
      const there = ofStream.get(commit.seq)
      if (there !== undefined) {
        const own =
          whoseCommit(`PK ${stream}, commit ${commit.seq}`, there.body).commandId === commit.commandId
        return own ? { outcome: 'written', hash: there.hash } : { outcome: 'taken' }
      }
      commits.set(stream, ofStream.set(commit.seq, { body, hash }))
      if (part !== null) {
        const beside = parts.get(stream) ?? new Map<string, PrivatePart & { seq: number }>()
        parts.set(stream, beside.set(part.id, { ...part, seq: commit.seq }))
      }
      return { outcome: 'written', hash }
    },
    inspect: async (stream) => {
      const sealed = [...(commits.get(stream) ?? [])].sort(([a], [b]) => a - b)
      return inspectCommits(
        sealed.map(([seq, commit]) => ({ ...commit, seq })),
        parts.get(stream) ?? new Map(),
      )
    },
    streams: async () => [...commits.keys()].sort(),
    erase: async (stream, seq) => {
      const beside = parts.get(stream)
      const ids = [...(beside?.values() ?? [])].filter((part) => part.seq === seq).map((part) => part.id)
      for (const id of ids) beside?.delete(id)
      return ids.length > 0
    },
  }
}

type MemoryContactStore = ContactStore &
  ContactErasure & {
    /** What the register's twin answers. */
    agreementsOfAddress(email: string): readonly AgreementId[]
  }

/** Contacts in memory, in the order of their ids. */
export function memoryContactStore(): MemoryContactStore {
  const contacts = new Map<AgreementId, Map<ContactId, Contact>>()
  return {
    put: async (agreement, contact) => {
      contacts.set(agreement, (contacts.get(agreement) ?? new Map()).set(contact.id, { ...contact }))
    },
    of: async (agreement) =>
      [...(contacts.get(agreement)?.values() ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1)),
    find: async (agreement, id) => contacts.get(agreement)?.get(id) ?? null,
    erase: async (agreement, id) => {
      contacts.get(agreement)?.delete(id)
    },
    agreementsOfAddress: (email) =>
      [...contacts]
        .filter(([, of]) => [...of.values()].some((one) => addressKey(one.email) === addressKey(email)))
        .map(([agreement]) => agreement)
        .sort(),
  }
}

/** The register in memory; who has which address it asks the contacts' twin. */
export function memoryRegister(contacts: Pick<MemoryContactStore, 'agreementsOfAddress'>): Register {
  const agreements = new Set<AgreementId>()
  const runs = new Set<number>()
  const tokens = new Map<string, TokenNames>()
  const messages = new Map<string, { stream: StreamId; letterKey: string }>()
  const tags = new Map<string, { stream: StreamId; letterKey: string }>()
  const open = new Map<number, Set<AgreementId>>()
  return {
    addAgreement: async (id) => {
      agreements.add(id)
    },
    agreements: async () => [...agreements].sort(),
    addRun: async (year) => {
      runs.add(year)
    },
    runs: async () => [...runs].sort((a, b) => a - b),
    putToken: async (token, names) => {
      const there = tokens.get(token)
      if (there !== undefined && !isDeepStrictEqual(there, names))
        throw new Error(`Token ${token} names another request already`)
      tokens.set(token, { ...names })
    },
    findToken: async (token) => tokens.get(token) ?? null,
    putMessageId: async (messageId, names) => {
      messages.set(messageIdKey(messageId), { ...names })
    },
    findMessageId: async (messageId) => messages.get(messageIdKey(messageId)) ?? null,
    findFirstMessageId: async (messageIds) =>
      messageIds.map((id) => messages.get(messageIdKey(id))).find((letter) => letter !== undefined) ?? null,
    putLetterTag: async (tag, names) => {
      tags.set(tag, { ...names })
    },
    findLetterTag: async (tag) => tags.get(tag) ?? null,
    openReview: async (year, agreement) => {
      open.set(year, (open.get(year) ?? new Set()).add(agreement))
    },
    closeReview: async (year, agreement) => {
      open.get(year)?.delete(agreement)
    },
    openReviews: async (year) => [...(open.get(year) ?? [])].sort(),
    agreementsOfAddress: async (email) => contacts.agreementsOfAddress(email),
  }
}

type Machine = Parameters<Workflows['start']>[0]

interface MemoryExecution {
  readonly machine: Machine
  readonly name: string
  readonly input: unknown
  readonly running: boolean
}

/** Workflows in memory: remembers what was started and which tokens were answered, and runs nothing. */
export function memoryWorkflows(): Workflows & {
  executions(): readonly MemoryExecution[]
  /** Tokens answered, in order. */
  readonly succeeded: readonly string[]
  end(machine: Machine, name: string): void
  /** A task that waits: only such a token can be answered, and once. */
  issueToken(token: string): void
  timeOut(token: string): void
} {
  const executions = new Map<string, MemoryExecution>()
  const keyOf = (machine: Machine, name: string): string => `${machine}/${name}`
  const waiting = new Set<string>()
  const succeeded: string[] = []
  return {
    succeeded,
    start: async (machine, name, input) => {
      const there = executions.get(keyOf(machine, name))
      const copied: unknown = JSON.parse(JSON.stringify(input))
      if (there !== undefined)
        return there.running && isDeepStrictEqual(there.input, copied) ? 'started' : 'exists'
      executions.set(keyOf(machine, name), { machine, name, input: copied, running: true })
      return 'started'
    },
    succeed: async (token) => {
      if (!waiting.delete(token)) return 'over'
      succeeded.push(token)
      return 'sent'
    },
    executions: () => [...executions.values()],
    end: (machine, name) => {
      const there = executions.get(keyOf(machine, name))
      if (there !== undefined) executions.set(keyOf(machine, name), { ...there, running: false })
    },
    issueToken: (token) => {
      waiting.add(token)
    },
    timeOut: (token) => {
      waiting.delete(token)
    },
  }
}

/** A clock that stands until it is set. */
export function memoryClock(startAt: string): Clock & { set(at: string): void } {
  let nowAt = new Date(startAt).toISOString()
  return {
    now: () => nowAt,
    set: (at) => {
      nowAt = new Date(at).toISOString()
    },
  }
}
