import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { planRenegotiation } from '../../functions/domain/renegotiation/plan.ts'
import type { planReview } from '../../functions/domain/review/plan.ts'
import type { planRun } from '../../functions/domain/year-run/plan.ts'
import { aslProblems } from '../../infra/local/states/language/asl-check.ts'
import { functionRights } from '../../infra/aws/function-rights.ts'
import { expectedErrors, transientRetrier, uncertainRetrier } from '../../workflows/errors.ts'
import { planOutputSchema, stateMachines, tasks, type TaskName } from '../../workflows/tasks.ts'
import { expressionsIn, placeholdersIn, readDefinition, waits } from './definition.ts'

const definitions = stateMachines.map((name) => ({
  name,
  ...readDefinition(join('workflows', `${name}.asl.json`)),
}))
const isTask = (name: string): name is TaskName => Object.hasOwn(tasks, name)
const year = 365 * 24 * 60 * 60

type StepOf<P extends (...given: never[]) => unknown> =
  ReturnType<P> extends infer Answer
    ? Answer extends { next: 'step'; step: infer Step }
      ? Step
      : never
    : never
/** What the plans may answer as a step: one that is missing here does not compile. */
const steps = {
  // A review is opened by its first state, before anything is planned.
  'agreement-review': { open: false, draft: true, assess: true, close: true } satisfies Record<
    StepOf<typeof planReview>,
    boolean
  >,
  'annual-run': {
    prepare: true,
    'start-reviews': true,
    compile: true,
    'fact-check': true,
    freeze: true,
  } satisfies Record<StepOf<typeof planRun>, boolean>,
  renegotiation: { lapse: true, enact: true, settle: true } satisfies Record<
    StepOf<typeof planRenegotiation>,
    boolean
  >,
}

describe.each(definitions)('$name', ({ json, text, top, states }) => {
  const taskStates = states.filter((state) => state.Type === 'Task')
  const waiting = states.filter(waits)

  test('is a definition that AWS takes', () => {
    expect(aslProblems(json)).toEqual([])
  })

  test('says its query language, its promise and its own end', () => {
    expect(top.QueryLanguage).toBe('JSONata')
    expect(top.Comment.length).toBeGreaterThan(40)
    expect(top.TimeoutSeconds).toBe(year)
  })

  test('has at most twelve states and ends in Succeed alone', () => {
    expect(states.length).toBeLessThanOrEqual(12)
    expect(states.filter((state) => state.End === true || state.Type === 'Fail')).toEqual([])
    expect(states.some((state) => state.Type === 'Succeed')).toBe(true)
  })

  test('has no state type beyond tasks, choices and ends: nothing that holds many cases while they wait', () => {
    expect([...new Set(states.map((state) => state.Type))].toSorted()).toEqual(['Choice', 'Succeed', 'Task'])
  })

  test('names functions by placeholder alone, and each is a task', () => {
    for (const state of taskStates) {
      const [name = ''] = placeholdersIn(state.Arguments?.FunctionName ?? '')
      expect(state.Arguments?.FunctionName).toBe(`\${${name}}`)
      expect(isTask(name), name).toBe(true)
    }
  })

  test('sends each task exactly the fields of its input', () => {
    for (const state of taskStates) {
      const [name = ''] = placeholdersIn(state.Arguments?.FunctionName ?? '')
      if (!isTask(name)) throw new Error(name)
      expect(Object.keys(state.Arguments?.Payload ?? {}).toSorted(), state.name).toEqual(
        Object.keys(tasks[name].input.shape).toSorted(),
      )
    }
  })

  test('every task has the one retrier of transient errors, and before it whoever sends letters that of an uncertain one', () => {
    for (const state of taskStates) {
      const [name = ''] = placeholdersIn(state.Arguments?.FunctionName ?? '')
      if (!isTask(name)) throw new Error(name)
      const sends = functionRights[name].includes('send-mail')
      expect(state.Retry, state.name).toEqual(
        sends ? [uncertainRetrier, transientRetrier] : [transientRetrier],
      )
    }
  })

  test('gives every task a time limit, and a waiting state one that is computed', () => {
    for (const state of taskStates) {
      if (waits(state)) expect(state.TimeoutSeconds, state.name).toBe('{% $plan.seconds %}')
      else expect(state.TimeoutSeconds, state.name).toBeGreaterThan(0)
    }
    expect(waiting.length).toBeGreaterThan(0)
  })

  test('goes on from a wait the same way whether it was answered, timed out or was not needed', () => {
    for (const state of waiting) {
      expect(state.Catch.map((entry) => entry.ErrorEquals.toSorted())).toEqual([
        ['AlreadySatisfied', 'States.Timeout'],
      ])
      expect(state.Catch.map((entry) => entry.Next)).toEqual([state.Next])
    }
  })

  test('catches nothing but its own errors and, on waits, the timeout', () => {
    const own: readonly string[] = expectedErrors
    for (const state of states)
      for (const error of state.Catch.flatMap((entry) => entry.ErrorEquals))
        expect(
          own.includes(error) || (waits(state) && error === 'States.Timeout'),
          `${state.name}: ${error}`,
        ).toBe(true)
  })

  test('has no clock, no chance and no ids of its own', () => {
    expect(text).not.toMatch(/\$(now|millis|random|uuid|fromMillis|toMillis)\b/)
  })

  test('reads only fields of the plan that PlanNext must answer', () => {
    const fields = expressionsIn(text).flatMap((expression) =>
      [...expression.matchAll(/\$plan\.(\w+)/g)].map((match) => match[1] ?? ''),
    )
    expect(fields).toContain('next')
    const required = Object.entries(planOutputSchema.shape)
      .filter(([, schema]) => !schema.safeParse(undefined).success)
      .map(([field]) => field)
    for (const field of new Set(fields)) expect(required).toContain(field)
  })

  test('branches on what comes next alone, each answer once', () => {
    for (const { Choices } of states.filter((state) => state.Type === 'Choice')) {
      const answers = Choices.map(
        ({ Condition }) => /^\{% \$plan\.next = '([a-z-]+)' %\}$/.exec(Condition)?.[1],
      )
      expect(answers).not.toContain(undefined)
      expect(new Set(answers).size).toBe(answers.length)
    }
  })

  test('speaks of the execution by the four fields that the engine and AWS give alike', () => {
    const context = [...text.matchAll(/\$states\.context\.([\w.]+)/g)].map((match) => match[1])
    const allowed = ['State.EnteredTime', 'Execution.Id', 'Execution.StartTime', 'Task.Token']
    expect(context.filter((field) => !allowed.includes(field ?? ''))).toEqual([])
    expect(text).not.toMatch(/\$states\.(?!context|input|result)\w+/)
  })
})

