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

/** Lines of a text field, blank ones left out. */
export const lines = (text: string): string[] =>
  text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** An id that a form sent twice gives twice. */
export const nonceId = (prefix: string, nonce = ''): string =>
  `${prefix}-${nonce.slice(0, 22).replaceAll(/[^\w-]/gu, '0')}`

type Fields = Readonly<Record<string, string>>
/** For forms that are no plain map of a command's fields: what is added to the plain fields, by the command's name. */
export type FieldReaders<Name extends string> = Readonly<
  Partial<Record<Name, (body: FormBody, fields: Fields) => Readonly<Record<string, unknown>>>>
>

/** The command of a posted form, its fields still to be parsed by its schema. */
export const asked = <Name extends string>(
  body: FormBody,
  readers: FieldReaders<Name>,
): { readonly do: string } & Readonly<Record<string, unknown>> => {
  const fields = firstValues(body)
  const name = fields['do'] ?? ''
  const more = Object.entries<FieldReaders<Name>[Name]>(readers).find(([command]) => command === name)?.[1]
  return { ...fields, ...more?.(body, fields), do: name }
}

/** A parse result as the page tells it: each problem once. */
export const parsedForm = <C>(result: z.ZodSafeParseResult<C>): Parsed<C> =>
  result.success
    ? { ok: true, command: result.data }
    : { ok: false, problems: [...new Set(result.error.issues.map((issue) => issue.message))] }
