import * as z from 'zod'

/** A posted form: each field's values in order. */
export type FormBody = Readonly<Record<string, readonly string[]>>

/** A command, or what the reader must mend, in Danish. */
export type Parsed<C> =
  { readonly ok: true; readonly command: C } | { readonly ok: false; readonly problems: readonly string[] }

/** What every deciding form brings along beside its own fields. */
export const formEnvelopeSchema = z.object({
  csrf: z.string().min(20).max(200),
  /** Becomes the command's id. */
  nonce: z.string().regex(/^[\w.-]{16,120}$/),
  do: z.string().regex(/^[a-z-]{2,40}$/),
  action: z.string().max(200).default(''),
})
export type FormEnvelope = z.infer<typeof formEnvelopeSchema>

/** The first value of each field: what a form with single fields means. */
export const firstValues = (body: FormBody): Record<string, string> =>
  Object.fromEntries(
    Object.entries(body).flatMap(([name, values]) => (values[0] === undefined ? [] : [[name, values[0]]])),
  )

/** Fields `<prefix>.<rest>`, by their rest, blanks left out. */
export const fieldsUnder = (body: FormBody, prefix: string): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(body).flatMap(([name, values]): (readonly [string, string])[] => {
      const value = values[0]?.trim() ?? ''
      return name.startsWith(`${prefix}.`) && value !== ''
        ? [[name.slice(prefix.length + 1), value] as const]
        : []
    }),
  )

/** The same, blanks among them: a field that was emptied says so. */
export const typedUnder = (body: FormBody, prefix: string): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(body).flatMap(([name, [value]]): (readonly [string, string])[] =>
      name.startsWith(`${prefix}.`) && value !== undefined
        ? [[name.slice(prefix.length + 1), value] as const]
        : [],
    ),
  )

/** Longest text of one field: what a person writes, never a file. */
export const longestText = 8000

/** Text as it was typed, its line ends made one kind and its margins cut. */
export const typedText = z
  .string()
  .max(longestText, `En tekst er for lang (højst ${longestText} tegn).`)
  .transform((text) => text.replaceAll('\r\n', '\n').trim())

/** Text that must be there; the message says what is missing. */
export const requiredText = (message: string) => typedText.pipe(z.string().min(1, message))

/** A parse result as the page tells it: each problem once. */
export const parsedForm = <C>(result: z.ZodSafeParseResult<C>): Parsed<C> =>
  result.success
    ? { ok: true, command: result.data }
    : { ok: false, problems: [...new Set(result.error.issues.map((issue) => issue.message))] }
