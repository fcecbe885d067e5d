import { assess } from '../../functions/domain/judging/rule.ts'
import { randomInput } from '../support/judging/random-agreements.ts'

/**
 * Assessments a second over 100,000 random agreements, in ten parts: flat when the last part costs what the
 * first did. Aim: 20,000 targets a second on one core. Run by `npm run bench:judging`.
 */
const agreements = 100_000
const parts = 10
const aim = 20_000

const rates: number[] = []
let targets = 0
let spentMs = 0
let wallMs = 0
/** Time this process has computed, so that a machine with other work to do measures the same. */
const computedMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const warm = Array.from({ length: 20_000 }, (_, index) => randomInput(agreements + index))
for (const input of warm) assess(input)

for (let part = 0; part < parts; part += 1) {
  const size = agreements / parts
  const inputs = Array.from({ length: size }, (_, index) => randomInput(part * size + index))
  const begun = performance.now()
  const begunMs = computedMs()
  for (const input of inputs) assess(input)
  const ms = computedMs() - begunMs
  wallMs += performance.now() - begun
  const judged = inputs.reduce((all, one) => all + one.targets.length, 0)
  targets += judged
  spentMs += ms
  rates.push((judged / ms) * 1000)
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-GB')
const perSecond = (targets / spentMs) * 1000
const flat = (rates.at(-1) ?? 0) / (rates[0] ?? 1)
console.log(
  `${whole(agreements)} agreements, ${whole(targets)} targets, ${whole(spentMs)} ms of one core (${whole(wallMs)} ms by the clock)`,
)
console.log(`${whole((agreements / spentMs) * 1000)} assessments a second`)
console.log(`${whole(perSecond)} targets a second (aim ${whole(aim)})`)
console.log(`by part: ${rates.map(whole).join(' ')}; last to first ${flat.toFixed(2)}`)
if (perSecond < aim) {
  console.error('below the aim')
  process.exitCode = 1
}
