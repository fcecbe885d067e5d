import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openLambda } from '../../../infra/local/aws/lambda.ts'
import { LocalClock } from '../../../infra/local/clock.ts'
import { controlPages } from '../../../infra/local/control.ts'
import { openDataFolder } from '../../../infra/local/data-folder.ts'
import { makeFunctionsRuntime } from '../../../infra/local/functions-runtime.ts'
import { openEngine } from '../../../infra/local/states/engine.ts'
import { makeWebServer } from '../../../infra/local/web-server.ts'
import { parseCommandLine } from '../../../infra/cli/parse-command.ts'
import { runCommand } from '../../../infra/cli/run-command.ts'
import { CommandFailed } from '../../../infra/cli/usage.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

/** A running system as the command line sees it: addresses, Lambda, workflows, the clock's control. */
async function system(functions: Readonly<Record<string, string>> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'cli-'))
  closers.push(() => rmSync(root, { recursive: true, force: true }))
  const code = mkdtempSync(join(tmpdir(), 'cli-functions-'))
  closers.push(() => rmSync(code, { recursive: true, force: true }))
  for (const [name, body] of Object.entries(functions))
    writeFileSync(join(code, `${name}.ts`), `export const handler = async (event) => { ${body} }`)
  const folder = openDataFolder({ folder: join(root, 'year'), set: 'test', year: 2014 })
  const clock = new LocalClock({ mode: 'manual', startMs: Date.parse('2015-01-15T08:00:00.000Z') })
  const { invoke } = makeFunctionsRuntime({ folder: code, clock })
  const lambda = await openLambda({ port: 0, prefix: 'aarshjul-local-', invoke })
  const engine = openEngine({
    file: folder.file('states.db'),
    clock,
    region: 'eu-west-1',
    account: '111111111111',
    seed: 'test',
    integrations: { lambda: (name, payload) => invoke(name.replace(/^.*aarshjul-local-/, ''), payload) },
    onStatusChange: () => Promise.resolve(),
    onFault: () => undefined,
  })
  clock.attach({ name: 'workflows', nextDue: () => engine.nextDue(), fireDue: () => engine.fireDue() })
  engine.putStateMachine({
    name: 'aarshjul-local-annual-run',
    definition: JSON.stringify({
      QueryLanguage: 'JSONata',
      StartAt: 'Look around',
      States: {
        'Look around': { Type: 'Pass', Next: 'Wait a day' },
        'Wait a day': { Type: 'Wait', Seconds: 86_400, Next: 'Done' },
        Done: { Type: 'Succeed' },
      },
    }),
    definitionSubstitutions: {},
  })
  engine.start()
  const wire = await engine.listen(0)
  const web = makeWebServer({ functionName: 'console', invoke, clock })
  web.mount('/local', controlPages({ base: '/local', clock }).fetch, { holds: false })
  const consoleUrl = await web.open({ port: 0, option: '--port' })
  folder.writeAddresses({
    console: consoleUrl,
    AWS_ENDPOINT_URL_LAMBDA: lambda.url,
    AWS_ENDPOINT_URL_SFN: wire.url,
  })
  closers.push(
    () => folder.close(),
    () => lambda.close(),
    () => engine.close(),
    () => web.close(),
    () => clock.stop(),
  )
  return { folder, clock, engine, lambda, consoleUrl, data: folder.path }
}

async function run(data: string, ...argv: readonly string[]) {
  const printed: string[] = []
  const complained: string[] = []
  const code = await runCommand(parseCommandLine([...argv, '--data', data]), {
    print: (line) => printed.push(line),
    complain: (line) => complained.push(line),
  })
  return { code, printed, complained }
}

