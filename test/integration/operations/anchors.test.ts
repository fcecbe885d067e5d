import { describe, expect, it } from 'vitest'
import { makeAnchorSigner } from '../../../functions/adapters/signing.ts'
import { makeMimeParser } from '../../../functions/adapters/mime.ts'
import { anchorFileSchema, signedText } from '../../../functions/domain/anchor/anchor-list.ts'
import { reviewStream, runStream } from '../../../functions/domain/base/stream-id.ts'
import { openRun } from '../../../functions/domain/year-run/decide.ts'
import { runCase } from '../../../functions/handlers/streams/cases.ts'
import { makeAnchorRecord, makeMailListOfDay } from '../../../functions/handlers/schedules/anchor-record.ts'
import { makeReconcile } from '../../../functions/handlers/schedules/reconcile.ts'
import { SendUncertain } from '../../../functions/ports/mail.ts'
import { perform } from '../../../functions/handlers/record/perform.ts'
import { makeVerifyRecord, type VerifyPorts } from '../../../functions/handlers/operator/verify-record.ts'
import type { StoredCommit } from '../../../functions/ports/record.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { keepRequests, openReview, receiveFigures, receiveMail } from '../console/review-record.ts'
import { openPorts } from '../../support/world.ts'

const { agreement } = svendborg
const stream = reviewStream(2014, agreement.id)
const night = (on: string) => `${on}T01:00:00.000Z`

/** A review with letters and mails on the record, and its raw files in the archive. */
const world = async () => {
  const memory = await openPorts('2015-02-10T10:00:00.000Z')
  const ports = {
    ...memory,
    signer: makeAnchorSigner(new Map([[1, '5a'.repeat(32)]])),
    rows: { unsealed: async () => [] },
  }
  await openReview(ports, agreement)
  await receiveFigures(ports, agreement)
  await ports.register.addAgreement(agreement.id)
  // What openReview names as the request was never sent; a letter is archived and claimed before it goes.
  const requests = await keepRequests(ports, stream)
  const archive = {
    ...ports.archive,
    get: async (key: string) => requests.files.get(key) ?? ports.archive.get(key),
  }
  const digest: typeof ports.digest = (content) =>
    content === requests.raw ? 'a'.repeat(64) : ports.digest(content)
  return { ...ports, archive, digest }
}
type World = Awaited<ReturnType<typeof world>>

const fault = async (ports: World, tampered: Partial<VerifyPorts>) =>
  (await makeVerifyRecord({ ...ports, ...tampered })({})).faults

/** The streams with commits taken away or changed. */
const tampered = (
  ports: World,
  change: (commits: readonly StoredCommit[]) => readonly StoredCommit[],
): World['streams'] => ({
  ...ports.streams,
  inspect: async (id) => {
    const { commits, faults } = await ports.streams.inspect(id)
    return { commits: change(commits), faults }
  },
})

/** The list entries as they stood at an earlier commit. */
const entriesAt = async (ports: World, seq: number): Promise<World['listEntries']> => {
  const hash = (await ports.streams.load(stream))[seq - 1]?.hash ?? ''
  return {
    ...ports.listEntries,
    list: async (name) =>
      (await ports.listEntries.list(name)).map((entry) => ({ ...entry, version: seq, hash })),
  }
}

/** The archive without a file. */
const without = (ports: World, key: string) => ({
  ...ports.archive,
  get: async (wanted: string) => (wanted === key ? null : ports.archive.get(wanted)),
})

