import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AgreementFile } from '../../../functions/domain/agreement/content.ts'
import { expectation } from '../../../functions/domain/casefile/plan.ts'
import type { ReviewCommand } from '../../../functions/domain/review/commands.ts'
import type { ReviewState } from '../../../functions/domain/review/state.ts'
import { reviewStream, runStream, type StreamId } from '../../../functions/domain/base/stream-id.ts'
import { agreementIdSchema } from '../../../functions/domain/base/values.ts'
import { reviewCase, runCase } from '../../../functions/handlers/streams/cases.ts'
import { makeImportAgreements } from '../../../functions/handlers/operator/import-agreements.ts'
import { makeStartYear } from '../../../functions/handlers/schedules/start-year.ts'
import { makeTakeInMail } from '../../../functions/handlers/intake/take-in-mail.ts'
import type { Workflows } from '../../../functions/ports/record.ts'
import { LocalClock } from '../../../infra/local/clock.ts'
import { openEngine } from '../../../infra/local/states/engine.ts'
import { stateMachines, tasks, type TaskName } from '../../../workflows/tasks.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { anders, directory, sofie, vibeke } from '../../support/ministry.ts'
import { on, outside, worldOf, type WorldPorts } from '../../support/world.ts'
import { makePlanNext } from '../../../functions/handlers/tasks/plan-next.ts'
import { makeRenewExecution } from '../../../functions/handlers/tasks/renew-execution.ts'
import { makeSendLetter } from '../../../functions/handlers/tasks/send-letter.ts'
import { makeWaitForRecord } from '../../../functions/handlers/tasks/wait-for-record.ts'
import { makeCompileReport } from '../../../functions/handlers/tasks/compile-report.ts'
import { makeFreezeReport } from '../../../functions/handlers/tasks/freeze-report.ts'
import { makeAttachRun } from '../../../functions/handlers/tasks/attach-run.ts'
import { makePrepareRun } from '../../../functions/handlers/tasks/prepare-run.ts'
import { makeSendFactChecks } from '../../../functions/handlers/tasks/send-fact-checks.ts'
import { makeStartReviews } from '../../../functions/handlers/tasks/start-reviews.ts'
import { makeAssessFinally } from '../../../functions/handlers/tasks/assess-finally.ts'
import { makeCloseReview } from '../../../functions/handlers/tasks/close-review.ts'
import { makeDraftAssessment } from '../../../functions/handlers/tasks/draft-assessment.ts'
import { makeOpenReview } from '../../../functions/handlers/tasks/open-review.ts'
import { makeAttachRenegotiation } from '../../../functions/handlers/tasks/attach-renegotiation.ts'
import { makeEnactRider } from '../../../functions/handlers/tasks/enact-rider.ts'
import { makeLapseProposal } from '../../../functions/handlers/tasks/lapse-proposal.ts'
import { makeSettleRenegotiation } from '../../../functions/handlers/tasks/settle-renegotiation.ts'

export const agreement = agreementIdSchema.parse('svendborg-rk')
export const review = reviewStream(2014, agreement)
export const run = runStream(2014)

/** Where an invocation may be held: before the function, after its token is stored, after it has answered. */
export type Place = 'before' | 'token-stored' | 'answered'
interface Gate {
  readonly task: TaskName
  readonly stream: StreamId
  readonly place: Place
  readonly reached: () => void
  readonly opened: Promise<void>
}

const source = (machine: string): string =>
  readFileSync(new URL(`../../../workflows/${machine}.asl.json`, import.meta.url), 'utf8')

export type YearWorld = Awaited<ReturnType<typeof openYearWorld>>

/**
 * The year of one agreement: the deployed definitions in the embedded engine on a file, the real handlers over
 * ports in memory, one clock moved by the test. Any invocation can be held at a named place.
 * @param over ports in place of those in memory
 */
