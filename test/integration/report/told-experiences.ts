import { mailEvent } from '../../fixtures/report/review-events.ts'
import { id, review, type StartedYear } from './svendborg-year.ts'

/** A mail of the municipality's with an experience; `Erfaring må deles` is read as yes or no. */
export const tell = (
  { append }: Pick<StartedYear, 'append'>,
  mailKey: string,
  written: Readonly<Record<string, string>>,
): Promise<void> => {
  const event = mailEvent('479', mailKey, written)
  if (event.type !== 'MailReceived') throw new Error('a mail')
  const consent = written['Erfaring må deles']
  const values = event.values.map((value) =>
    value.key === 'Erfaring må deles'
      ? { ...value, value: { is: 'yes-no' as const, yes: consent === 'ja' } }
      : value,
  )
  return append(review, [{ ...event, values }])
}

/** A caseworker's card of what was told. */
export const publish = (text: string, mailKey = 'experience-1') =>
  ({
    do: 'publish-experience',
    agreement: id,
    municipality: '479',
    mailKey,
    theme: 'employment',
    text,
  }) as const
