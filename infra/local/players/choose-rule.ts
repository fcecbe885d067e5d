import type { SeenLetter } from './read-letter.ts'
import type { PlayerRule, PlayersScript } from './script.ts'

/** A letter with the agreement it is about. */
export interface FiledLetter {
  readonly letter: SeenLetter
  readonly agreement: string | null
}

const fits = (rule: PlayerRule, { letter, agreement }: FiledLetter): boolean =>
  rule.on.some((kind) => kind === letter.kind) &&
  (rule.agreement === undefined || rule.agreement === agreement) &&
  (rule.about === undefined ||
    letter.text.toLowerCase().replaceAll(/\s+/g, ' ').includes(rule.about.toLowerCase()))

/**
 * What a municipality does about a letter: its own first rule that fits, else the first habit. A rule with
 * `times` is used up by earlier letters of the same agreement that it took, so the mailbox alone decides.
 * @param before the earlier letters of the same mailbox, oldest first
 * @returns undefined when nobody would answer
 */
export function chooseRule(
  script: PlayersScript,
  municipality: string,
  before: readonly FiledLetter[],
  filed: FiledLetter,
): PlayerRule | undefined {
  const rules = [...(script.municipalities[municipality]?.rules ?? []), ...script.habits]
  const used = new Map<PlayerRule, number>()
  const take = (one: FiledLetter): PlayerRule | undefined => {
    const rule = rules.find(
      (each) => fits(each, one) && (each.times === undefined || (used.get(each) ?? 0) < each.times),
    )
    if (rule !== undefined) used.set(rule, (used.get(rule) ?? 0) + 1)
    return rule
  }
  for (const earlier of before) if (earlier.agreement === filed.agreement) take(earlier)
  return take(filed)
}