describe('the nightly list', () => {
  it('names every stream with its last commit, signed, in the archive and in the journal', async () => {
    const ports = await world()
    await perform(ports, runCase, runStream(2014), {
      id: 'open',
      actor: { by: 'system', name: 'test' },
      decide: (state) => openRun(state, 2014, '2014-12-01'),
    })
    ports.clock.set(night('2015-02-11'))

    const anchored = await makeAnchorRecord(ports)({})

    expect(anchored).toMatchObject({ anchored: true, key: 'anchors/2015-02-11.json', streams: 2 })
    const bytes = await ports.archive.get('anchors/2015-02-11.json')
    const file = anchorFileSchema.parse(JSON.parse(Buffer.from(bytes ?? []).toString()))
    const commits = await ports.streams.load(stream)
    expect(file.list.streams).toContainEqual({
      stream,
      seq: commits.length,
      hash: commits.at(-1)?.hash,
    })
    expect(file.list.previous).toBeNull()
    expect(ports.signer.verify(signedText(file.list), file.signature)).toBe(true)
    expect(ports.signer.verify(signedText({ ...file.list, streams: [] }), file.signature)).toBe(false)
    expect(ports.mail.sent.map(({ to }) => to)).toEqual([['journal@ministeriet.example']])
    const mail = await makeMimeParser().parse(ports.mail.sent[0]?.raw ?? new Uint8Array())
    expect(mail.subject).toBe('Årshjul: kontrolliste over sagerne den 11. februar 2015')
  })

  it('is made once a day, not when nothing has changed, and after a week in any case', async () => {
    const ports = await world()
    const anchor = async () => {
      const answer = await makeAnchorRecord(ports)({})
      return 'anchored' in answer && answer.anchored
    }
    const made: string[] = []
    for (const on of ['11', '11', '12', '13', '14', '15', '16', '17', '18', '19']) {
      ports.clock.set(night(`2015-02-${on}`))
      if (await anchor()) made.push(on)
    }
    expect(made).toEqual(['11', '11', '18'])
    expect(ports.mail.sent).toHaveLength(2)

    await receiveMail(ports, agreement, { mailKey: 'later', standing: 'repeated' })
    ports.clock.set(night('2015-02-20'))
    await anchor()
    const file = anchorFileSchema.parse(
      JSON.parse(Buffer.from((await ports.archive.get('anchors/2015-02-20.json')) ?? []).toString()),
    )
    const before = await ports.archive.get('anchors/2015-02-18.json')
    expect(file.list.previous).toEqual({ on: '2015-02-18', sha256: ports.digest(before ?? '') })
  })

  it('is mailed by the repetition when the first attempt stopped after archiving it', async () => {
    const ports = await world()
    ports.clock.set(night('2015-02-11'))
    ports.mail.failNext({ error: new Error('the mail system is away'), sentNevertheless: false })
    await expect(makeAnchorRecord(ports)({})).rejects.toThrow('is away')
    ports.clock.set('2015-02-11T02:30:00.000Z')
    await makeAnchorRecord(ports)({})
    expect(ports.mail.sent).toHaveLength(1)
  })
})

describe('a nightly list whose mail may have gone', () => {
  it('is owed to its day until the journal has it, whatever nights come between', async () => {
    const ports = await world()
    const owed = 'schedule/AnchorRecord/2015-02-11'
    const reconcile = () => makeReconcile(ports, { AnchorRecord: makeMailListOfDay(ports) })({ sweep: false })
    ports.clock.set(night('2015-02-11'))
    ports.mail.failNext({ error: new SendUncertain('no answer'), sentNevertheless: false })
    expect(await makeAnchorRecord(ports)({})).toEqual({ left: [owed] })
    await receiveMail(ports, agreement, { mailKey: 'second', standing: 'repeated' })
    ports.clock.set(night('2015-02-12'))
    await makeAnchorRecord(ports)({})

    expect(await reconcile()).toMatchObject({ done: [owed] })

    const subjects = await Promise.all(
      ports.mail.sent.map(async ({ raw }) => (await ports.mime.parse(raw)).subject),
    )
    expect(subjects.map((subject) => /den (\d+)\. februar/.exec(subject)?.[1])).toEqual(['12', '11'])
    expect(await makeVerifyRecord(ports)({})).toMatchObject({ ok: true, lists: 2 })
  })

  it('is none that is made for an earlier day: the next night’s tells all', async () => {
    const ports = await world()
    ports.clock.set(night('2015-02-12'))
    expect(await makeAnchorRecord(ports)({ scheduledAt: '2015-02-11T01:00:00Z' })).toEqual({
      anchored: false,
    })
    await makeMailListOfDay(ports)('2015-02-11')
    expect(await ports.archive.get('anchors/2015-02-11.json')).toBeNull()
    expect(ports.mail.sent).toEqual([])
  })
})

