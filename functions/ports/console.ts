import type {
  ExecutionDescription,
  ExecutionEvent,
  ExecutionLine,
  ExecutionStatus,
  Machine,
} from '../domain/execution/execution.ts'
import type { MinistryRole, PersonId } from '../domain/base/values.ts'
import type { MinistryDomains } from '../domain/directory/senders.ts'

/** What the console needs from outside. Its times are security time: real milliseconds, never the moved clock. */

export interface Settings {
  readonly stage: string
  /** Base address of the console, without a trailing slash. */
  readonly consoleUrl: string
  /** Mailbox of the ministry's journal. */
  readonly journalMailbox: string
  /** Printed after decisions; empty unless the ministry has filled it in. */
  readonly complaintText: string
  /** The domains that mails may be from. */
  readonly domains: MinistryDomains
}

/** A person of the ministry as the identity provider names them. */
export interface ConsolePerson {
  readonly id: PersonId
  readonly name: string
  readonly email: string
  readonly roles: readonly MinistryRole[]
}

export interface ConsoleSession {
  readonly person: ConsolePerson
  /** Real time, ms since 1970. */
  readonly createdAtMs: number
  readonly expiresAtMs: number
  /** When it was last used, to the minute. */
  readonly seenAtMs: number
}

/** A session as its person sees it in a list. */
export interface ListedSession {
  readonly createdAtMs: number
  readonly seenAtMs: number
  /** The one that asks. */
  readonly own: boolean
}

/** Sessions are rows; the browser holds a signed opaque id, of which the table knows only the SHA-256. */
export interface SessionStore {
  /** A new random id each time: never reuse one from before the login. */
  create(session: ConsoleSession): Promise<{ id: string }>
  /** Null for an unknown, forged or expired id. Consistent: a session that was deleted is not found. */
  find(id: string): Promise<ConsoleSession | null>
  /** Notes that it was used; one that was deleted meanwhile stays deleted. */
  touch(id: string, session: ConsoleSession): Promise<void>
  /** Safe to repeat. */
  delete(id: string): Promise<void>
  /** Those of a person that have not expired, the newest first. */
  list(person: PersonId, own: string): Promise<readonly ListedSession[]>
  /** Every session of a person, this one too. Safe to repeat. */
  deleteAll(person: PersonId): Promise<void>
}

/** What must be kept, for this browser alone, between `begin` and `finish`. */
export interface PendingLogin {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

/** The identity provider turned the login down, or the answer was not to our question. */
export class LoginRefused extends Error {
  override readonly name = 'LoginRefused'
}

export interface IdentityProvider {
  /** @param redirectUri the console's own callback address, from its configured base and not from a request */
  begin(redirectUri: string): Promise<{ url: string; pending: PendingLogin }>
  /**
   * @param callbackUrl the callback address with the provider's query; its origin and path from configuration
   * @throws LoginRefused
   */
  finish(callbackUrl: string, pending: PendingLogin): Promise<ConsolePerson>
  /** Where the browser goes to end the provider's own session; null when it offers no such place. */
  logoutUrl(returnTo: string): Promise<string | null>
}

export type DownloadKind = 'mail' | 'letter' | 'document-list' | 'report-file'

/** Who took what away, and when: ids and a hash, no address and no name. */
export interface DownloadNote {
  readonly kind: DownloadKind
  readonly person: PersonId
  /** SHA-256 of the bytes that were handed out. */
  readonly sha256: string
  /** Real time, UTC. */
  readonly at: string
}

/** The archive hands out an object itself: what is too large for an answer of a function. */
export interface ArchiveLinks {
  /**
   * An address that holds for a minute, whoever has it: the bytes as a file of that name and of no type, never shown
   * in a page. Asked for only when it is certain that the reader may have the object.
   */
  link(key: string, name: string): Promise<string>
}

export interface RateLimit {
  readonly most: number
  readonly windowMs: number
}
export type RateLimits = Readonly<
  Record<'reads' | 'forms' | 'addressForms' | 'logins' | 'failures', RateLimit>
>

/** How often something was asked for in a window of real time; the windows begin at whole multiples of their length. */
export interface RateCounters {
  /** Counts once more. @returns how often in this window, this time counted */
  count(what: string, windowMs: number): Promise<number>
  /** How often in this window until now. */
  counted(what: string, windowMs: number): Promise<number>
}

/** Tokens and nonces of the console's forms and of a login under way. */
export interface FormTokens {
  /** Random, new at every call: at least 128 bits, letters, digits, `-` and `_`. */
  nonce(): string
  /** The token of a session's forms: whoever has no session cannot make it. */
  csrf(sessionId: string): string
  isCsrf(sessionId: string, token: string): boolean
  /** Text with its signature, for a cookie. */
  seal(text: string): string
  /** Null when it was not sealed here. */
  unseal(sealed: string): string | null
}

/** Style sheets, fonts and icons of the design system. */
export interface Assets {
  /** @param path below the design system's folder, `css/dkfds.min.css`; null for whatever is not to be served */
  get(path: string): Promise<{ readonly bytes: Uint8Array; readonly contentType: string } | null>
}

export interface ConsoleSettings {
  /** Without a trailing slash; cookies are `__Host-` and secure when it is https. */
  readonly baseUrl: string
  /** Address of the tilgængelighedserklæring (domain/README.md, "Accessibility"). */
  readonly accessibilityStatement: string
  readonly privacyPolicy: string
}

/**
 * Executions of the workflows, to be looked at: nothing here starts, stops or answers one. What ended more than
 * 90 days ago is gone.
 */
export interface Executions {
  /**
   * A page of a machine's executions, the newest first.
   * @param options.from `next` of the page before; null for the first
   */
  list(
    machine: Machine,
    options: { readonly status: ExecutionStatus | null; readonly from: string | null },
  ): Promise<{ readonly executions: readonly ExecutionLine[]; readonly next: string | null }>
  /** Null: there is none of that name, or no more. */
  describe(machine: Machine, name: string): Promise<ExecutionDescription | null>
  /** The definition it runs, in the Amazon States Language; null: there is no such execution. */
  definition(machine: Machine, name: string): Promise<unknown>
  /** Its whole history in order; empty: there is no such execution. */
  history(machine: Machine, name: string): Promise<readonly ExecutionEvent[]>
}
