import { readFileIfThere, writeFileAtomically } from './atomic-file.ts'
import type { ClockSource } from './clock-source.ts'
import type { Invoke } from './functions-runtime.ts'
import type { LoadedSet } from './sample/read-set.ts'
import { atCopenhagen } from '../../functions/domain/base/time.ts'
import * as z from 'zod'

/** What the engineer at the ministry does by hand in the year: agreements and observations as they come. */
interface Errand {
  readonly id: string
  readonly atMs: number
  readonly functionName: string
  readonly input: unknown
}

const atMs = (date: string, time: string): number => Date.parse(atCopenhagen(date, time))

/** Agreements are imported at 8.00 on their day, observations recorded at 8.30, both before the mails go at 9.00. */
export function errandsOf(loaded: LoadedSet): readonly Errand[] {
  const byId = new Map<string, unknown>(loaded.agreements.map(({ file }) => [file.agreement.id, file]))
  const { people, ministry, mainMailboxes } = loaded
  const directory = { people, ministry, frames: loaded.set.frame, mainMailboxes }
  const imports = loaded.set.imports.map(({ on, agreements }, index) => ({
    id: `import/${on}`,
    atMs: atMs(on, '08:00'),
    functionName: 'ImportAgreements',
    input: { files: agreements.map((id) => byId.get(id)), ...(index === 0 ? { directory } : {}) },
  }))
  const observations = loaded.set.observations.map((observation) => ({
    id: `observe/${observation.id}`,
    atMs: atMs(observation.knownOn, '08:30'),
    functionName: 'RecordObservations',
    input: observation,
  }))
  return [...imports, ...observations].sort((a, b) => a.atMs - b.atMs)
}

/** An engineer who is told that a service did not answer gives the command once more. */
const mostTries = 10
const again = async (give: () => Promise<unknown>, tries = 1): Promise<void> => {
  try {
    await give()
  } catch (error) {
    if (tries >= mostTries || !(error instanceof Error && error.name === 'ServiceFault')) throw error
    await again(give, tries + 1)
  }
}

/** Does the set's errands on the clock, each once; what a kill cut short is done again and changes nothing twice. */
export function openOperator(options: {
  errands: readonly Errand[]
  file: string
  clock: {
    now(): number
    hold(reason: string): () => void
    changed(): void
    attach(source: ClockSource): () => void
  }
  invoke: Invoke
  onTrouble: (errand: string, error: unknown) => void
}): { dueNow(): Promise<void> } {
  const { clock } = options
  const done = new Set(z.array(z.string()).parse(JSON.parse(readFileIfThere(options.file) ?? '[]')))
  const running = new Set<string>()
  const left = () => options.errands.filter((errand) => !done.has(errand.id) && !running.has(errand.id))

  const run = async (errand: Errand): Promise<void> => {
    running.add(errand.id)
    const release = clock.hold(`errand ${errand.id}`)
    try {
      await again(() => options.invoke(errand.functionName, errand.input, 'command'))
      done.add(errand.id)
      writeFileAtomically(options.file, JSON.stringify([...done]))
    } catch (error) {
      options.onTrouble(errand.id, error)
      throw error
    } finally {
      running.delete(errand.id)
      release()
      clock.changed()
    }
  }

  const due = (): readonly Errand[] => left().filter((errand) => errand.atMs <= clock.now())
  clock.attach({
    name: 'operator',
    nextDue: () => left()[0]?.atMs,
    fireDue: () => {
      for (const errand of due()) run(errand).catch(() => undefined)
    },
  })
  return {
    dueNow: async () => {
      for (const errand of due()) await run(errand)
    },
  }
}
