import { html } from 'hono/html'
import type { ReviewCommandName } from '../../domain/review/commands.ts'
import { openTasks, turnOf, unconfirmedAnswer, type ReviewTaskKind } from '../../domain/review/open-tasks.ts'
import { takesHearingAnswers } from '../../domain/review/slices/hearing.ts'
import { mayHappen } from '../../domain/review/status.ts'
import { reviewStream } from '../../domain/base/stream-id.ts'
import { caseworkerForm } from '../caseworker-form.ts'
import { decisionForm } from '../form.ts'
import { documentsPath } from '../documents/document-page.ts'
import { unplacedAlerts } from '../inbox/inbox-view.ts'
import { alert, badge, details, facts, nothing, type Markup } from '../markup.ts'
import { executionsFact } from '../operator/operator-parts.ts'
import { page, type PageFrame } from '../page.ts'
import { day, moment, municipalityNames, statusTones, statusWords, turnWords } from '../words.ts'
import { correspondenceSection, hearingSection } from './correspondence.ts'
import { draftSection, approvalForms, askForms, recommendForm } from './judging-forms.ts'
import { contactsSection } from './contacts-section.ts'
import { contactWishForms, enterContactForms } from './contact-forms.ts'
import { correctionForms } from './fact-check-form.ts'
import { figuresSection } from './figures.ts'
import { shareForms, hearingForms } from './hearing-forms.ts'
import { extensionForms, heldMailForms, wordsForms } from './held-forms.ts'
import { offered, takesTypedFigures, type ReviewPageInput } from './review-page-input.ts'
import { moneySection } from './money-forms.ts'
import { objectionSection } from './objection-form.ts'
import { proposalForms } from './proposal-forms.ts'
import { reopenForms } from './reopen-forms.ts'
import { rulesSection } from './rules-section.ts'
import { typedForms } from './typed-form.ts'
import { disputeForms, finalReturnNotice, promisesSection } from './ministrys-part-forms.ts'
import { timelineSection } from './timeline.ts'

type Do = ReviewCommandName

const judging = (frame: PageFrame, input: ReviewPageInput, may: (command: Do) => boolean): Markup => {
  const { state } = input
  const { draft, recommendation } = state
  if (draft === null) return nothing
  const mine = recommendation?.by === frame.reader.id
  return html`${
    mayHappen(state.status, 'Recommended') && may('recommend') ? recommendForm(frame, input, draft) : nothing
  }
  ${
    !mayHappen(state.status, 'Approved') || !may('approve')
      ? nothing
      : mine
        ? alert('info', 'En anden skal godkende', 'Du har indstillet sagen og kan ikke også godkende den.')
        : approvalForms(frame, input, draft)
  }
  ${mayHappen(state.status, 'QuestionAsked') && may('ask') ? askForms(frame, input) : nothing}`
}

const noteForm = (frame: PageFrame, input: ReviewPageInput): Markup =>
  decisionForm(
    frame,
    { action: 'note', command: 'note', to: input.base, heading: 'Notat' },
    (form) =>
      html`${form.radios('about', {
        label: 'Om',
        choices: [
          { value: 'phone', label: 'En telefonsamtale' },
          { value: 'meeting', label: 'Et møde' },
          { value: 'other', label: 'Andet' },
        ],
      })}
      ${form.textArea('text', { label: 'Tekst' })}`,
  )

const stopForm = (frame: PageFrame, input: ReviewPageInput): Markup =>
  decisionForm(frame, { action: 'stop', command: 'stop', to: input.base, heading: 'Stands sagen' }, (form) =>
    form.textArea('reason', {
      label: 'Begrundelse',
      hint: 'Sagen bedømmes ikke i år. Det står med begrundelsen i den samlede afrapportering.',
    }),
  )

const summary = (frame: PageFrame, input: ReviewPageInput): Markup => {
  const { state } = input
  return facts([
    ['Status', badge(statusWords[state.status], statusTones[state.status])],
    ['Hvis tur', turnWords[turnOf(state, frame.today)]],
    ['Parter', municipalityNames(state.parties.map((party) => party.municipality))],
    ['Sagsnr.', state.content?.caseNumber ?? '–'],
    ['Sagsbehandler', input.nameOf(input.caseworker)],
    ['Frist', day(state.dueOn)],
    ...(state.closedAt === null ? [] : [['Afsluttet', moment(state.closedAt)] as const]),
    ['Kontrolnr.', input.controlNumber],
    ...(state.agreement === null
      ? []
      : [
          [
            'Dokumenter',
            html`<a href="${documentsPath(reviewStream(state.year, state.agreement))}">Aktliste</a>`,
          ] as const,
        ]),
    ...(state.attempts.lost ? [['Forløb', badge('gået i stå', 'error')] as const] : []),
    ...(state.agreement === null
      ? []
      : executionsFact(frame.reader, reviewStream(state.year, state.agreement))),
    ...(state.stopReason === '' ? [] : [['Standset, fordi', state.stopReason] as const]),
  ])
}

