import {
  LoginRefused,
  type ArchiveLinks,
  type ConsolePerson,
  type ConsoleSession,
  type Executions,
  type IdentityProvider,
  type RateCounters,
  type SessionStore,
} from '../../ports/console.ts'
import { makeSessionIds } from '../sessions.ts'
import type {
  ExecutionDescription,
  ExecutionEvent,
  ExecutionLine,
  Machine,
} from '../../domain/execution/execution.ts'

/** Sessions in memory. */
export function memorySessionStore(options: {
  secrets: ReadonlyMap<number, string>
  nowMs?: () => number
}): SessionStore {
  const { secrets, nowMs = Date.now } = options
  const ids = makeSessionIds(secrets)
  const sessions = new Map<string, ConsoleSession>()
  const at = (hash: string): ConsoleSession | null => {
    const session = sessions.get(hash)
    return session !== undefined && session.expiresAtMs > nowMs() ? session : null
  }
  return {
    create: async (session) => {
      const id = ids.create()
      sessions.set(ids.keyOf(id), structuredClone(session))
      return { id }
    },
    find: async (id) => (ids.isSigned(id) ? at(ids.keyOf(id)) : null),
    touch: async (id, session) => {
      if (sessions.has(ids.keyOf(id))) sessions.set(ids.keyOf(id), structuredClone(session))
    },
    delete: async (id) => {
      sessions.delete(ids.keyOf(id))
    },
    list: async (person, own) =>
      [...sessions]
        .filter(([hash, session]) => session.person.id === person && at(hash) !== null)
        .map(([hash, { createdAtMs, seenAtMs }]) => ({
          createdAtMs,
          seenAtMs,
          own: hash === ids.keyOf(own),
        }))
        .toSorted((a, b) => b.createdAtMs - a.createdAtMs),
    deleteAll: async (person) => {
      for (const [hash, session] of sessions) if (session.person.id === person) sessions.delete(hash)
    },
  }
}

/** Addresses of objects that nobody serves. */
export const memoryArchiveLinks: ArchiveLinks = {
  link: async (key, name) => `https://archive.example/${key}?${new URLSearchParams({ name }).toString()}`,
}

/** Counters in memory. */
export function memoryRateCounters({ nowMs = Date.now }: { nowMs?: () => number } = {}): RateCounters {
  const counts = new Map<string, number>()
  const keyOf = (what: string, windowMs: number): string => `${what} ${Math.floor(nowMs() / windowMs)}`
  return {
    count: async (what, windowMs) => {
      const key = keyOf(what, windowMs)
      const uses = (counts.get(key) ?? 0) + 1
      counts.set(key, uses)
      return uses
    },
    counted: async (what, windowMs) => counts.get(keyOf(what, windowMs)) ?? 0,
  }
}

const issuer = 'https://login.example'

/** An identity provider in memory: `answer` is the person's choice on its page, and gives the callback's address. */
export function memoryIdentityProvider(people: readonly ConsolePerson[]): IdentityProvider & {
  answer(url: string, personId: string): string
} {
  const codes = new Map<string, { personId: string; nonce: string }>()
  let begun = 0
  return {
    begin: async (redirectUri) => {
      begun += 1
      const pending = { state: `state-${begun}`, nonce: `nonce-${begun}`, codeVerifier: `verifier-${begun}` }
      const asked = new URLSearchParams({
        redirect_uri: redirectUri,
        state: pending.state,
        nonce: pending.nonce,
      })
      return { url: `${issuer}/auth?${asked.toString()}`, pending }
    },
    answer: (url, personId) => {
      const asked = new URL(url).searchParams
      const code = `code-${codes.size + 1}`
      codes.set(code, { personId, nonce: asked.get('nonce') ?? '' })
      const answer = new URLSearchParams({ code, state: asked.get('state') ?? '' })
      return `${asked.get('redirect_uri') ?? ''}?${answer.toString()}`
    },
    finish: async (callbackUrl, pending) => {
      const answer = new URL(callbackUrl).searchParams
      const code = answer.get('code') ?? ''
      const given = codes.get(code)
      codes.delete(code)
      if (answer.get('state') !== pending.state) throw new LoginRefused('Login refused: another state')
      if (given?.nonce !== pending.nonce) throw new LoginRefused('Login refused: the code is not valid')
      const person = people.find(({ id }) => id === given.personId)
      if (person === undefined) throw new LoginRefused('Login refused: an unknown person')
      return person
    },
    logoutUrl: async (returnTo) => `${issuer}/logout?${new URLSearchParams({ returnTo }).toString()}`,
  }
}

/** An execution with everything that is shown of it. */
interface KeptExecution {
  readonly description: ExecutionDescription
  readonly definition: unknown
  readonly history: readonly ExecutionEvent[]
}

const pageSize = 50

/** Executions in memory: shows what it was given. */
export function memoryExecutions(): Executions & { keep(execution: KeptExecution): void } {
  const kept = new Map<string, KeptExecution>()
  const keyOf = (machine: Machine, name: string): string => `${machine}/${name}`
  const find = (machine: Machine, name: string): KeptExecution | null =>
    kept.get(keyOf(machine, name)) ?? null
  const lineOf = ({ description }: KeptExecution): ExecutionLine => {
    const { machine, name, status, startedAt, endedAt } = description
    return { machine, name, status, startedAt, endedAt }
  }
  return {
    keep: (execution) => {
      kept.set(keyOf(execution.description.machine, execution.description.name), execution)
    },
    list: async (machine, { status, from }) => {
      const all = [...kept.values()]
        .map(lineOf)
        .filter((line) => line.machine === machine && (status === null || line.status === status))
        .toReversed()
      const place = /^\d+$/.test(from ?? '') ? Number(from) : 0
      const end = place + pageSize
      return { executions: all.slice(place, end), next: end < all.length ? String(end) : null }
    },
    describe: async (machine, name) => find(machine, name)?.description ?? null,
    definition: async (machine, name) => find(machine, name)?.definition ?? null,
    history: async (machine, name) => find(machine, name)?.history ?? [],
  }
}