export const openYearWorld = async (over: Partial<WorldPorts> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'aarshjul-waits-'))
  const clock = new LocalClock({ mode: 'manual', startMs: Date.parse(on('2014-12-01', '08:00')) })
  const faults: unknown[] = []
  let gates: readonly Gate[] = []

  const pass = async (task: string, stream: StreamId, place: Place): Promise<void> => {
    const gate = gates.find((one) => one.task === task && one.stream === stream && one.place === place)
    if (gate === undefined) return
    gates = gates.filter((one) => one !== gate)
    gate.reached()
    await gate.opened
  }

  /** Holds the next such invocation there: wait until it is reached, then let it go on. */
  const hold = (task: TaskName, stream: StreamId, place: Place) => {
    const { promise: reached, resolve: tell } = Promise.withResolvers<void>()
    const { promise: opened, resolve: letGo } = Promise.withResolvers<void>()
    gates = [...gates, { task, stream, place, reached: tell, opened }]
    return { reached, letGo }
  }

  const memory = { ...outside(clock.nowIso()), ...over }
  await memory.directory.write(directory)
  const workflows: Workflows = {
    start: async (machine, name, input) => {
      try {
        await engine.startExecution({
          stateMachineArn: `arn:aws:states:us-east-1:111111111111:stateMachine:${machine}`,
          name,
          input: JSON.stringify(input),
        })
        return 'started'
      } catch (error) {
        if (error instanceof Error && error.name === 'ExecutionAlreadyExists') return 'exists'
        throw error
      }
    },
    succeed: async (token) => {
      try {
        await engine.sendTaskSuccess({ taskToken: token, output: '{}' })
        return 'sent'
      } catch (error) {
        if (
          error instanceof Error &&
          ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'].includes(error.name)
        )
          return 'over'
        throw error
      }
    },
  }
  const ports = {
    ...memory,
    clock: { now: () => clock.nowIso() },
    workflows,
    waits: {
      ...memory.waits,
      put: async (...[stream, wait]: Parameters<typeof memory.waits.put>) => {
        await memory.waits.put(stream, wait)
        await pass('WaitForRecord', stream, 'token-stored')
      },
    },
  }
  const handlers: Partial<Record<TaskName, (input: never) => Promise<unknown>>> = {
    PlanNext: makePlanNext(ports),
    WaitForRecord: makeWaitForRecord(ports),
    SendLetter: makeSendLetter(ports),
    RenewExecution: makeRenewExecution(ports),
    OpenReview: makeOpenReview(ports),
    DraftAssessment: makeDraftAssessment(ports),
    AssessFinally: makeAssessFinally(ports),
    CloseReview: makeCloseReview(ports),
    AttachRenegotiation: makeAttachRenegotiation(ports),
    LapseProposal: makeLapseProposal(ports),
    EnactRider: makeEnactRider(ports),
    SettleRenegotiation: makeSettleRenegotiation(ports),
    AttachRun: makeAttachRun(ports),
    PrepareRun: makePrepareRun(ports),
    StartReviews: makeStartReviews(ports),
    CompileReport: makeCompileReport(ports),
    SendFactChecks: makeSendFactChecks(ports),
    FreezeReport: makeFreezeReport(ports),
  }
  const isTask = (name: string): name is TaskName => Object.hasOwn(tasks, name)
  const invoke = async (name: string, payload: unknown): Promise<unknown> => {
    const handler = isTask(name) ? handlers[name] : undefined
    if (!isTask(name) || handler === undefined) throw new Error(`no function ${name}`)
    const input = tasks[name].input.parse(JSON.parse(JSON.stringify(payload)))
    await pass(name, input.stream, 'before')
    const output = tasks[name].output.parse(await handler(input as never))
    await pass(name, input.stream, 'answered')
    return JSON.parse(JSON.stringify(output))
  }
  const engine = openEngine({
    file: join(folder, 'states.db'),
    seed: 'waits',
    clock,
    integrations: { lambda: invoke },
    onStatusChange: ({ status, error, cause }) => {
      if (status !== 'RUNNING' && status !== 'SUCCEEDED')
        faults.push(`${status} ${error ?? ''} ${cause ?? ''}`)
    },
    onFault: (fault) => {
      faults.push(fault)
    },
  })
  clock.attach({ name: 'workflows', nextDue: () => engine.nextDue(), fireDue: () => engine.fireDue() })
  for (const name of stateMachines)
    engine.putStateMachine({
      name,
      definition: source(name),
      definitionSubstitutions: Object.fromEntries(Object.keys(tasks).map((task) => [task, task])),
    })

  const common = worldOf(ports)
  const state = (): Promise<ReviewState> => common.state(review)
  const { runState } = common

  const idle = async (): Promise<void> => {
    for (let turns = 0; turns < 5; turns += 1) {
      while (clock.ledger().length > 0) await new Promise((resolve) => setImmediate(resolve))
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  const world = {
    clock,
    ports,
    faults,
    hold,
    state,
    runState,
    /** Delivers every mail sent so far; `quiet` does so by itself unless told to wait. */
    deliverAll: common.deliver,
    /** Waits until nothing is in hand, and delivers what was sent. */
    quiet: async (options: { readonly deliver?: boolean } = {}): Promise<void> => {
      await idle()
      while (options.deliver !== false && common.isAnyUndelivered()) {
        await world.deliverAll()
        await idle()
      }
      if (faults.length > 0) throw new Error(`the engine failed: ${faults.map(String).join('; ')}`)
    },
    /** Moves the clock to an instant, doing what is due on the way. */
    until: async (instant: string, options: { readonly deliver?: boolean } = {}): Promise<void> => {
      for (;;) {
        await world.quiet(options)
        const next = clock.nextDue()
        if (next === undefined || next.dueMs > Date.parse(instant)) break
        await clock.moveToNext()
      }
      await clock.moveTo(instant)
      await world.quiet(options)
    },
    /** Waits whose task is still waiting, as the record has them. */
    waits: async (stream: StreamId): Promise<readonly { kind: string; expects: string; token: string }[]> =>
      memory.waits.list(stream),
    /** The plan of now, as text. */
    expected: async (stream: StreamId): Promise<string> => {
      const now = clock.nowIso()
      const plan =
        stream === review
          ? await reviewCase.plan(await state(), now, ports)
          : await runCase.plan(await runState(), now, ports)
      return plan === null ? '' : expectation(plan)
    },
    /** A person's decision in the console. */
    decide: (command: ReviewCommand, by: 'sofie' | 'anders' | 'vibeke' = 'sofie'): Promise<void> =>
      common.decide(review, command, { sofie, anders, vibeke }[by]),
    decideRun: common.decideRun,
    /** The contact answers a letter by mail; read, checked and taken in as on AWS. */
    reply: async (text: string, options: { readonly from?: string } = {}): Promise<void> => {
      const from = options.from ?? 'mette.proeve@svendborg-kommune.example'
      const letter = memory.mail.sent.findLast((mail) => mail.to.length > 0)
      if (letter === undefined) throw new Error('nothing was sent that could be answered')
      const parsed = await ports.mime.parse(letter.raw)
      const key = `landed-${clock.nowIso()}-${text.length}`
      const raw = [
        `From: <${from}>`,
        `To: <${letter.from}>`,
        `Subject: SV: ${parsed.subject.replaceAll(/[^\x20-\x7e]/g, '?')}`,
        `Message-ID: <${key}@svendborg-kommune.example>`,
        `In-Reply-To: ${letter.messageId}`,
        `Date: ${new Date(clock.now()).toUTCString()}`,
        'Content-Type: text/plain; charset=utf-8',
        '',
        text,
        '',
      ].join('\r\n')
      memory.landing.land(key, new TextEncoder().encode(raw))
      await makeTakeInMail(ports)(common.received(key, { source: from, recipients: [letter.from] }))
    },
    /** A mail as it is on the wire, to an address of ours. @returns the key it landed under */
    receive: async (raw: Uint8Array, from: string, recipient: string): Promise<string> => {
      const key = `landed-${clock.nowIso()}-${ports.digest(raw).slice(0, 8)}`
      memory.landing.land(key, raw)
      await makeTakeInMail(ports)(common.received(key, { source: from, recipients: [recipient] }))
      return key
    },
    /** Where the embedded engine keeps executions and their histories. */
    executions: join(folder, 'states.db'),
    /** Answers a token without any change of the record: a wake-up that means nothing. */
    wake: async (stream: StreamId): Promise<void> => {
      for (const wait of await memory.waits.list(stream)) await workflows.succeed(wait.token)
    },
    letters: async (): Promise<readonly string[]> =>
      (await state()).letters
        .filter((letter) => !/receipt|confirmation/.test(letter.order.kind))
        .map((letter) => `${letter.order.kind}@${letter.datedOn}`),
    close: async (): Promise<void> => {
      await engine.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return {
    ...world,
    /** The run opened on 1 December, prepared; it waits for release. */
    begin: async (file: AgreementFile = svendborg): Promise<void> => {
      engine.start()
      await makeImportAgreements(ports)({ files: [file] })
      await makeStartYear(ports)({ year: 2014 })
      await world.quiet()
    },
  }
}

/** All of Svendborg's figures, as a contact writes them. */
export const allFigures = [
  'M1 i alt: 134',
  'M1 heraf: 61',
  'M2: 24,5',
  'M3: ja, 14. november 2014',
  'FS2: 62',
  'H1 udgift: 400000',
  'Formidling: http://erfaringsbasen.example/svendborg',
].join('\r\n')
