import { assess, currentRuleVersion } from '../../../functions/domain/judging/rule.ts'
import { canonicalJson } from '../../../functions/domain/judging/canonical.ts'
import type { AgreementContent } from '../../../functions/domain/agreement/content.ts'
import type { MailReceived } from '../../../functions/domain/casefile/mails.ts'
import { dueDay, reportingDay, requestDay } from '../../../functions/domain/base/calendar.ts'
import { assessmentInput } from '../../../functions/domain/review/judge-input.ts'
import { reviewStream, type StreamId } from '../../../functions/domain/base/stream-id.ts'
import { letterSentSchema } from '../../../functions/domain/casefile/letters.ts'
import { letterSheetSchema, sheetKey } from '../../../functions/handlers/letters/letter-sheet.ts'
import { accept } from '../../../functions/domain/base/stream.ts'
import { reviewCase } from '../../../functions/handlers/streams/cases.ts'
import { loadCase, perform, type RecordPorts } from '../../../functions/handlers/record/perform.ts'
import { storedMail } from '../../support/stored-mail.ts'
import type { Ports } from '../../../functions/ports/ports.ts'
import { review, type ReviewEvent } from '../../../functions/domain/review/state.ts'

/** Writes a review's record commit by commit, each event through its schema, as the handlers would. */
export type RecordUnderTest = RecordPorts & Pick<Ports, 'archive' | 'digest'>

let written = 0

export const writeEvents = async (
  ports: RecordPorts,
  agreement: AgreementContent,
  ...events: readonly object[]
): Promise<void> => {
  written += 1
  await perform(ports, reviewCase, reviewStream(2014, agreement.id), {
    id: `test/${written}`,
    actor: { by: 'system', name: 'test' },
    decide: () => accept<ReviewEvent>(...events.map((event) => review.eventSchema.parse(event))),
  })
}

const year = 2014

/** Prepared for the year; its request has not gone. */
export const prepareReview = (ports: RecordPorts, agreement: AgreementContent): Promise<void> =>
  writeEvents(ports, agreement, {
    type: 'ReviewPrepared',
    v: 1,
    agreement: agreement.id,
    year,
    content: agreement,
    signedOn: '2012-11-12',
    parties: agreement.parties.map(({ municipality, role }) => ({ municipality, role })),
    leftOut: null,
  })

export const openReview = async (ports: RecordPorts, agreement: AgreementContent): Promise<void> => {
  await prepareReview(ports, agreement)
  await writeEvents(ports, agreement, {
    type: 'ReviewOpened',
    v: 1,
    content: agreement,
    versions: agreement.targets.map((target) => ({ target: target.key, version: 1 })),
    requestOn: requestDay(year),
    dueOn: dueDay(year),
    reportingOn: reportingDay(year),
  })
  for (const party of agreement.parties)
    await writeEvents(ports, agreement, {
      type: 'LetterSent',
      v: 1,
      letterKey: `letter-${agreement.id}-${party.municipality}`,
      order: { kind: 'request', party: party.municipality, seq: 1, about: '' },
      recipients: ['kontakt-1'],
      datedOn: requestDay(year),
      dueOn: dueDay(year),
      rawSha256: 'a'.repeat(64),
      messageId: '<1@mail.example>',
      again: false,
      private: {
        to: ['kontakt@kommune.example'],
        subject: 'Indberetning for 2014',
        text: 'Kære kommune\n<b>fed</b>',
      },
    })
}

/**
 * What a letter leaves beside the record: its claim, its ids, and in the archive its sheet and the letter itself.
 * @returns the archive's files of the requests that `openReview` names, whose letter has no bytes of that hash
 */
export const keepRequests = async (
  ports: Pick<Ports, 'claims' | 'clock' | 'register' | 'streams'>,
  stream: StreamId,
): Promise<{ readonly raw: Uint8Array; readonly files: ReadonlyMap<string, Uint8Array> }> => {
  const raw = new TextEncoder().encode('From: svar@svar.ministeriet.example')
  const files = new Map<string, Uint8Array>()
  for (const { events } of await ports.streams.load(stream))
    for (const event of events) {
      const letter = letterSentSchema.safeParse(event)
      if (!letter.success) continue
      const { letterKey, messageId, rawSha256, order, recipients, datedOn, dueOn } = letter.data
      const claim = { letterKey, stream, state: 'sent', rawSha256, attemptsAt: [], messageId } as const
      await ports.claims.claim({ ...claim, claimedAt: ports.clock.now() })
      await ports.register.putMessageId(messageId, { stream, letterKey })
      await ports.register.putLetterTag(letterKey.slice(0, 40), { stream, letterKey })
      const sheet = letterSheetSchema.parse({
        v: 1,
        order,
        from: 'svar@svar.ministeriet.example',
        recipients,
        datedOn,
        dueOn,
        ...letter.data.private,
      })
      files.set(`letters/${rawSha256}`, raw)
      files.set(sheetKey(rawSha256), new TextEncoder().encode(JSON.stringify(sheet)))
    }
  return { raw, files }
}

/** A mail from the municipality; its text lies in the archive as it would after the intake. */
export const receiveMail = async (
  ports: RecordUnderTest,
  agreement: AgreementContent,
  mail: Pick<MailReceived, 'mailKey' | 'standing'> &
    Partial<MailReceived> & {
      from?: string
      freeText?: string
      texts?: Record<string, string>
      words?: { written: string; sentence: string }[]
      contactWish?: string
    },
  ...consequences: readonly object[]
): Promise<void> => {
  const { from = 'lene@svendborg.example', freeText = '', texts = {}, words, contactWish, ...event } = mail
  const raw = Buffer.from(
    `From: <${from}>\r\nTo: svar@svar.ministeriet.example\r\nSubject: SV: Indberetning\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${freeText}\r\n`,
  )
  const rawSha256 = ports.digest(raw)
  await ports.archive.putOnce(`mail/${rawSha256}`, raw, 'message/rfc822')
  await writeEvents(
    ports,
    agreement,
    storedMail(
      {
        rawSha256,
        receivedAt: ports.clock.now(),
        party: agreement.parties[0]?.municipality ?? null,
        ...event,
      },
      {
        from,
        name: 'Lene',
        subject: 'SV: Indberetning',
        freeText,
        texts,
        ...(words === undefined ? {} : { proposals: words }),
        ...(contactWish === undefined ? {} : { contactWish }),
      },
    ),
    ...consequences,
  )
}

const counted = (key: string, value: string) => ({
  key,
  value: { is: 'number' as const, value },
  at: { part: 'text' as const, line: 4, segment: 'new' as const },
})

/** Svendborg's figures of LETTERS 6.2, received and complete. */
export const receiveFigures = (ports: RecordUnderTest, agreement: AgreementContent): Promise<void> =>
  receiveMail(ports, agreement, {
    mailKey: `figures-${agreement.id}`,
    standing: 'counts',
    freeText: 'M1 i alt: 134\nM1 heraf: 61',
    values: [counted('M1 i alt', '134'), counted('M1 heraf', '61'), counted('M2', '23'), counted('M3', '34')],
  })

/** Judges what is there and puts the draft on the record. */
export const makeDraft = async (ports: RecordUnderTest, agreement: AgreementContent): Promise<string> => {
  const { state } = await loadCase(ports, reviewCase, reviewStream(year, agreement.id))
  const assessment = assess(assessmentInput(state, agreement, agreement.id, [], currentRuleVersion))
  const subject = ports.digest(canonicalJson(assessment))
  await writeEvents(ports, agreement, { type: 'DraftMade', v: 1, subject, assessment, hearing: true })
  return subject
}
