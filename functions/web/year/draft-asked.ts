import { draftAskedSchema, type DraftAsked } from '../../domain/renegotiation/draft-start.ts'
import { fieldsUnder, firstValues, parsedForm, type FormBody, type Parsed } from '../form-body.ts'
import { reform2007 } from '../../domain/agreement/municipal-reform.ts'

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
export const parsedDraftAsked = (query: FormBody): Parsed<DraftAsked> =>
  parsedForm(draftAskedSchema.safeParse(draftAsked(query)))
