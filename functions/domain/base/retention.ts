import { keysOf } from './values.ts'

/** From when a time is counted. */
export type KeptFrom = 'received' | 'archived' | 'written' | 'ended' | 'begun' | 'replaced'

/**
 * What then happens: it is deleted by itself (without a time: when it is over); only its lock ends, and a person hands
 * it over or deletes it; or nothing, for it has no end.
 */
export type AfterRetention = 'deleted' | 'unlocked' | 'stays'

/**
 * Why it is kept so long. `retention-rule`: the ministry's own rule, which its lawyers set, until the handing over to
 * Rigsarkivet and ten years at the longest. `journal`: offentlighedsloven §§ 13 and 15. `agreement`: who answers for a
 * party, told of it in every request. `operation`: no longer than running the system takes. `security`: to look into
 * an attack, and no longer.
 */
export type RetentionGround = 'retention-rule' | 'journal' | 'agreement' | 'operation' | 'security'

interface Retention {
  /** How long; null: no time, but as `after` says. An installation may set another by the setting. */
  readonly kept: { readonly count: number; readonly unit: 'days' | 'hours' | 'minutes' } | null
  readonly setting?: string
  readonly from: KeptFrom
  readonly after: AfterRetention
  readonly ground: RetentionGround
  /** Two persons may have it erased before, with a ground; hash, time, who and why stay. */
  readonly erasable: boolean
  /** How the keys of its rows in the record's table begin, or of its files in the archive. */
  readonly keys?: readonly string[]
}

const days = <N extends number>(count: N) => ({ count, unit: 'days' }) as const
const hours = <N extends number>(count: N) => ({ count, unit: 'hours' }) as const
const minutes = <N extends number>(count: N) => ({ count, unit: 'minutes' }) as const

/** Five years, unless an installation sets another: at the longest ten. */
const locked = {
  kept: days(1826),
  setting: 'archiveRetentionDays',
  from: 'archived',
  after: 'unlocked',
  ground: 'retention-rule',
} as const satisfies Partial<Retention>

/** An execution lives up to a year, and is looked into after it has ended: thirteen months. */
const log = {
  kept: days(400),
  from: 'written',
  after: 'deleted',
  ground: 'operation',
  erasable: false,
} as const satisfies Retention

/**
 * How long each kind of stored thing is kept, from when, what then happens and why. The deployed buckets, queues, logs
 * and tables, the sessions and the counters take their times from here; the console shows it.
 */
export const retention = {
  'raw-mail': { ...locked, erasable: true, keys: ['mail/'] },
  letter: { ...locked, erasable: true, keys: ['letters/'] },
  'letter-sheet': { ...locked, erasable: true, keys: ['letters/'] },
  rider: { ...locked, erasable: false, keys: ['riders/'] },
  report: { ...locked, erasable: false, keys: ['reports/'] },
  'signed-list': { ...locked, erasable: false, keys: ['anchors/'] },
  'landed-mail': { kept: days(30), from: 'received', after: 'deleted', ground: 'operation', erasable: true },
  'unfinished-upload': {
    kept: days(7),
    from: 'begun',
    after: 'deleted',
    ground: 'operation',
    erasable: false,
  },
  record: {
    kept: null,
    from: 'written',
    after: 'stays',
    ground: 'journal',
    erasable: false,
    keys: [
      'AGREEMENT#',
      'REVIEW#',
      'RENEGOTIATION#',
      'RUN#',
      'INBOX#',
      'ANSWERS#all',
      'COMMITMENTS#all',
      'AGREEMENTS#',
      'RUNS#',
      'STREAMS#',
      'TOKEN#',
      'MESSAGE#',
      'TAG#',
      'DIRECTORY',
    ],
  },
  'private-part': { kept: null, from: 'written', after: 'stays', ground: 'journal', erasable: true },
  contacts: {
    kept: null,
    from: 'written',
    after: 'stays',
    ground: 'agreement',
    erasable: true,
    keys: ['CONTACTS#', 'ADDRESS#'],
  },
  'work-in-hand': {
    kept: null,
    from: 'begun',
    after: 'deleted',
    ground: 'operation',
    erasable: false,
    keys: ['LETTER#', 'TODO#', 'WAITS#', 'HELD-ANSWERS#'],
  },
  'answer-counter': {
    kept: hours(48),
    from: 'begun',
    after: 'deleted',
    ground: 'operation',
    erasable: false,
    keys: ['ANSWERS#2'],
  },
  'table-copy': { kept: days(35), from: 'replaced', after: 'deleted', ground: 'operation', erasable: false },
  'queue-message': {
    kept: days(14),
    from: 'received',
    after: 'deleted',
    ground: 'operation',
    erasable: false,
  },
  session: { kept: hours(10), from: 'begun', after: 'deleted', ground: 'security', erasable: false },
  'request-counter': {
    kept: minutes(20),
    from: 'begun',
    after: 'deleted',
    ground: 'security',
    erasable: false,
  },
  'access-log': { ...log, kept: days(30), setting: 'accessLogDays', ground: 'security' },
  'download-note': log,
  'function-log': log,
  'workflow-log': log,
  'execution-history': { ...log, kept: days(90), from: 'ended' },
} as const satisfies Readonly<Record<string, Retention>>
export type StoredKind = keyof typeof retention

/** Every kind with how it is kept, for whoever shows them all. */
export const retentionRows: readonly (readonly [StoredKind, Retention])[] = keysOf(retention).map((kind) => [
  kind,
  retention[kind],
])

const msOf = { days: 86_400_000, hours: 3_600_000, minutes: 60_000 } as const

/** Milliseconds of what has an end. */
export const keptMs = (kind: { readonly kept: NonNullable<Retention['kept']> }): number =>
  kind.kept.count * msOf[kind.kept.unit]
