import type { TypedSource } from '../../domain/casefile/figures-typed.ts'

/** What figures were typed in from, as the pages say it. */
export const sourceWords: Readonly<Record<TypedSource, string>> = {
  mail: 'en mail',
  letter: 'et brev',
  phone: 'en telefonsamtale',
  meeting: 'et møde',
}
