import { createHash } from 'node:crypto'

/** A figure of a generated reply. */
export interface Entered {
  readonly key: string
  /** What must be read. */
  readonly value: string
  /** As this mail writes it. */
  readonly shown: string
}

/** A number from the seed, the same every time. */
export const pick = (seed: number, name: string, below: number): number =>
  createHash('sha256').update(`${seed} ${name}`).digest().readUInt32BE(0) % below
const dots = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+(?!\d))/gu, '.')

/** Keys as people write them. */
export const labels: Readonly<Record<string, readonly string[]>> = {
  'M1 i alt': ['M1 i alt', 'M1 ialt', 'M1 total', 'M1 nævner', 'Mål 1 i alt'],
  'M1 heraf': ['M1 heraf', 'M1 of which', 'M1 tæller', 'Mål 1, heraf'],
  M2: ['M2', 'Mål 2', 'Target 2'],
  FS2: ['FS2', 'Forudsætning 2', 'Assumption 2'],
  'H1 udgift': ['H1 udgift', 'H1 cost', 'Aktivitet 1, udgift'],
}

/** A figure that looks like a year of ours is asked about (MAIL 291): none of these is one. */
const noYear = (count: number): number => (count >= 2010 && count <= 2019 ? count - 100 : count)

/** Some figures, the same for the same seed; never none. */
export const enteredBy = (seed: number): readonly Entered[] => {
  const total = noYear(60 + pick(seed, 'total', 4000))
  const ofWhich = noYear(pick(seed, 'of which', total))
  const tenth = pick(seed, 'tenth', 10)
  const weeks = pick(seed, 'weeks', 80)
  const thousands = 20 + pick(seed, 'thousands', 5000)
  const persons = 10 + pick(seed, 'persons', 900)
  const unit = (all: readonly string[]): string => all[pick(seed, all.join(), all.length)] ?? ''
  const kroner = [
    `${dots(thousands * 1000)} kr.`,
    `kr. ${dots(thousands * 1000)}`,
    `${dots(thousands * 1000)},-`,
    `${thousands * 1000}`,
    `${dots(thousands)} t.kr.`,
  ]
  return [
    {
      key: 'M1 i alt',
      value: String(total),
      shown: `${pick(seed, 'dots', 2) === 0 ? dots(total) : total}${unit(['', ' personer', ' pers.'])}`,
    },
    {
      key: 'M1 heraf',
      value: String(ofWhich),
      shown: `${dots(ofWhich)}${unit(['', ' personer', ' persons'])}`,
    },
    {
      key: 'M2',
      value: tenth === 0 ? String(weeks) : `${weeks}.${tenth}`,
      shown: `${weeks},${tenth}${unit(['', ' uger'])}`,
    },
    { key: 'FS2', value: String(persons), shown: `${persons}${unit(['', ' personer'])}` },
    {
      key: 'H1 udgift',
      value: String(thousands * 1000),
      shown: kroner[pick(seed, 'kroner', kroner.length)] ?? '',
    },
  ].filter(({ key }, at) => at === seed % 5 || pick(seed, `has ${key}`, 4) > 0)
}
