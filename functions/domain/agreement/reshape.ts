import { withoutNumber } from '../base/text.ts'
import type { AgreementContent, Target } from './content.ts'
import { apportioned, contentAfterReform, type Succession } from './municipal-reform.ts'

/** What a draft does to an agreement beside its fields: what lapses, what comes in, who takes over from whom. */
export interface Reshape {
  /** Keys of targets, assumptions and actions. */
  readonly lapsed: readonly string[]
  /** A new one begins as a copy of another, which a person then makes its own. */
  readonly added: readonly { readonly key: string; readonly like: string }[]
  readonly reform: { readonly on: string; readonly successions: readonly Succession[] } | null
}

/** Every key of a content: of targets, assumptions and actions. */
export const contentKeys = ({ targets, assumptions, actionPlan }: AgreementContent): readonly string[] =>
  [...targets, ...assumptions, ...(actionPlan?.actions ?? [])].map((one) => one.key)

interface Keyed {
  readonly key: string
}

const reshapedList = <T extends Keyed>(list: readonly T[], { lapsed, added }: Reshape): T[] => [
  ...list.filter((one) => !lapsed.includes(one.key)),
  ...added.flatMap(({ key, like }) => list.filter((one) => one.key === like).map((one) => ({ ...one, key }))),
]

/** The content a person goes on from. An assumption that bore on lapsed targets alone lapses with them. */
export const reshaped = (content: AgreementContent, shape: Reshape): AgreementContent => {
  const { lapsed, added, reform } = shape
  const isAdded = (key: string): boolean => added.some((one) => one.key === key)
  const after = reform === null ? content : contentAfterReform(content, reform.successions, reform.on)
  const { actionPlan } = after
  return {
    ...after,
    // What is measured of a new target is its own: neither a baseline nor figures are taken along.
    targets: reshapedList(after.targets, shape).map((target) =>
      isAdded(target.key) ? { ...target, weight: 0, history: [] } : target,
    ),
    assumptions: reshapedList(after.assumptions, shape)
      .map((one) => ({ ...one, bearsOn: one.bearsOn.filter((key) => !lapsed.includes(key)) }))
      .filter((one) => one.bearsOn.length > 0),
    actionPlan:
      actionPlan === null ? null : { ...actionPlan, actions: reshapedList(actionPlan.actions, shape) },
  }
}

/** The next key of the kind that has never stood for anything (Edge case 52). */
export const nextKey = (used: readonly string[], like: string): string => {
  const kind = withoutNumber(like)
  const numbers = used
    .filter((key) => withoutNumber(key) === kind)
    .map((key) => Number(key.slice(kind.length)))
  return `${kind}${Math.max(0, ...numbers) + 1}`
}

/** The parts of each divided target, of which the parties have agreed; it is then judged again. */
const agreedParts = (target: Target): Target | null => {
  const { awaits: _awaits, ...rest } = target
  if (target.baseline === null) return rest
  const [first, ...others] = target.baseline.byMember ?? []
  return first === undefined ? null : apportioned(target, { byMember: [first, ...others] })
}

export type Apportioned =
  | { readonly ok: true; readonly content: AgreementContent }
  /** The targets of which the parts are not all there, or have no sum. */
  | { readonly ok: false; readonly without: readonly string[] }

/**
 * Divided targets of which the apportionment is agreed.
 * @param keys the targets that a person says so of
 */
export const withApportionment = (content: AgreementContent, keys: readonly string[]): Apportioned => {
  const without: string[] = []
  const targets = content.targets.map((target) => {
    if (target.awaits === undefined || !keys.includes(target.key)) return target
    const agreed = agreedParts(target)
    if (agreed === null) without.push(target.key)
    return agreed ?? target
  })
  return without.length === 0 ? { ok: true, content: { ...content, targets } } : { ok: false, without }
}