describe('the command line and a running system', () => {
  it('calls functions through Lambda, with what was asked', async () => {
    const { data } = await system({
      'start-year': 'return { year: event.year, started: true }',
      'resume-case': `return event.stream === 'REVIEW#2014#svendborg-rk'
        ? { resumed: true, attempt: 2, execution: 'review-2014-svendborg-rk-a2' }
        : { resumed: false, reason: 'there is no such case' }`,
    })
    expect(await run(data, 'run', 'start', '--year', '2014')).toMatchObject({
      code: 0,
      printed: ['The run for 2014 is opened.'],
    })
    expect(await run(data, 'review', 'resume', 'svendborg-rk', '--year', '2014')).toMatchObject({
      code: 0,
      printed: ['REVIEW#2014#svendborg-rk goes on with attempt 2, review-2014-svendborg-rk-a2'],
    })
    await expect(run(data, 'run', 'resume', '--year', '2030')).rejects.toThrow('there is no such case')
  })

  it('sends the agreements of a folder and the ministry’s people in one call', async () => {
    const { data } = await system({
      'import-agreements': `return {
        imported: event.files.map((file) => file.agreement.id).slice(1),
        refused: [{ agreement: event.files[0].agreement.id, reason: String(event.directory.people.length) + ' people' }],
      }`,
    })
    const set = join(import.meta.dirname, '../../../infra/local/sample/set')
    const { code, printed, complained } = await run(data, 'agreement', 'import', set)
    expect(code).toBe(1)
    expect(printed).toContain('svendborg-rk: imported')
    expect(complained).toEqual([expect.stringMatching(/refused, 8 people$/)])
  })

  it('records the observations of a set’s file', async () => {
    const { data } = await system({
      'record-observations': 'return { recorded: event.values.length, raised: [], joined: [], errors: [] }',
    })
    const set = join(import.meta.dirname, '../../../infra/local/sample/set/set.json')
    const { code, printed } = await run(data, 'observe', set)
    expect(code).toBe(0)
    expect(printed[0]).toMatch(/^kommunekvoter-2015: \d+ recorded, 0 questions raised, 0 joined$/)
    expect((await run(data, 'observe', '/nowhere.json')).code).toBe(1)
  })

  it('tells what was verified, and each time what no check finds without the archive’s lock and the journal’s copy', async () => {
    const { data } = await system({
      'verify-record': `return { ok: true, streams: 2, commits: 9, files: 3, lists: event.journal?.length ?? 0,
        judged: 4, erased: 1, faults: [] }`,
    })
    const copy = join(data, 'kontrolliste.json')
    writeFileSync(copy, '{}')
    const { code, printed, complained } = await run(data, 'verify', '--journal', copy)
    expect([code, complained]).toEqual([0, []])
    expect(printed[0]).toBe(
      'All is whole: 2 streams, 9 commits, 3 files, 1 nightly lists, 4 assessments judged again, 1 files erased by two persons.',
    )
    const told = printed.slice(1).join(' ')
    for (const words of [
      'What no check finds alone',
      "The archive's lock",
      "the journal's copy",
      '--journal FILE',
    ])
      expect(told).toContain(words)
    await expect(run(data, 'verify', '--journal', join(data, 'nowhere.json'))).rejects.toThrow(
      'cannot be read',
    )
  })

  it('names every fault that verifying finds, and ends with 1', async () => {
    const { data } = await system({
      'verify-record': `return { ok: false, streams: 2, commits: 9, files: 3, lists: 4,
        faults: [{ kind: 'commit-missing', where: 'RUN#2014', what: 'commit 3 is gone' },
          { kind: 'file-missing', where: 'mail/a', what: 'the raw mail is gone' }] }`,
    })
    expect(await run(data, 'verify')).toEqual({
      code: 1,
      printed: [],
      complained: [
        'commit-missing: RUN#2014: commit 3 is gone',
        'file-missing: mail/a: the raw mail is gone',
        '2 faults in 2 streams, 9 commits, 3 files, 4 nightly lists.',
      ],
    })
  })

  it('tells mail by mail what is read otherwise now, page by page, and what was asked', async () => {
    const mail = (outcome: string, more = '') => `{
      stream: 'REVIEW#2014#svendborg-rk', mailKey: 'a'.repeat(64), rawSha256: 'b'.repeat(64),
      receivedAt: '2015-02-24T13:08:00.000Z', party: '479', contact: 'svendborg-mette', outcome: '${outcome}',
      because: '', before: { standing: 'counts', reason: '', reader: 'l1' },
      after: { standing: 'counts', reason: '', reader: 'l2' }, changes: [], same: ['M2'], doubtsAdded: [],
      doubtsGone: [], others: [], tells: false, ${more} }`
    const { data } = await system({
      'replay-mail': `
        if (event.mail === '${'0'.repeat(12)}') return { reader: 'l2', mails: [], next: null }
        if (event.mail === '${'1'.repeat(12)}') return { reader: 'l2', mails: [${mail('lost')}], next: null }
        return event.after === null
          ? { reader: 'l2', mails: [${mail('same')}], next: 'REVIEW#2014#svendborg-rk' }
          : { reader: 'l2', next: null, mails: [${mail(
            'would-change',
            `tells: true, doubtsGone: ['M1 heraf hedged'],
             changes: [{ key: 'M1 heraf', is: 'changed', before: '16', after: '61' },
                       { key: 'M3', is: 'gone', before: 'yes 2014-11-14', after: null }]`,
          )}] }`,
    })
    const head = (word: string) =>
      `REVIEW#2014#svendborg-rk  mail ${'a'.repeat(12)}  sha256 ${'b'.repeat(12)}  2015-02-24T13:08:00.000Z  from svendborg-mette  ${word}`
    expect(await run(data, 'mail', 'replay')).toEqual({
      code: 0,
      printed: [
        head('the same, 1 answer'),
        head('would change, read by l1 before'),
        '  M1 heraf  changed  16 -> 61',
        '  M3        gone     yes 2014-11-14',
        '  the same: M2',
        '  asked no more: M1 heraf hedged',
        '  the municipality gets a receipt of it again',
        '2 mails read again by reader l2: 1 the same, 1 would change. Nothing was written; --apply enters it.',
      ],
      complained: [],
    })
    const { printed } = await run(data, 'mail', 'replay', '--json', '--apply', '--by', 'drift')
    expect(printed).toHaveLength(1)
    expect(JSON.parse(printed[0]!)).toMatchObject({
      reader: 'l2',
      applied: true,
      mails: [{ outcome: 'same' }, { outcome: 'would-change' }],
    })
    await expect(run(data, 'mail', 'replay', '--mail', '0'.repeat(12))).rejects.toThrow(
      `No stored mail has the key or the SHA-256 ${'0'.repeat(12)}.`,
    )
    expect(await run(data, 'mail', 'replay', '--mail', '1'.repeat(12))).toMatchObject({
      code: 1,
      complained: [`mail ${'a'.repeat(64)}: lost`],
    })
  })

  it('tells plainly that a function failed, is missing, or that nothing runs or answers', async () => {
    const { data, lambda } = await system({ reconcile: "throw new TypeError('the table is away')" })
    await expect(run(data, 'reconcile')).rejects.toThrow('reconcile failed: TypeError: the table is away')
    await expect(run(data, 'verify')).rejects.toThrow('There is no function aarshjul-local-verify-record.')
    await lambda.close()
    closers.splice(3, 1)
    await expect(run(data, 'verify')).rejects.toThrow('The system does not answer')
    const nowhere = mkdtempSync(join(tmpdir(), 'cli-nothing-'))
    await expect(run(nowhere, 'verify')).rejects.toThrow(CommandFailed)
    await expect(run(nowhere, 'verify')).rejects.toThrow('Nothing runs on the data folder')
  })

  it('shows the clock and moves it, never back', async () => {
    const { data, clock, engine } = await system()
    await engine.startExecution({
      stateMachineArn: 'arn:aws:states:eu-west-1:111111111111:stateMachine:aarshjul-local-annual-run',
      name: 'run-2014-a1',
      input: '{}',
    })
    const shown = await run(data, 'clock')
    expect(shown.printed[0]).toBe('now      2015-01-15T08:00:00.000Z (2015-01-15 09:00 in Copenhagen)')
    expect(shown.printed[2]).toContain('2015-01-16T08:00:00.000Z')

    expect((await run(data, 'clock', '--next')).code).toBe(0)
    expect(clock.nowIso()).toBe('2015-01-16T08:00:00.000Z')
    expect((await run(data, 'clock', '--to', '2015-02-01')).code).toBe(0)
    expect(clock.nowIso()).toBe('2015-01-31T23:00:00.000Z')
    await expect(run(data, 'clock', '--to', '2015-01-01')).rejects.toThrow('does not go back')

    const history = await run(data, 'execution', 'run-2014-a1')
    expect(history.printed[0]).toContain('run-2014-a1  SUCCEEDED')
    const text = history.printed.join('\n')
    expect(text).toMatch(/\+ Look around +\w+ +succeeded\n.*-> Wait a day\n\+ Wait a day +Wait +succeeded/)
    expect(text).toMatch(/WaitStateEntered +Wait a day\n.*WaitStateExited +Wait a day\n.*Done/)
    await expect(run(data, 'execution', 'run-2015-a1')).rejects.toThrow('There is no execution run-2015-a1.')
    await expect(run(data, 'execution', 'nonsense')).rejects.toThrow("is no execution's name")
  })

  it('lets no browser move the clock or call a function', async () => {
    const { consoleUrl, lambda, clock } = await system({ reconcile: 'return {}' })
    const headers = { origin: 'https://elsewhere.example', 'content-type': 'application/json' }
    const moved = await fetch(`${consoleUrl}/local/clock`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ to: '2015-02-01T00:00:00.000Z' }),
    })
    const called = await fetch(`${lambda.url}/2015-03-31/functions/aarshjul-local-reconcile/invocations`, {
      method: 'POST',
      headers,
      body: '{}',
    })
    expect([moved.status, called.status]).toEqual([403, 403])
    expect(clock.nowIso()).toBe('2015-01-15T08:00:00.000Z')
  })

  it('refuses what the local Lambda endpoint does not speak', async () => {
    const { lambda } = await system({ reconcile: 'return {}' })
    const at = (path: string, headers: Record<string, string> = {}) =>
      fetch(`${lambda.url}${path}`, { method: 'POST', headers, body: '{}' }).then(({ status }) => status)
    const invocations = '/2015-03-31/functions/aarshjul-local-reconcile/invocations'
    expect(await at(invocations)).toBe(200)
    expect(await at(invocations, { 'x-amz-invocation-type': 'Event' })).toBe(400)
    expect(await at('/2015-03-31/functions/other-reconcile/invocations')).toBe(404)
    expect(await at('/2015-03-31/functions/aarshjul-local-..%2Fsecret/invocations')).toBe(404)
    expect(await at('/2015-03-31/functions')).toBe(404)
  })
})