/** What waits beside the draft: held mails, requests for more time, the question of reopening. */
const toDecide = (frame: PageFrame, input: ReviewPageInput, may: (command: Do) => boolean): Markup => {
  const { state } = input
  const open = openTasks(state, frame.today).filter(({ about }) => about !== unconfirmedAnswer)
  const waits = (kind: ReviewTaskKind, command: Do): boolean =>
    may(command) && open.some((task) => task.kind === kind)
  const held = waits('held-mail', 'decide-held-mail')
  const extension = waits('extension', 'decide-extension')
  const reopen = waits('reopen', 'reopen')
  const corrections = waits('fact-check', 'decide-fact-check')
  const disputes = waits('dispute', 'answer-dispute')
  const proposed = waits('proposal', 'decide-proposal')
  const words = waits('words', 'mark-read')
  const contact = waits('new-contact', 'enter-contact')
  if (!held && !proposed && !words && !contact && !extension && !reopen && !corrections && !disputes)
    return nothing
  return html`<section aria-labelledby="afgoeres">
    <h2 id="afgoeres">Skal afgøres</h2>
    ${held ? heldMailForms(frame, input) : nothing} ${proposed ? proposalForms(frame, input) : nothing}
    ${words ? wordsForms(frame, input) : nothing} ${contact ? contactWishForms(frame, input) : nothing}
    ${extension ? extensionForms(frame, input) : nothing} ${reopen ? reopenForms(frame, input) : nothing}
    ${corrections ? correctionForms(frame, input) : nothing}
    ${disputes ? disputeForms(frame, input) : nothing}
  </section>`
}

/** A review: what is to be decided, the draft, the figures with their sources, letters, mails, and every commit. */
export const reviewPage = (frame: PageFrame, input: ReviewPageInput): Markup => {
  const { state, base } = input
  const may = offered(frame, state)
  const hearing = takesHearingAnswers(state)
  const open = openTasks(state, frame.today)
  const commentsAreDue = open.some(({ kind }) => kind === 'comments')
  const waiting = state.hearing?.answers.some((answer) => answer.answer === 'comments') === true
  return page(frame, {
    title: `${state.content?.title ?? state.agreement ?? ''}: ${state.year}`,
    path: base,
    content: html`${summary(frame, input)} ${finalReturnNotice(input)} ${unplacedAlerts(state.unplaced)}
    ${toDecide(frame, input, may)} ${draftSection(state)} ${judging(frame, input, may)}
    ${hearingSection(state, base)} ${objectionSection(frame, input, may('decide-objection'))}
    ${may('share-comment') ? shareForms(frame, input) : nothing}
    ${
      hearing && may('mark-hearing-answer')
        ? hearingForms(frame, input, {
            comments: commentsAreDue,
            confirmations: open.some(({ about }) => about === unconfirmedAnswer),
          })
        : nothing
    }
    ${
      hearing && waiting && !commentsAreDue
        ? html`<p>
            Bemærkningerne besvares, når høringen er slut, efter ${day(state.hearing?.endsOn ?? null)}, og
            alle svar er afgjort.
          </p>`
        : nothing
    }
    ${rulesSection(state, input.lapsed)} ${figuresSection(state, base)}
    ${contactsSection(state, input.contacts, base, frame.today)} ${correspondenceSection(frame, state, base)}
    ${promisesSection(frame, input, may('answer-promise') && takesTypedFigures(state))}
    ${moneySection(frame, input, may)} ${timelineSection(input.commits, input.nameOf)}
    ${may('type-figures') && takesTypedFigures(state) ? typedForms(frame, base, state) : nothing}
    ${may('enter-contact') && state.status !== 'none' ? enterContactForms(frame, input) : nothing}
    ${may('note') ? details('Skriv et notat', noteForm(frame, input), frame.refused?.action === 'note') : nothing}
    ${
      may('take-over-case')
        ? caseworkerForm(frame, { to: input.base, command: 'take-over-case' }, input.caseworkers)
        : nothing
    }
    ${
      may('stop') && mayHappen(state.status, 'Stopped')
        ? details('Stands sagen', stopForm(frame, input), frame.refused?.action === 'stop')
        : nothing
    }`,
  })
}
