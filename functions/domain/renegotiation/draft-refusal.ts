import { notRebased } from '../agreement/rider.ts'
import type { AgreementContent, Target, Shortcoming } from '../agreement/content.ts'
import { contentShortcomings } from '../agreement/completeness.ts'
import { fieldAt, ownerName } from '../agreement/fields/content-fields.ts'
import { canonicalJson } from '../judging/canonical.ts'
import { refuse, type Refusal } from '../base/stream.ts'
import { isAfter } from '../base/time.ts'
import { changesTo, proposedContent, valueOf, type ProposalDraft } from './proposal.ts'
import type { RenegotiationState } from './state.ts'
import type { ProposedChange } from './slices/proposal.ts'

const fits = (target: Target, value: string): boolean =>
  target.measure.type === 'milestone'
    ? /^\d{4}-\d{2}-\d{2}$/.test(value)
    : /^-?\d+(\.\d+)?(\/[1-9]\d*)?$/.test(value)

const objectionTo = (
  state: RenegotiationState,
  content: AgreementContent,
  change: ProposedChange,
): string | null => {
  const target = content.targets.find((one) => one.key === change.target)
  if (target === undefined) return `${change.target} is no target of the agreement`
  const current = valueOf(target, change.year)
  const where = `${change.target} for ${change.year}`
  if (current === null) return `${where} has no value to change`
  if (change.year <= state.year) return `${where} belongs to a year that is opened`
  if (current !== change.from) return `${where} is ${current} in the version in force, not ${change.from}`
  if (change.to === change.from) return `${where} is not changed`
  return fits(target, change.to) ? null : `${where}: ${change.to} is no value of the target's measure`
}

/** What is wrong in one place, by the field's own name: `Mål 1, vægt: ...`. */
const placed = (content: AgreementContent, { path, da }: Shortcoming): string => {
  const words = fieldAt(content, path)?.words.da ?? placeWords[path] ?? path
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}: her skal stå ${da}.`
}

const placeWords: Readonly<Record<string, string>> = {
  targets: 'målene',
  actionPlan: 'handlingsplanen',
  dissemination: 'formidlingen',
}

/** A proposal keeps what the agreement is, and every value of a year that is opened. */
const keptRefusal = (
  state: RenegotiationState,
  before: AgreementContent,
  after: AgreementContent,
  draft: ProposalDraft,
): Refusal | null => {
  const identity = ({ id, kind, caseNumber, synthetic, effectiveFrom }: AgreementContent) =>
    canonicalJson({ id, kind, caseNumber, synthetic, effectiveFrom })
  if (identity(before) !== identity(after))
    return refuse('change', 'a rider keeps id, kind, case number and first day of its agreement').refusal
  if (
    draft.content !== undefined &&
    canonicalJson(changesTo(before, after).changes) !== canonicalJson(draft.changes)
  )
    return refuse('change', 'the changed values are not those of the proposed version').refusal
  const opened = (target: Target): string =>
    canonicalJson(target.targets.filter(({ year }) => year <= state.year).toSorted((a, b) => a.year - b.year))
  const none = canonicalJson([])
  for (const target of after.targets) {
    const old = before.targets.find((one) => one.key === target.key)
    if (opened(target) !== (old === undefined ? none : opened(old)))
      return refuse(
        'fields',
        'fields of the draft are to be mended',
        `${ownerName(target.key).da}: målværdier til og med ${state.year} kan ikke ændres, da året er åbnet.`,
      ).refusal
  }
  return null
}

/** Why the draft cannot become a rider; null when it can. */
export const draftRefusal = (state: RenegotiationState, draft: ProposalDraft): Refusal | null => {
  const { content } = state
  if (content === null) return refuse('status', 'no question was raised').refusal
  if (draft.changes.length === 0 && draft.content === undefined)
    return refuse('no-change', 'a proposal changes something').refusal
  const places = draft.changes.map((change) => `${change.target}/${change.year}`)
  if (new Set(places).size < places.length)
    return refuse('twice', 'a value is changed twice in the same proposal').refusal
  for (const change of draft.changes) {
    const objection = objectionTo(state, content, change)
    if (objection !== null) return refuse('change', objection).refusal
  }
  if (!isAfter(draft.effectiveFrom, `${state.year}-12-31`))
    return refuse('opened-year', `${state.year} is opened: the rider takes effect later`).refusal
  if (!isAfter(draft.effectiveFrom, content.effectiveFrom) || isAfter(draft.effectiveFrom, content.expiresOn))
    return refuse('not-in-force', 'the rider takes effect while the agreement is in force').refusal
  const proposed = proposedContent(content, draft)
  const kept = keptRefusal(state, content, proposed, draft)
  if (kept !== null) return kept
  const unbased = notRebased(content, proposed)
  if (unbased !== null)
    return refuse(
      'fields',
      'fields of the draft are to be mended',
      `${ownerName(unbased).da}: opgøres på en anden måde end hidtil. Skriv en ny basismåling.`,
    ).refusal
  const shortcomings = contentShortcomings(proposed)
  return shortcomings.length === 0
    ? null
    : refuse(
        'fields',
        'fields of the draft are to be mended',
        shortcomings.map((one) => placed(proposed, one)).join(' '),
      ).refusal
}
