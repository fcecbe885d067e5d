import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { yearRun } from '../../../functions/domain/year-run/state.ts'
import { runCase } from '../../../functions/handlers/streams/cases.ts'

const lineSchema = z.object({ at: z.string(), event: z.object({ type: z.string(), v: z.int() }).loose() })
const stored = readFileSync(new URL('../../fixtures/events/run.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => lineSchema.parse(JSON.parse(line)))

it('keeps one event of every type of a year run', () => {
  const types = yearRun.eventTypes
  expect([...new Set(stored.map(({ event }) => event.type))].sort()).toEqual(types.toSorted())
})

it('folds them to the state they always folded to', () => {
  const state = stored.reduce(
    (before, { at, event }, index) =>
      yearRun.evolve(before, runCase.read(event), {
        seq: index + 1,
        at,
        actor: { by: 'system', name: 'test' },
        commandId: String(index),
      }),
    yearRun.initial,
  )
  expect(state).toMatchObject({
    status: 'frozen',
    year: 2014,
    attempts: { attached: 2, lost: false },
    released: ['svendborg-rk', 'nyborg-rk'],
    started: ['svendborg-rk', 'nyborg-rk'],
    checked: ['svendborg-rk', 'nyborg-rk'],
    leftOut: [{ agreement: 'fanoe-pa' }, { agreement: 'svendborg-p15', reason: 'first-year-next' }],
    report: { archiveKey: 'reports/2014/c.json', compiledAt: '2015-08-25T07:00:01.000Z', unfinished: [] },
    sentBack: 'forklar dækningen',
    approvedBy: 'anders',
    frozen: { on: '2015-09-01' },
    experiences: {
      published: [{ agreement: 'svendborg-rk', theme: 'employment', by: 'sofie' }],
      leftOut: ['mail-0002'],
      released: { by: 'anders', at: '2015-09-02T08:30:00.000Z' },
    },
    letters: [{ order: { kind: 'experiences', party: '101' }, bounced: [{ permanent: true }] }],
    corrections: { due: [], proposed: null, issued: [{ number: 1, issuedOn: '2015-10-13' }] },
  })
})
