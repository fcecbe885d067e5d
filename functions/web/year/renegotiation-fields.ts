import type { RenegotiationCommand } from '../../domain/renegotiation/commands.ts'
import { fieldsUnder, typedUnder, type FieldReaders, type FormBody } from '../form-body.ts'

/** `47,5` and `1.234` as typed in Danish, to exact text; dates and anything else as they are. */
const typedNumber = (text: string): string =>
  /^-?\d{1,3}(?:\.\d{3})*(?:,\d+)?$|^-?\d+(?:,\d+)?$/u.test(text)
    ? text.replaceAll('.', '').replace(',', '.')
    : text

/** A choice of two as yes or no; undefined where none was made. */
const choice = (text: string | undefined): boolean | undefined =>
  text === 'open' || text === 'yes' ? true : text === 'decline' || text === 'no' ? false : undefined

/** Forms of a renegotiation's pages whose fields are no plain map of the command's. */
export const renegotiationFields: FieldReaders<RenegotiationCommand['do']> = {
  propose: (body) => ({
    changes: [...fieldsUnder(body, 'value')].map(([name, value]) => {
      const [target = '', year = ''] = name.split('.')
      return { target, year, value: typedNumber(value) }
    }),
  }),
  'draft-proposal': (body) => ({
    fields: [...typedUnder(body, 'field')].map(([name, text]) => ({ name, text })),
    apportioned: [...fieldsUnder(body, 'apportioned').keys()],
  }),
  'answer-counter': (_body, fields) => ({ accept: choice(fields['decision']) }),
}

const matter = (body: FormBody, fields: Readonly<Record<string, string>>) => {
  const exceptions = [...fieldsUnder(body, 'exception')]
  const reasons = fieldsUnder(body, 'exception-reason')
  return {
    open: choice(fields['decision']),
    code: fields['code'] === undefined || fields['code'] === '' ? null : fields['code'],
    later: exceptions.flatMap(([agreement, decision]) => (decision === 'later' ? [agreement] : [])),
    exceptions: exceptions
      .filter(([, decision]) => decision !== 'later')
      .map(([agreement, decision]) => ({
        agreement,
        open: choice(decision),
        reason: reasons.get(agreement) ?? fields['reason'] ?? '',
      })),
  }
}

/** The form of a matter's page. */
export const matterFields: FieldReaders<'decide-matter'> = { 'decide-matter': matter }
