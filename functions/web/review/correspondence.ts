import { html } from 'hono/html'
import type { LetterRecord } from '../../domain/casefile/letters.ts'
import type { MailRecord } from '../../domain/casefile/mails.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { isWithdrawn } from '../../domain/casefile/erasures.ts'
import { letters } from '../../mail/letters.ts'
import { erasedOn } from '../erasure/erasure-words.ts'
import { badge, facts, nothing, table, verbatim, type Markup } from '../markup.ts'
import { mayRead, notForYou, type PageFrame } from '../page.ts'
import { day, moment, municipalityName, standingTones, standingWords } from '../words.ts'
import { sourceWords, mailPath, isHidden } from './figures.ts'

/** Address of a letter's own page. */
export const letterPath = (base: string, letterKey: string): string =>
  `${base}/letters/${encodeURIComponent(letterKey)}`

export const partyName = (party: string | null): string =>
  party === null ? 'ministeriet' : municipalityName(party)

const answerWords = {
  none: 'ingen bemærkninger',
  comments: 'bemærkninger',
  unmarked: 'ikke markeret',
  courtesy: 'høflighed',
} as const

/** What the sender wrote of their own, beside the figures: remarks to targets and free text. */
export const ownWords = (mail: MailRecord | undefined): string =>
  mail !== undefined && isWithdrawn(mail) ? (erasedOn(mail.erasure) ?? 'skjult') : ownText(mail)

const ownText = (mail: MailRecord | undefined): string =>
  [
    ...Object.entries(mail?.details?.texts ?? {})
      .filter(([, text]) => text !== '')
      .map(([key, text]) => `${key}: ${text}`),
    mail?.details?.freeText ?? '',
  ]
    .filter((part) => part !== '')
    .join('\n\n')

export const hearingSection = (state: ReviewState, base: string): Markup => {
  const { hearing } = state
  if (hearing === null) return nothing
  return html`<section aria-labelledby="hoering">
    <h2 id="hoering">Høring</h2>
    <p>Begyndt ${moment(hearing.begunAt)}. Slutter ${day(hearing.endsOn)}.</p>
    ${
      hearing.answers.length === 0
        ? html`<p>Ingen bemærkninger modtaget endnu.</p>`
        : table(
            'Høringssvar',
            [{ title: 'Part' }, { title: 'Modtaget' }, { title: 'Svar' }, { title: 'Tekst' }],
            hearing.answers.map((answer) => [
              partyName(answer.party),
              html`<a href="${mailPath(base, answer.mailKey)}">${moment(answer.at)}</a>`,
              `${answerWords[answer.answer]}${answer.toEarlier ? ', til et tidligere udkast' : ''}`,
              ownWords(state.mails.find((mail) => mail.mailKey === answer.mailKey)),
            ]),
          )
    }
    ${
      state.commentAnswers.length === 0
        ? nothing
        : html`<h3>Ministeriets svar på bemærkningerne</h3>
            <ul>
              ${state.commentAnswers.map((answer) => html`<li>${answer.text}</li>`)}
            </ul>`
    }
  </section>`
}

const fate = (letter: LetterRecord): Markup => {
  const delivered = letter.delivered[0]
  if (letter.bounced.length > 0) return html`${badge('afvist af modtageren', 'error')}`
  return delivered === undefined
    ? html`${badge('sendt', 'info')}`
    : html`${badge('leveret', 'success')} ${moment(delivered.at)}`
}

/** Letters with how they fared, and mails with what they are worth; each links to its text. */
export const correspondenceSection = ({ reader }: PageFrame, state: ReviewState, base: string): Markup => {
  const municipalities = state.parties.map(({ municipality }) => municipality)
  const isTheirs = mayRead(reader, 'mail', municipalities)
  return html`<section aria-labelledby="breve">
    <h2 id="breve">Breve og mails</h2>
    <h3>Fra ministeriet</h3>
    ${table(
      'Breve fra ministeriet',
      [{ title: 'Brev' }, { title: 'Til' }, { title: 'Sendt' }, { title: 'Frist' }, { title: 'Levering' }],
      state.letters.map((letter) => [
        html`<a href="${letterPath(base, letter.letterKey)}">${letters[letter.order.kind].name}</a>`,
        partyName(letter.order.party),
        moment(letter.sentAt),
        day(letter.dueOn),
        fate(letter),
      ]),
    )}
    <h3>Til ministeriet</h3>
    ${
      state.mails.length === 0
        ? html`<p>Ingen mails modtaget endnu.</p>`
        : table(
            'Mails til ministeriet',
            [{ title: 'Modtaget' }, { title: 'Fra' }, { title: 'Emne' }, { title: 'Status' }],
            state.mails.map((mail) => [
              html`<a href="${mailPath(base, mail.mailKey)}">${moment(mail.receivedAt)}</a>`,
              isHidden(mail)
                ? 'skjult'
                : !isTheirs
                  ? notForYou
                  : mail.typed === null
                    ? (mail.details?.from ?? '(slettet)')
                    : `tastet af ministeriet fra ${sourceWords[mail.typed.source]}`,
              isHidden(mail) ? 'skjult' : isTheirs ? (mail.details?.subject ?? '(slettet)') : notForYou,
              html`${badge(standingWords[mail.standing], standingTones[mail.standing])}
              ${erasedOn(mail.erasure) ?? ''}`,
            ]),
          )
    }
  </section>`
}

export const letterContent = (letter: LetterRecord, path: string): Markup =>
  html`${facts([
      ['Brev', letters[letter.order.kind].name],
      ['Emne', letter.subject ?? '(slettet)'],
      ['Til', letter.to.join(', ')],
      ['Sendt', moment(letter.sentAt)],
      ['Dateret', day(letter.datedOn)],
      ['Frist', day(letter.dueOn)],
      [
        'Levering',
        letter.delivered.length + letter.bounced.length === 0
          ? 'ikke bekræftet endnu'
          : html`<ul>
              ${letter.delivered.map((one) => html`<li>leveret ${moment(one.at)}</li>`)}
              ${letter.bounced.map(
                (one) => html`<li>${one.permanent ? 'afvist' : 'forsinket'} ${moment(one.at)}</li>`,
              )}
            </ul>`,
      ],
      ['SHA-256', letter.rawSha256],
    ])}
    ${letter.text === null ? html`<p>Teksten er slettet.</p>` : verbatim(letter.text, 'Brevets tekst')}
    <p><a href="${path}/raw" download>Hent brevet, som det blev sendt (.eml)</a></p>`
