import * as z from 'zod'
import { typedSources, type TypedSource } from '../../domain/casefile/figures-typed.ts'
import { municipalityCodeSchema } from '../../domain/base/values.ts'
import { fieldsUnder, parsedForm, typedText, type FormBody, type Parsed } from '../form-body.ts'

/** Figures as a caseworker typed them; what they are worth is read as a mail's would be. */
export interface TypedFiguresForm {
  readonly do: 'type-figures'
  readonly entryKey: string
  readonly party: string
  readonly source: TypedSource
  readonly mailKey: string | null
  readonly attachment: number | null
  readonly receivedOn: string
  readonly note: string
  readonly figures: readonly { readonly key: string; readonly written: string; readonly place: string }[]
}

const schema = z
  .object({
    do: z.literal('type-figures'),
    nonce: z.string(),
    party: municipalityCodeSchema,
    source: z.enum(typedSources, { error: 'Vælg, hvad tallene er tastet fra.' }),
    mailKey: z
      .string()
      .max(128)
      .default('')
      .transform((key) => (key === '' ? null : key)),
    /** A part of the mail: the number of the attachment, or its text. */
    attachment: z
      .string()
      .regex(/^(?:text|\d{1,2})?$/u, 'Vælg, hvor i mailen tallene står.')
      .default('')
      .transform((at) => (/^\d/u.test(at) ? Number(at) : null)),
    receivedOn: z.iso.date('Skriv, hvilken dag ministeriet fik tallene.'),
    note: typedText.default(''),
    figures: z
      .array(
        z.object({
          key: z.string().max(60),
          written: z.string().max(400, 'Et tal er for langt.'),
          place: z.string().min(1, 'Skriv side og linje ved hvert tal.').max(120, 'Et sted er for langt.'),
        }),
      )
      .min(1, 'Tast mindst ét tal ind.'),
  })
  .refine(
    ({ source, note }) => source === 'mail' || note !== '',
    'Skriv, hvilket brev eller hvem I talte med.',
  )

/** How what was told is found again: there is no page. */
const told: Partial<Record<TypedSource, string>> = { phone: 'telefonsamtale', meeting: 'møde' }

/** @param body the posted form, its envelope already checked */
export const typedCommand = (
  body: FormBody,
  fields: Readonly<Record<string, string>>,
): Parsed<TypedFiguresForm> => {
  const places = fieldsUnder(body, 'place')
  const everywhere = fields['page']?.trim() ?? ''
  const source = z.enum(typedSources).safeParse(fields['source']).data
  const orElse = everywhere === '' && source !== undefined ? (told[source] ?? '') : everywhere
  const figures = [...fieldsUnder(body, 'figure')].map(([key, written]) => ({
    key,
    written,
    place: places.get(key) ?? orElse,
  }))
  const parsed = parsedForm(schema.safeParse({ ...fields, figures }))
  if (!parsed.ok) return parsed
  const { nonce, ...rest } = parsed.command
  return { ok: true, command: { ...rest, entryKey: `typed-${nonce.slice(0, 22)}` } }
}
