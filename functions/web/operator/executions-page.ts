import { html } from 'hono/html'
import {
  executionStatuses,
  type ExecutionLine,
  type ExecutionStatus,
  type Machine,
} from '../../domain/execution/execution.ts'
import { retention } from '../../domain/base/retention.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import { select } from '../fields.ts'
import { badge, nothing, table, type Markup } from '../markup.ts'
import { page, type PageFrame } from '../page.ts'
import { answersStoppedAlert } from './answers-page.ts'
import { keptWords } from './retention-page.ts'
import {
  exactMoment,
  executionStatusTones,
  executionStatusWords,
  machineWords,
  answersPath,
  retentionPath,
  caseExecutionsPath,
  executionPath,
  executionsPath,
  listPath,
} from './operator-parts.ts'
import { casePageOf } from '../case-path.ts'

export const statusBadge = (status: ExecutionStatus): Markup =>
  badge(executionStatusWords[status], executionStatusTones[status])

const executionTable = (caption: string, executions: readonly ExecutionLine[]): Markup =>
  table(
    caption,
    [{ title: 'Forløb' }, { title: 'Status' }, { title: 'Begyndt' }, { title: 'Slut' }],
    executions.map((one) => [
      html`<a href="${executionPath(one)}">${one.name}</a>`,
      statusBadge(one.status),
      exactMoment(one.startedAt),
      exactMoment(one.endedAt),
    ]),
  )

export interface ExecutionsPageInput {
  readonly machines: readonly Machine[]
  readonly machine: Machine
  readonly status: ExecutionStatus | null
  readonly executions: readonly ExecutionLine[]
  /** The place of the next page. */
  readonly next: string | null
  /** Not the first page. */
  readonly later: boolean
  /** Since when no answer goes out; null while they do. */
  readonly answersStoppedAt: string | null
}

const filter = ({ machines, machine, status }: ExecutionsPageInput): Markup =>
  html`<form method="get" action="${executionsPath}" class="filter">
    ${select({
      id: 'machine',
      name: 'machine',
      label: 'Arbejdsgang',
      required: true,
      value: machine,
      choices: machines.map((value) => ({ value, label: machineWords[value] })),
    })}
    ${select({
      id: 'status',
      name: 'status',
      label: 'Status',
      required: true,
      value: status ?? 'all',
      choices: [
        { value: 'all', label: 'alle' },
        ...executionStatuses.map((value) => ({ value, label: executionStatusWords[value] })),
      ],
    })}
    <button class="button button-secondary">Vis</button>
  </form>`

/** The executions of one workflow, the newest first, of one status or all. */
export const executionsPage = (frame: PageFrame, input: ExecutionsPageInput): Markup => {
  const { machine, status, executions, next, later, answersStoppedAt } = input
  const caption = `${machineWords[machine]}: forløb${status === null ? '' : `, der er ${executionStatusWords[status]}`}`
  return page(frame, {
    title: 'Drift',
    path: executionsPath,
    content: html`${answersStoppedAt === null ? nothing : answersStoppedAlert(answersStoppedAt)}
      <p>
        <a href="${answersPath}">Automatiske svar</a> ·
        <a href="${retentionPath}">Hvor længe hvad bevares</a>
      </p>
      <p>
        Hver sag føres frem af et forløb, som kan følges her trin for trin. Et forløb, der er slut, slettes
        efter ${keptWords(retention['execution-history'].kept)}; sagens journal består.
      </p>
      ${filter(input)}
      <h2>${caption}</h2>
      ${executions.length === 0 ? html`<p>Ingen forløb.</p>` : executionTable(caption, executions)}
      ${
        later || next !== null
          ? html`<nav aria-label="Sider">
              <p>
                ${later ? html`<a href="${listPath({ machine, status, from: '' })}">De nyeste</a>` : nothing}
                ${next === null ? nothing : html`<a href="${listPath({ machine, status, from: next })}">Ældre forløb</a>`}
              </p>
            </nav>`
          : nothing
      }`,
  })
}

export interface CaseExecutionsInput {
  readonly stream: StreamId
  /** The attempts of the case, the newest first. */
  readonly attempts: readonly {
    readonly attempt: number
    readonly name: string
    /** Null: not started yet, or gone since it ended more than 90 days ago. */
    readonly execution: ExecutionLine | null
  }[]
  /** The latest was lost and none has taken over. */
  readonly lost: boolean
}

/** The executions of one case. */
export const caseExecutionsPage = (frame: PageFrame, input: CaseExecutionsInput): Markup => {
  const back = casePageOf(input.stream)
  return page(frame, {
    title: 'Sagens forløb',
    path: caseExecutionsPath(input.stream),
    content: html`<p>
        ${
          input.lost
            ? html`${badge('gået i stå', 'error')} Det seneste forløb er endt, før sagen var færdig. Sagen
                tages op igen med <code>aarshjul review resume</code>.`
            : 'Sagen har haft disse forløb; det højeste nummer fører den.'
        }
      </p>
      ${table(
        'Sagens forløb, det seneste først',
        [{ title: 'Nr.' }, { title: 'Forløb' }, { title: 'Status' }, { title: 'Begyndt' }, { title: 'Slut' }],
        input.attempts.map(({ attempt, name, execution }) => [
          String(attempt),
          execution === null ? name : html`<a href="${executionPath(execution)}">${name}</a>`,
          execution === null ? 'findes ikke (længere)' : statusBadge(execution.status),
          exactMoment(execution?.startedAt ?? null),
          exactMoment(execution?.endedAt ?? null),
        ]),
      )}
      <p>
        ${back === null ? nothing : html`<a href="${back}">Til sagen</a> · `}<a href="${executionsPath}"
          >Alle forløb</a
        >
      </p>`,
  })
}
