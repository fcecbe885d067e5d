import type { Actor } from '../../domain/base/stream.ts'
import { runStream } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import { openRun } from '../../domain/year-run/decide.ts'
import { runCase } from '../streams/cases.ts'
import { perform, type RecordPorts, startAttempt } from '../record/perform.ts'

const actor: Actor = { by: 'system', name: 'StartYear' }

/**
 * Starts the run for a results' year. Two starts are harmless: the run's stream opens once, and its execution's
 * name is the same.
 */
export const makeStartYear =
  (ports: RecordPorts) =>
  async (input: { readonly year: number }): Promise<{ year: number; started: boolean }> => {
    const stream = runStream(input.year)
    await ports.register.addRun(input.year)
    const performed = await perform(ports, runCase, stream, {
      id: `open-run/${input.year}`,
      actor,
      decide: (state, now) => openRun(state, input.year, todayInCopenhagen(now)),
    })
    if (performed.loaded.state.status !== 'frozen') await startAttempt(ports, stream, 1)
    return { year: input.year, started: performed.outcome === 'committed' }
  }
