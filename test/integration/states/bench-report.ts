/** What one measurement came to. */
export interface Figure {
  readonly count: number
  /** Real time, in milliseconds. */
  readonly ms: number
  /** Processor time of the whole process meanwhile, in milliseconds: it does not grow when others use the machine. */
  readonly cpuMs: number
  /** Memory of the process at its peak, in MB. */
  readonly peakMb: number
}

/** Measures some work; `count` is how many things were done. */
export const measured = async (count: number, work: () => Promise<void>): Promise<Figure> => {
  const [before, start] = [process.cpuUsage(), performance.now()]
  await work()
  const ms = performance.now() - start
  const { user, system } = process.cpuUsage(before)
  return { count, ms, cpuMs: (user + system) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 }
}

/** Hands a figure to the process that asked for it. */
export const report = (figure: Figure): void => {
  process.stdout.write(`${JSON.stringify(figure)}\n`)
}
