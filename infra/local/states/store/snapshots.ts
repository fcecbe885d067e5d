import type { Execution, Frame, Iterations } from '../turn/execution.ts'
import { isJsonObject, isObject, parseJson, type Json } from '../values/json.ts'
import type { Store } from './store.ts'
import type { Snapshot, Turn } from '../turn/turn.ts'
import type { ExecutionStatus } from '../types.ts'

/** A snapshot with what the store knows of it, so that only the difference is written. */
export interface StoredSnapshot extends Snapshot {
  /** Frames with a row, and their timers as they stand in the store. */
  readonly rows: Map<number, string>
  /** Maps in progress whose items are in the store. */
  readonly itemRows: Map<number, Iterations>
  /** The execution's own row: its status, and the frames counted where no event tells of them. */
  readonly row: { status: ExecutionStatus; frames: number }
}

const isFrame = (value: unknown): value is Frame =>
  isObject(value) &&
  typeof value['id'] === 'number' &&
  typeof value['state'] === 'string' &&
  isObject(value['phase'])

const statuses: ReadonlySet<unknown> = new Set(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'])
const isStatus = (value: unknown): value is ExecutionStatus => statuses.has(value)

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

/** Reads executions with their counts, which while one runs stand in its newest row of events. */
export const EXECUTIONS = `SELECT executions.*, newest.last, newest.frames FROM executions
  LEFT JOIN events AS newest ON newest.id = (SELECT id FROM events WHERE execution = executions.id
    ORDER BY first DESC LIMIT 1)`

const parentOf = (value: unknown): Execution['parent'] => {
  const parsed = typeof value === 'string' ? parseJson(value) : null
  if (!isJsonObject(parsed)) return undefined
  return {
    execution: Number(parsed['execution']),
    frame: Number(parsed['frame']),
    attempt: Number(parsed['attempt']),
  }
}

/** Turns a row of EXECUTIONS into an execution. */
export const readExecution = (
  row: Readonly<Record<string, unknown>>,
  arnOf: (machine: string, name: string) => string,
): Execution => {
  const { status } = row
  if (!isStatus(status))
    throw new Error(`execution ${String(row['id'])} has the unknown status ${String(status)}`)
  const [machine, name] = [String(row['machine']), String(row['name'])]
  const output = text(row['output'])
  return {
    id: Number(row['id']),
    arn: arnOf(machine, name),
    name,
    machineName: machine,
    definitionId: Number(row['definition_id']),
    input: parseJson(String(row['input'])),
    inputText: String(row['input']),
    startedAt: Number(row['started_at']),
    status,
    stoppedAt: number(row['stopped_at']),
    output: output === undefined ? undefined : parseJson(output),
    error: text(row['error']),
    cause: text(row['cause']),
    eventCount: Math.max(Number(row['event_count']), number(row['last']) ?? 0),
    frameCount: Math.max(Number(row['frame_count']), number(row['frames']) ?? 0),
    redriveCount: Number(row['redrive_count']),
    redrivenAt: number(row['redriven_at']),
    parent: parentOf(row['parent']),
  }
}

const timersText = (frame: Frame): string => JSON.stringify(frame.timers)

/** Loads an execution with its frames and the items of its Maps. */
export const loadSnapshot = (store: Store, execution: Execution): StoredSnapshot => {
  const frames = new Map<number, Frame>()
  const rows = new Map<number, string>()
  const iterations = new Map<number, Iterations>()
  for (const row of store.all('SELECT body FROM frames WHERE execution = ? ORDER BY frame', execution.id)) {
    const frame: unknown = JSON.parse(String(row['body']))
    if (!isFrame(frame)) throw new Error(`a frame of execution ${execution.arn} cannot be read`)
    frames.set(frame.id, frame)
    rows.set(frame.id, timersText(frame))
  }
  for (const frame of frames.values()) {
    const { phase } = frame
    if (phase.kind !== 'iterations' && !(phase.kind === 'failed' && phase.was?.kind === 'iterations'))
      continue
    const items: Json[] = []
    const outputs = new Map<number, Json>()
    for (const row of store.all(
      'SELECT item, input, output FROM items WHERE execution = ? AND frame = ? ORDER BY item',
      execution.id,
      frame.id,
    )) {
      items.push(parseJson(String(row['input'])))
      const output = text(row['output'])
      if (output !== undefined) outputs.set(Number(row['item']), parseJson(output))
    }
    iterations.set(frame.id, { items, outputs })
  }
  return { ...newSnapshot(execution), frames, iterations, rows, itemRows: new Map(iterations) }
}

/** An execution of which nothing but its own row is stored yet. */
export const newSnapshot = (execution: Execution): StoredSnapshot => ({
  execution,
  frames: new Map(),
  iterations: new Map(),
  rows: new Map(),
  itemRows: new Map(),
  row: { status: execution.status, frames: execution.frameCount },
})

const saveFrame = (store: Store, turn: Turn & StoredSnapshot, id: number): void => {
  const { execution, rows } = turn
  const frame = turn.frames.get(id)
  const before = rows.get(id)
  if (frame === undefined) {
    if (before === undefined) return
    store.run('DELETE FROM frames WHERE execution = ? AND frame = ?', execution.id, id)
    if (before !== '{}') store.run('DELETE FROM timers WHERE execution = ? AND frame = ?', execution.id, id)
    rows.delete(id)
    return
  }
  store.run(
    `INSERT INTO frames (execution, frame, calling, body) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET calling = excluded.calling, body = excluded.body`,
    execution.id,
    id,
    frame.phase.kind === 'calling' ? 1 : 0,
    JSON.stringify(frame),
  )
  const timers = timersText(frame)
  if (timers !== (before ?? '{}')) {
    if (before !== undefined && before !== '{}')
      store.run('DELETE FROM timers WHERE execution = ? AND frame = ?', execution.id, id)
    for (const [kind, due] of Object.entries(frame.timers))
      store.run(
        'INSERT INTO timers (execution, frame, kind, due) VALUES (?, ?, ?, ?)',
        execution.id,
        id,
        kind,
        due,
      )
  }
  rows.set(id, timers)
}

const saveItems = (store: Store, turn: Turn & StoredSnapshot): void => {
  const { execution, itemRows } = turn
  for (const [id, stored] of itemRows) {
    if (turn.iterations.get(id) === stored) continue
    store.run('DELETE FROM items WHERE execution = ? AND frame = ?', execution.id, id)
    itemRows.delete(id)
  }
  for (const [id, running] of turn.iterations) {
    if (itemRows.has(id)) continue
    const { items, outputs } = running
    items.forEach((item, index) => {
      const output = outputs.get(index)
      store.run(
        'INSERT INTO items (execution, frame, item, input, output) VALUES (?, ?, ?, ?, ?)',
        execution.id,
        id,
        index,
        JSON.stringify(item),
        output === undefined ? null : JSON.stringify(output),
      )
    })
    itemRows.set(id, running)
  }
  for (const { frame, index } of turn.added) {
    const output = turn.iterations.get(frame)?.outputs.get(index)
    if (output !== undefined)
      store.run(
        'UPDATE items SET output = ? WHERE execution = ? AND frame = ? AND item = ?',
        JSON.stringify(output),
        execution.id,
        frame,
        index,
      )
  }
}

const saveExecution = (store: Store, turn: Turn & StoredSnapshot): void => {
  const { execution, row } = turn
  const told = turn.events.length > 0 || execution.frameCount === row.frames
  if (execution.status === row.status && execution.status === 'RUNNING' && told) return
  row.status = execution.status
  row.frames = execution.frameCount
  store.run(
    `UPDATE executions SET status = ?, stopped_at = ?, output = ?, error = ?, cause = ?, event_count = ?,
      frame_count = ?, redrive_count = ?, redriven_at = ? WHERE id = ?`,
    execution.status,
    execution.stoppedAt ?? null,
    execution.output === undefined ? null : JSON.stringify(execution.output),
    execution.error ?? null,
    execution.cause ?? null,
    execution.eventCount,
    execution.frameCount,
    execution.redriveCount,
    execution.redrivenAt ?? null,
    execution.id,
  )
}

/** Writes what a step changed; the caller has opened a transaction. */
export const saveTurn = (store: Store, turn: Turn & StoredSnapshot): void => {
  const { execution } = turn
  const [first] = turn.events
  if (first !== undefined)
    store.run(
      'INSERT INTO events (execution, first, last, frames, body) VALUES (?, ?, ?, ?, ?)',
      execution.id,
      first.id,
      execution.eventCount,
      execution.frameCount,
      JSON.stringify(turn.events),
    )
  saveExecution(store, turn)
  for (const id of turn.touched) saveFrame(store, turn, id)
  saveItems(store, turn)
}
