import * as z from 'zod'
import {
  actionKeySchema,
  assumptionKeySchema,
  targetKeySchema,
  type AgreementContent,
} from '../agreement/content.ts'
import { contentFields, contentWithTyped, type FieldProblem } from '../agreement/fields/content-fields.ts'
import { contentKeys, nextKey, reshaped, withApportionment } from '../agreement/reshape.ts'
import { municipalityCodeSchema } from '../base/values.ts'
import { municipalities } from '../directory/municipalities.ts'
import { counterContent } from './counter.ts'
import { contentWith, proposedContent, suggestedChanges } from './proposal.ts'
import type { RenegotiationState } from './state.ts'

const keys = z.array(z.union([targetKeySchema, assumptionKeySchema, actionKeySchema])).max(40)

const codesOfToday = new Set(municipalities.map(({ code }) => code))
const successors = z
  .array(
    municipalityCodeSchema.refine(
      (code) => codesOfToday.has(code),
      'En kommune, der overtager, er ikke en kommune i dag: skriv dens kode, fx 479.',
    ),
  )
  .min(1)
  .max(9)

/** What a person asks for before the fields: which keys lapse, what comes in like what, who takes over, from whom. */
export const draftAskedSchema = z.object({
  lapsed: keys,
  /** Keys of which a new one begins as a copy. */
  like: keys,
  reform: z
    .object({
      on: z.iso.date('Skriv den dag, kommunerne er lagt sammen eller delt.'),
      successions: z.array(
        z.object({
          old: municipalityCodeSchema,
          into: successors.transform(([main = '', ...others]) => [main, ...others] as const),
        }),
      ),
    })
    .nullable(),
  /** The counter-proposal that is taken over; null for a draft of the ministry's own. */
  counter: z
    .string()
    .regex(/^[\w.:-]{8,128}$/)
    .nullable(),
})
export type DraftAsked = z.infer<typeof draftAskedSchema>

/** What a draft begins with. */
export interface DraftStart {
  readonly content: AgreementContent
  /** Keys that are new in it. */
  readonly added: readonly string[]
  /** Values to reach of years until this one stand: they are opened. */
  readonly openedTo: number
}

/** What the fields begin with: the counter-proposal, the latest draft, or the values scaled with the assumption. */
const begunWith = (state: RenegotiationState, counter: string | null): AgreementContent | null => {
  const { content, lastDraft } = state
  if (content === null) return null
  if (counter !== null) return counterContent(state, counter)
  return lastDraft === null
    ? contentWith(
        content,
        suggestedChanges(state).filter((one) => one.scaled),
      )
    : proposedContent(content, lastDraft)
}

/**
 * The content that a person edits. Null: nothing was raised, or the counter-proposal is answered already.
 * @param used every key that has ever stood for anything in the agreement
 */
export const draftStart = (
  state: RenegotiationState,
  asked: DraftAsked,
  used: readonly string[],
): DraftStart | null => {
  const begun = begunWith(state, asked.counter)
  if (begun === null) return null
  const added = asked.like.reduce<{ readonly key: string; readonly like: string }[]>(
    (known, like) => [
      ...known,
      {
        like,
        key: nextKey([...used, ...contentKeys(begun), ...known.map((one) => one.key)], like),
      },
    ],
    [],
  )
  const shaped = reshaped(begun, { lapsed: asked.lapsed, added, reform: asked.reform })
  const content = {
    ...shaped,
    // A new target has values of its own, for years that are still to come.
    targets: shaped.targets.map((target) =>
      added.some((one) => one.key === target.key)
        ? { ...target, targets: target.targets.filter(({ year }) => year > state.year) }
        : target,
    ),
  }
  // What an earlier draft brought in has no version yet: its indicator may still be said.
  const ownNew = contentKeys(content).filter((key) => !used.includes(key))
  const isNew = [...new Set([...ownNew, ...added.map((one) => one.key)])]
  return { content, added: isNew, openedTo: state.year }
}

/** Is the field a value to reach of a year that is opened? It is shown nowhere in the form. */
export const isOpenedValue = (name: string, openedTo: number): boolean =>
  Number(/\.value\.(\d{4})$/u.exec(name)?.[1] ?? '9999') <= openedTo

/** What a person has typed into the draft's form. */
export interface TypedDraft {
  readonly fields: ReadonlyMap<string, string>
  /** Divided targets of which the parties have agreed the parts. */
  readonly apportioned: readonly string[]
}

/** The proposed version, or what must be mended, field by field. */
export const draftedContent = (
  start: DraftStart,
  typed: TypedDraft,
):
  | { readonly ok: true; readonly content: AgreementContent }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] } => {
  const locked = contentFields(start.content).filter(
    ({ name, text }) => isOpenedValue(name, start.openedTo) && (typed.fields.get(name) ?? text) !== text,
  )
  if (locked.length > 0)
    return {
      ok: false,
      problems: locked.map(({ name, text, words }) => ({
        name,
        label: words.da,
        expected: `det samme som nu (${text}), da året er åbnet`,
      })),
    }
  const edited = contentWithTyped(start.content, typed.fields, start.added)
  if (!edited.ok) return edited
  const agreed = withApportionment(edited.content, typed.apportioned)
  return agreed.ok
    ? agreed
    : {
        ok: false,
        problems: agreed.without.map((key) => ({
          name: `${key}.baseline.byMember`,
          label: `mål ${key.slice(1)}, basismåling for hver kommune`,
          expected: 'hver ny kommunes del af basismålingen, fx »479: 31 af 80«, én på hver linje',
        })),
      }
}