describe('the workflows together', () => {
  test('branch on every answer that PlanNext can give for their kind of case, and on no other', () => {
    const branched = (machine: keyof typeof steps): string[] =>
      Object.entries(steps[machine]).flatMap(([step, hasBranch]) => (hasBranch ? [step] : []))
    const waitsAndLetters = ['letter', 'wait-ministry', 'wait-municipality']
    const answers = {
      'annual-run': ['wait', ...branched('annual-run')],
      'agreement-review': [...waitsAndLetters, ...branched('agreement-review')],
      renegotiation: [...waitsAndLetters, ...branched('renegotiation')],
    }
    for (const { name, states } of definitions) {
      const conditions = states.flatMap(({ Choices }) => Choices.map(({ Condition }) => Condition))
      const expected = [...answers[name], 'renew', 'ended'].map((next) => `{% $plan.next = '${next}' %}`)
      expect(conditions.toSorted(), name).toEqual(expected.toSorted())
    }
  })

  test('call every task, and no task is called by none', () => {
    const called = new Set(definitions.flatMap(({ text }) => placeholdersIn(text)))
    expect([...called].toSorted()).toEqual(Object.keys(tasks).toSorted())
  })

  test('keep a token out of everything but the wait that it belongs to', () => {
    for (const state of definitions.flatMap(({ states }) => states))
      expect(JSON.stringify(state).includes('Task.Token'), state.name).toBe(waits(state))
  })
})

test('a task token may be as long as Step Functions makes one: 2,048 characters', () => {
  const wait = {
    stream: 'RUN#2014',
    attempt: 1,
    entered: '2014-12-01T08:00:00.000Z',
    kind: 'run',
    expects: 'release',
  }
  const accepts = (length: number): boolean =>
    tasks.WaitForRecord.input.safeParse({ ...wait, token: 't'.repeat(length) }).success
  expect([1, 1024, 2048, 2049].map(accepts)).toEqual([true, true, true, false])
})