describe('verifying the record', () => {
  const anchoredTwice = async (): Promise<World> => {
    const ports = await world()
    ports.clock.set(night('2015-02-11'))
    await makeAnchorRecord(ports)({})
    await receiveMail(ports, agreement, { mailKey: 'second', standing: 'repeated' })
    ports.clock.set(night('2015-02-12'))
    await makeAnchorRecord(ports)({})
    return ports
  }

  it('finds nothing wrong with a record that is whole', async () => {
    const ports = await anchoredTwice()
    expect(await makeVerifyRecord(ports)({})).toMatchObject({ ok: true, streams: 1, lists: 2, faults: [] })
  })

  it('finds a last commit that was removed', async () => {
    const ports = await anchoredTwice()
    const faults = await fault(ports, { streams: tampered(ports, (commits) => commits.slice(0, -1)) })
    expect(faults).toEqual([
      { kind: 'commit-missing', where: stream, what: 'commit 5, in the list of 2015-02-12, is gone' },
    ])
  })

  it('finds a last commit that was removed before any list knew it, by the head', async () => {
    const ports = await anchoredTwice()
    await receiveMail(ports, agreement, { mailKey: 'third', standing: 'repeated' })
    const faults = await fault(ports, { streams: tampered(ports, (commits) => commits.slice(0, -1)) })
    expect(faults).toMatchObject([
      { kind: 'commit-missing', what: 'its head stands at commit 6, which is gone' },
    ])
  })

  it('finds a stream that was removed, also from the register', async () => {
    const ports = await anchoredTwice()
    const streams = {
      ...tampered(ports, () => []),
      streams: async () => [],
    }
    const faults = await fault(ports, { streams })
    expect(faults).toMatchObject([{ kind: 'stream-missing', where: stream }])
  })

  it('finds a commit that was written anew, chain and all', async () => {
    const ports = await anchoredTwice()
    const streams = tampered(ports, (commits) =>
      commits.map((commit) => (commit.meta.seq === 4 ? { ...commit, hash: 'b'.repeat(64) } : commit)),
    )
    const faults = await fault(ports, { streams })
    expect(faults).toContainEqual({
      kind: 'commit-changed',
      where: stream,
      what: 'commit 4 is not the one in the list of 2015-02-11',
    })
  })

  it('finds a raw mail that was removed', async () => {
    const ports = await anchoredTwice()
    const key = ports.archive.keys().find((one) => one.startsWith('mail/')) ?? ''
    const faults = await fault(ports, { archive: without(ports, key) })
    expect(faults).toContainEqual({
      kind: 'file-missing',
      where: key,
      what: `${stream} names it; the archive has it not`,
    })
  })

  it('finds a list that was removed in between, and one that a stranger signed', async () => {
    const ports = await anchoredTwice()
    const gone = await fault(ports, { archive: without(ports, 'anchors/2015-02-11.json') })
    expect(gone).toMatchObject([
      { kind: 'list', where: '2015-02-11', what: expect.stringContaining('is gone') },
    ])

    const stranger = makeAnchorSigner(new Map([[1, 'a5'.repeat(32)]]))
    const foreign = await fault(ports, { signer: stranger })
    expect(foreign.map(({ where }) => where)).toEqual(['2015-02-12', '2015-02-11'])
  })

  it('finds the newest list removed, and by the archived copy of its mail the commit that it alone had', async () => {
    const ports = await anchoredTwice()
    const faults = await fault(ports, {
      archive: without(ports, 'anchors/2015-02-12.json'),
      streams: tampered(ports, (commits) => commits.slice(0, -1)),
      listEntries: await entriesAt(ports, 4),
    })
    expect(faults).toMatchObject([
      { kind: 'list', where: '2015-02-12', what: expect.stringContaining('mailed to the journal') },
      { kind: 'commit-missing', where: stream, what: 'commit 5, in the list of 2015-02-12, is gone' },
    ])
  })

  it('finds by the journal’s copy alone what was taken away with every row and file that names it', async () => {
    const ports = await anchoredTwice()
    const newest = 'anchors/2015-02-12.json'
    const copy = new TextDecoder().decode((await ports.archive.get(newest)) ?? new Uint8Array())
    const mail = ports.digest('anchor|2015-02-12')
    const taken = {
      ...ports,
      archive: without(ports, newest),
      claims: {
        ...ports.claims,
        find: async (key: string) => (key === mail ? null : ports.claims.find(key)),
      },
      streams: tampered(ports, (commits) => commits.slice(0, -1)),
      listEntries: await entriesAt(ports, 4),
    }
    expect(await makeVerifyRecord(taken)({})).toMatchObject({ ok: true, lists: 1 })
    expect((await makeVerifyRecord(taken)({ journal: [copy] })).faults).toMatchObject([
      { kind: 'list', where: '2015-02-12', what: expect.stringContaining('the journal has the list') },
      { kind: 'commit-missing', where: stream, what: 'commit 5, in the list of 2015-02-12, is gone' },
    ])
    const whole = await makeVerifyRecord(ports)({ journal: [copy] })
    expect(whole).toMatchObject({ ok: true, lists: 2 })
    const foreign = copy.replace(/"seq":\d+/, '"seq":1')
    expect((await makeVerifyRecord(ports)({ journal: [foreign, '{'] })).faults).toMatchObject([
      { kind: 'list', where: '2015-02-12', what: expect.stringContaining('not signed by this installation') },
      { kind: 'list', where: 'journal', what: expect.stringContaining('cannot be read') },
    ])
  })

  it('finds that the newest lists were removed when a week has gone without one', async () => {
    const ports = await anchoredTwice()
    ports.clock.set('2015-02-25T12:00:00.000Z')
    const faults = await fault(ports, {})
    expect(faults).toMatchObject([{ kind: 'list', where: '2015-02-12' }])
  })
})
