import type { InboxCommand } from '../../domain/inbox/commands.ts'
import type { FieldReaders } from '../form-body.ts'
import type { CaseChoice } from './inbox-view.ts'

/** The choice that none of the suggested cases is meant. */
export const elsewhere = 'other'

/** A case and a party of it, as one value of a form. */
export const caseValue = ({ stream, party }: Pick<CaseChoice, 'stream' | 'party'>): string =>
  `${stream}|${party}`

/** Forms on a mail of the inbox whose fields are no plain map of the command's. */
export const inboxFields: FieldReaders<InboxCommand['do']> = {
  'place-mail': (_body, fields) => {
    const chosen = fields['home'] === elsewhere ? fields['other'] : fields['home']
    const [stream = '', party = ''] = (chosen ?? '').split('|')
    return { placed: { stream, party, as: fields['as'] } }
  },
}
