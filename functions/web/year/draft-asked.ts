import * as z from 'zod'
import { actionKeySchema, assumptionKeySchema, targetKeySchema } from '../../domain/agreement/content.ts'
import { reform2007 } from '../../domain/agreement/municipal-reform.ts'
import { municipalities } from '../../domain/directory/municipalities.ts'
import { municipalityCodeSchema } from '../../domain/base/values.ts'
import { fieldsUnder, firstValues, parsedForm, type FormBody, type Parsed } from '../form-body.ts'

const keys = z.array(z.union([targetKeySchema, assumptionKeySchema, actionKeySchema])).max(40)

const today = new Set(municipalities.map(({ code }) => code))
const successors = z
  .array(
    municipalityCodeSchema.refine(
      (code) => today.has(code),
      'En kommune, der overtager, er ikke en kommune i dag: skriv dens kode, fx 479.',
    ),
  )
  .min(1)
  .max(9)

/** How a draft is shaped before its fields are typed: the address of its page says so, and its form carries it on. */
export const draftAskedShape = {
  lapsed: keys,
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
  counter: z
    .string()
    .regex(/^[\w.:-]{8,128}$/)
    .nullable(),
}
const schema = z.object(draftAskedShape)
export type DraftAskedOfPage = z.infer<typeof schema>

const codesIn = (text: string): readonly string[] => text.split(/[,;\s]+/u).filter((code) => code !== '')

/** What the address asks for, not parsed yet. */
export const draftAsked = (query: FormBody) => {
  const into = new Map<string, readonly string[]>(
    [...fieldsUnder(query, 'as')].map(([old, name]) => [
      old,
      reform2007.find((one) => one.name === name)?.into ?? [name],
    ]),
  )
  for (const [old, text] of fieldsUnder(query, 'into')) into.set(old, codesIn(text))
  const { on, counter } = firstValues(query)
  return {
    lapsed: (query['lapsed'] ?? []).filter((key) => key !== ''),
    like: (query['like'] ?? []).filter((key) => key !== ''),
    reform:
      into.size === 0
        ? null
        : { on: on ?? '', successions: [...into].map(([old, codes]) => ({ old, into: codes })) },
    counter: counter === undefined || counter === '' ? null : counter,
  }
}

/** The same, or what is wrong with it in Danish. */
export const parsedDraftAsked = (query: FormBody): Parsed<DraftAskedOfPage> =>
  parsedForm(schema.safeParse(draftAsked(query)))
