import { typedSources, type TypedSource } from '../../domain/casefile/figures-typed.ts'
import type { ReviewCommandName } from '../../domain/review/commands.ts'
import { fieldsUnder, lines, nonceId, type FieldReaders, type FormBody } from '../form-body.ts'

/** How what was told is found again: there is no page. */
const told: Partial<Record<TypedSource, string>> = { phone: 'telefonsamtale', meeting: 'møde' }

const typedFigures = (body: FormBody, fields: Readonly<Record<string, string>>) => {
  const places = fieldsUnder(body, 'place')
  const everywhere = fields['page']?.trim() ?? ''
  const source = typedSources.find((one) => one === fields['source'])
  const orElse = everywhere === '' && source !== undefined ? (told[source] ?? '') : everywhere
  const at = fields['attachment'] ?? ''
  return {
    entryKey: nonceId('typed', fields['nonce']),
    attachment: /^\d{1,2}$/u.test(at) ? Number(at) : null,
    figures: [...fieldsUnder(body, 'figure')].map(([key, written]) => ({
      key,
      written,
      place: places.get(key) ?? orElse,
    })),
  }
}

const recommendation = (body: FormBody, fields: Readonly<Record<string, string>>) => {
  const reasons = fieldsUnder(body, 'reason')
  return {
    changes: [...fieldsUnder(body, 'verdict')].map(([target, verdict]) => ({
      target,
      verdict,
      reason: reasons.get(target) ?? '',
    })),
    externalFactors: lines(fields['factors'] ?? ''),
    text: fields['text'] ?? '',
  }
}

const answers = (body: FormBody) => {
  const changed = fieldsUnder(body, 'changed')
  const substance = fieldsUnder(body, 'substance')
  return [...fieldsUnder(body, 'answer')].map(([mailKey, text]) => ({
    mailKey,
    text,
    changed: changed.get(mailKey) === 'yes',
    unresolved: changed.get(mailKey) === 'unresolved',
    ...(substance.has(mailKey) ? { substance: substance.get(mailKey) } : {}),
  }))
}

const moneyIds = (fields: Readonly<Record<string, string>>) => {
  const draftId = nonceId('money', fields['nonce'])
  const caseId = fields['caseId'] ?? ''
  return { draftId, caseId: caseId === '' ? draftId : caseId }
}

/** A choice of two as yes or no; undefined where none was made. */
const isChosen = (choice: string | undefined, yes: string): boolean | undefined =>
  choice === undefined || choice === '' ? undefined : choice === yes

/** Forms of a review's page whose fields are no plain map of the command's. */
export const reviewFields: FieldReaders<ReviewCommandName> = {
  'decide-extension': (_body, fields) => ({ grant: isChosen(fields['decision'], 'grant') }),
  'answer-promise': (_body, fields) => ({ kept: isChosen(fields['kept'], 'yes') }),
  ask: (body, fields) => ({ keys: body['keys'] ?? [], questionId: nonceId('q', fields['nonce']) }),
  'enter-contact': (_body, fields) => ({
    contactId: nonceId('entered', fields['nonce']).toLowerCase().replaceAll('_', '0'),
  }),
  'draft-money': (_body, fields) => moneyIds(fields),
  'type-figures': typedFigures,
  recommend: recommendation,
  'answer-comments': (body) => ({ answers: answers(body) }),
  'decide-fact-check': (body) => ({
    renamed: [...fieldsUnder(body, 'title')].map(([key, title]) => ({ key, title })),
  }),
}
