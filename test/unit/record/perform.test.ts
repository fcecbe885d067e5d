import { beforeEach, describe, expect, it } from 'vitest'
import { memoryPorts, type MemoryPorts } from '../../../functions/adapters/memory/ports.ts'
import { accept, refuse, type Actor } from '../../../functions/domain/base/stream.ts'
import { runStream } from '../../../functions/domain/base/stream-id.ts'
import { agreementIdSchema, personIdSchema } from '../../../functions/domain/base/values.ts'
import { makeManifest, openRun } from '../../../functions/domain/year-run/decide.ts'
import type { RunState, RunEvent } from '../../../functions/domain/year-run/state.ts'
import { runCase } from '../../../functions/handlers/streams/cases.ts'
import { loadCase, perform, type Command } from '../../../functions/handlers/record/perform.ts'
import { TooBusy } from '../../../workflows/errors.ts'

const stream = runStream(2014)
const actor: Actor = { by: 'system', name: 'test' }
const agreement = agreementIdSchema.parse('svendborg-rk')
let ports: MemoryPorts

const open: Command<RunState, RunEvent> = {
  id: 'open',
  actor,
  decide: (state) => openRun(state, 2014, '2014-12-01'),
}
const prepare: Command<RunState, RunEvent> = {
  id: 'prepare',
  actor,
  decide: (state, now) =>
    makeManifest(state, { asked: [{ agreement, municipalities: ['479'], targets: 3 }], leftOut: [] }, 1, now),
}
const release: Command<RunState, RunEvent> = {
  id: 'release',
  actor,
  decide: () =>
    accept<RunEvent>({ type: 'Released', v: 1, agreements: [agreement], by: personIdSchema.parse('anders') }),
}

beforeEach(() => {
  ports = memoryPorts('2014-12-01T08:00:00.000Z')
})

describe('a command', () => {
  it('is committed once, however often it is given', async () => {
    expect((await perform(ports, runCase, stream, open)).outcome).toBe('committed')
    expect((await perform(ports, runCase, stream, open)).outcome).toBe('repeated')
    expect(await ports.streams.load(stream)).toHaveLength(1)
  })

  it('does its acts again when it is repeated', async () => {
    await perform(ports, runCase, stream, open)
    await perform(ports, runCase, stream, prepare)
    ports.workflows.issueToken('token')
    await ports.waits.put(stream, { kind: 'old', expects: 'step/prepare', token: 'token' })
    expect((await perform(ports, runCase, stream, prepare)).outcome).toBe('repeated')
    expect(ports.workflows.succeeded).toEqual(['token'])
    expect(await ports.waits.list(stream)).toEqual([])
  })

  it('that is refused, or has nothing to say, writes nothing', async () => {
    const refused = await perform(ports, runCase, stream, { ...open, decide: () => refuse('role', 'no') })
    expect(refused).toMatchObject({ outcome: 'refused', refusal: { kind: 'role' } })
    expect((await perform(ports, runCase, stream, prepare)).outcome).toBe('nothing')
    expect(await ports.streams.load(stream)).toEqual([])
    expect(await ports.listEntries.list('runs')).toEqual([])
  })

  it('decides again on what another wrote meanwhile', async () => {
    await perform(ports, runCase, stream, open)
    const seen: string[] = []
    const late = await perform(ports, runCase, stream, {
      ...release,
      decide: (state, now, loaded) => {
        seen.push(state.status)
        return release.decide(state, now, loaded)
      },
    })
    expect(late.outcome).toBe('committed')
    const streams = {
      ...ports.streams,
      append: async (...[to, commit]: Parameters<typeof ports.streams.append>) => {
        if (commit.commandId === 'again') await perform(ports, runCase, stream, prepare)
        return ports.streams.append(to, commit)
      },
    }
    const again = await perform({ ...ports, streams }, runCase, stream, {
      ...release,
      id: 'again',
      decide: (state, now, loaded) => {
        seen.push(state.status)
        return release.decide(state, now, loaded)
      },
    })
    expect(again.outcome).toBe('committed')
    expect(seen).toEqual(['opened', 'opened', 'prepared'])
    expect((await loadCase(ports, runCase, stream)).seq).toBe(4)
  })

  it('gets through among a flood of writers, one after the other', async () => {
    await perform(ports, runCase, stream, open)
    let others = 20
    const streams = {
      ...ports.streams,
      append: async (...[to, commit]: Parameters<typeof ports.streams.append>) => {
        others -= 1
        return others > 0 ? ({ outcome: 'taken' } as const) : ports.streams.append(to, commit)
      },
    }
    expect((await perform({ ...ports, streams }, runCase, stream, prepare)).outcome).toBe('committed')
  })

  it('gives up after 25 tries, with an error that is retried', async () => {
    await perform(ports, runCase, stream, open)
    let tries = 0
    const streams = {
      ...ports.streams,
      append: async () => {
        tries += 1
        return { outcome: 'taken' as const }
      },
    }
    await expect(perform({ ...ports, streams }, runCase, stream, release)).rejects.toThrow(TooBusy)
    expect(tries).toBe(25)
  })

  it('whose write was answered to nobody is found in the stream', async () => {
    await perform(ports, runCase, stream, open)
    let lost = true
    const streams = {
      ...ports.streams,
      append: async (...[to, commit]: Parameters<typeof ports.streams.append>) => {
        const written = await ports.streams.append(to, commit)
        if (!lost) return written
        lost = false
        return { outcome: 'taken' as const }
      },
    }
    expect((await perform({ ...ports, streams }, runCase, stream, prepare)).outcome).toBe('repeated')
    expect((await loadCase(ports, runCase, stream)).seq).toBe(2)
  })
})

describe('after a commit', () => {
  it('waits for what the record now lacks stay, all others are over', async () => {
    await perform(ports, runCase, stream, open)
    await perform(ports, runCase, stream, prepare)
    for (const token of ['stays', 'goes', 'dead']) ports.workflows.issueToken(token)
    ports.workflows.timeOut('dead')
    await ports.waits.put(stream, {
      kind: 'release',
      expects: 'wait/request-day/2015-01-15T08:00:00.000Z',
      token: 'stays',
    })
    await ports.waits.put(stream, { kind: 'release', expects: 'wait/release/', token: 'goes' })
    await ports.waits.put(stream, { kind: 'release', expects: 'wait/release/', token: 'dead' })
    await perform(ports, runCase, stream, release)
    expect(ports.workflows.succeeded).toEqual(['goes'])
    expect((await ports.waits.list(stream)).map(({ token }) => token)).toEqual(['stays'])
  })

  it('the head says what the stream says', async () => {
    await perform(ports, runCase, stream, open)
    await perform(ports, runCase, stream, prepare)
    const { hash, seq } = await loadCase(ports, runCase, stream)
    expect(await ports.listEntries.list('runs')).toMatchObject([
      { stream, version: seq, hash, summary: { status: 'prepared', asked: 1 } },
    ])
  })

  it("the stream's time never goes back", async () => {
    await perform(ports, runCase, stream, open)
    ports.clock.set('2014-11-30T08:00:00.000Z')
    const { loaded } = await perform(ports, runCase, stream, prepare)
    expect(loaded.at).toBe('2014-12-01T08:00:00.000Z')
  })
})
