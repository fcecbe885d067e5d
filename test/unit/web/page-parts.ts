import { noReview, type ReviewState } from '../../../functions/domain/review/state.ts'
import type { Reader, PageFrame } from '../../../functions/web/page.ts'
import { contactIdSchema, type MinistryRole } from '../../../functions/domain/base/values.ts'
import type { ReviewPageInput } from '../../../functions/web/review/review-page-input.ts'
import type { Markup } from '../../../functions/web/markup.ts'
import type { Assessment } from '../../../functions/domain/judging/assessment.ts'
import { assess } from '../../../functions/domain/judging/rule.ts'
import { assessmentInput } from '../../../functions/domain/review/judge-input.ts'
import type { MailRecord } from '../../../functions/domain/casefile/mails.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'

export const reader = (...roles: readonly MinistryRole[]): Reader => ({
  id: 'sofie',
  name: 'Sofie Eksempel',
  roles,
  barredFrom: [],
})

export const frame = (who: Reader, changes: Partial<PageFrame> = {}): PageFrame => ({
  reader: who,
  csrf: 'csrf-token-of-this-session',
  nonce: 'nonce-of-this-page-1234',
  years: [2014],
  authority: 'Ministeriet (eksempel)',
  today: '2015-03-20',
  links: { accessibility: 'https://was.example/', privacy: 'https://privat.example/' },
  done: null,
  refused: null,
  ...changes,
})

export const textOf = async (markup: Markup): Promise<string> => (await markup).toString()

const { agreement } = svendborg

/** A mail as the record has it; every text of it is the sender's own. */
export const mailOf = (mailKey: string, standing: MailRecord['standing'], text: string): MailRecord => ({
  mailKey,
  bodyKey: mailKey,
  rawSha256: 'b'.repeat(64),
  receivedAt: '2015-03-03T09:00:00.000Z',
  party: '479',
  contactId: null,
  standing,
  reason: 'unknown-address',
  answers: null,
  values: [],
  doubts: [],
  confirms: false,
  extension: null,
  reading: null,
  rereads: [],
  details: {
    from: text,
    name: text,
    subject: text,
    messageId: '<1@x.example>',
    references: [],
    freeText: text,
    texts: { Bemærkninger: text },
    written: {},
    doubts: [],
    theirCaseNumber: text,
  },
  decidedAt: null,
  releasedAt: null,
  confirmedBy: null,
  typed: null,
  proposals: [],
  helpers: null,
  absentUntil: null,
  asksContact: null,
})

const collecting: ReviewState = {
  ...noReview,
  status: 'collecting',
  agreement: agreement.id,
  year: 2014,
  content: agreement,
  requestOn: '2015-01-15',
  dueOn: '2015-03-02',
  reportingOn: '2015-09-01',
  parties: [
    {
      municipality: '479',
      role: 'lead',
      contactsConfirmed: true,
      figures: {},
      doubts: [],
      finishedAt: null,
      changedAt: null,
      theirCaseNumber: null,
    },
  ],
  lastAt: '2015-03-03T09:00:00.000Z',
}

export const assessmentOf = (state: ReviewState): Assessment =>
  assess(assessmentInput(state, agreement, agreement.id, [], 'r2'))

/** A review in which everything that can wait for a person waits, with the given words in every free text. */
export const busyReview = (text: string, changes: Partial<ReviewState> = {}): ReviewState => ({
  ...collecting,
  status: 'hearing',
  mails: [
    mailOf('held-mail-1', 'held', text),
    mailOf('answer-mail-1', 'counts', text),
    mailOf('comment-mail-1', 'counts', text),
  ],
  extensions: [
    {
      party: '479',
      mailKey: 'answer-mail-1',
      until: '2015-03-13',
      requestedAt: '2015-03-03T09:00:00.000Z',
      decided: null,
    },
  ],
  draft: {
    subject: 'c'.repeat(64),
    assessment: assessmentOf(collecting),
    hearing: true,
    madeAt: '2015-03-04T09:00:00.000Z',
  },
  rounds: 1,
  recommendation: {
    subject: 'c'.repeat(64),
    by: 'karl',
    at: '2015-03-05T09:00:00.000Z',
    changes: [{ target: 'M1', verdict: 'met', reason: text }],
    externalFactors: [text],
    text,
  },
  sentBack: { by: 'anders', text, at: '2015-03-04T10:00:00.000Z' },
  hearing: {
    round: 1,
    subject: 'c'.repeat(64),
    heardSubject: 'c'.repeat(64),
    begunAt: '2015-03-05T09:00:00.000Z',
    endsOn: '2015-03-19',
    answers: [
      {
        party: '479',
        mailKey: 'answer-mail-1',
        answer: 'unmarked',
        at: '2015-03-06T09:00:00.000Z',
        toEarlier: false,
      },
      {
        party: '479',
        mailKey: 'comment-mail-1',
        answer: 'comments',
        at: '2015-03-07T09:00:00.000Z',
        toEarlier: false,
      },
    ],
  },
  reopen: { mailKey: 'answer-mail-1', decided: false },
  stopReason: text,
  ...changes,
})

export const pageInput = (state: ReviewState, text = ''): ReviewPageInput => ({
  base: '/reviews/2014/svendborg-rk',
  state,
  commits: [
    {
      meta: {
        seq: 1,
        at: '2015-03-03T09:00:00.000Z',
        actor: { by: 'person', personId: 'karl', roles: [] },
        commandId: 'x',
      },
      events: [
        {
          type: 'Noted',
          v: 1,
          by: 'karl' as never,
          on: '2015-03-03',
          about: 'phone',
          contactId: null,
          private: { text },
        },
      ],
    },
  ],
  nameOf: () => text,
  caseworker: 'sofie',
  caseworkers: [{ id: 'sofie', name: 'Sofie Eksempel' }],
  contacts: [
    {
      id: contactIdSchema.parse('contact-479'),
      municipality: '479',
      role: 'contact',
      name: text,
      title: text,
      email: 'kontakt@svendborg.example',
      validFrom: '2014-01-01',
      validTo: null,
    },
  ],
  mailTexts: new Map([['held-mail-1', text]]),
  lapsed: [],
  controlNumber: 'abcdef012345',
})
