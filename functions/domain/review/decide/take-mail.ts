import { withinBudget } from '../../casefile/answer-budget.ts'
import { heldForItsId, heldForTyping } from '../../casefile/held-mails.ts'
import type { Standing } from '../../casefile/mail-reading.ts'
import {
  answeredKind,
  provisionalMails,
  textOf,
  type MailReceived,
  type MailRecord,
  type IncomingMail,
} from '../../casefile/mails.ts'
import { typedToConfirm } from '../../casefile/typed-entry.ts'
import { accept, type Decision } from '../../base/stream.ts'
import { compareInstants } from '../../base/time.ts'
import { replaces, siblingKeys, takenOf, partyOf } from '../slices/figures.ts'
import { takesHearingAnswers } from '../slices/hearing.ts'
import { heldWhenClosed, tellsWhy } from '../closed-year.ts'
import { isOfAccount } from '../final-return.ts'
import { withFreshProposals } from '../slices/proposals.ts'
import { type ReviewState, type ReviewEvent } from '../state.ts'
import { mayHappen } from '../status.ts'
import { exceptedFrom } from '../slices/colleagues.ts'
import { isFigure } from '../../casefile/reading.ts'
import { hearingReply } from '../slices/comments.ts'
import { commentedMoney } from '../slices/money.ts'
import { openQuestions } from '../slices/questions.ts'

/** While its figures are waited for or may still change the draft; a letter in the hearing is read as its answer. */
export const typedWhile: readonly ReviewState['status'][] = ['collecting', 'asking', 'drafted']

/** An address or a title in Erfaringsbasen; a plan ("inden sommerferien") is asked again in August (L12). */
export const namesDissemination = (text: string): boolean =>
  /https?:|www\.|[a-z0-9-]\.(?:dk|example)\b|»[^«»]+«|"[^"]+"/iu.test(text)

/** Which assumptions a wish for renegotiation names. */
export const namedAssumptions = (text: string): string[] =>
  [...text.matchAll(/\bFS\s?(\d{1,2})\b/giu)].map((match) => `FS${match[1] ?? ''}`)

/** Does what now counts change a figure that already stood? A mail older than the figure does not. */
const changesFigures = (
  state: ReviewState,
  municipality: string,
  mail: MailReceived | MailRecord,
): boolean => {
  const party = partyOf(state, municipality)
  if (party === null) return false
  return mail.values.some(
    (answer) =>
      isFigure(answer.value) &&
      !isOfAccount(answer.key) &&
      replaces(party, answer.key, mail.receivedAt) &&
      JSON.stringify(party.figures[answer.key]?.value) !== JSON.stringify(answer.value),
  )
}

/**
 * What follows when a mail's content counts, now or by a later OK or release: one place for both, so that a
 * colleague's confirmed reply has exactly the effects of the contact's own.
 */
export const consequences = (
  state: ReviewState,
  mail: MailReceived | MailRecord,
  cause: 'correction' | 'mail-released' | 'mail-confirmed' | 'mail-reread' | 'caseworker',
  answersKind: string | null = answeredKind(mail),
): ReviewEvent[] => {
  const { party, mailKey, values } = mail
  if (party === null) return []
  const events: ReviewEvent[] = []
  const answer = (key: string) => values.find((candidate) => candidate.key === key)?.value
  const question = openQuestions(state).find(
    (candidate) =>
      candidate.party === party &&
      (answersKind === 'question' ||
        values.some((value) =>
          candidate.keys.some((key) => siblingKeys(key).includes(value.key.replace(/ bemærkning$/u, ''))),
        )),
  )
  const changed = changesFigures(state, party, mail)
  const answersQuestion = state.status === 'asking' && question !== undefined
  if (answersQuestion)
    events.push({ type: 'QuestionAnswered', v: 1, questionId: question.questionId, party, mailKey })
  else if (changed && state.draft !== null && mayHappen(state.status, 'DraftSuperseded'))
    events.push({ type: 'DraftSuperseded', v: 1, subject: state.draft.subject, cause, mailKey })
  else if (changed && (state.status === 'assessed' || state.status === 'closed'))
    events.push({ type: 'ReopenRaised', v: 1, mailKey })
  else if (state.status === 'closed' && tellsWhy(mail, answersKind))
    events.push({ type: 'ReopenRaised', v: 1, mailKey })
  // A correction and a comment in one mail are both: the comment is answered, whatever becomes of the draft.
  if (takesHearingAnswers(state) && (!answersQuestion || answer('Høringssvar') !== undefined)) {
    const reply = hearingReply(mail, answersKind)
    if (reply !== null) events.push({ type: 'HearingAnswered', v: 1, party, mailKey, answer: reply })
  }
  const commented = commentedMoney(state, mail)
  if (commented !== null)
    events.push({ type: 'MoneyDecisionCommented', v: 1, caseId: commented, party, mailKey })
  const wish = answer('Genforhandling')
  if (wish?.is === 'yes-no' && wish.yes)
    events.push({
      type: 'RenegotiationWished',
      v: 1,
      party,
      mailKey,
      assumptionKeys: namedAssumptions(textOf(mail, 'Genforhandling')),
    })
  if (answer('Formidling') !== undefined && state.dissemination?.done !== true) {
    const text = textOf(mail, 'Formidling')
    events.push({
      type: 'DisseminationReported',
      v: 1,
      party,
      mailKey,
      done: namesDissemination(text),
      private: { text },
    })
  }
  const check = answer('Faktatjek')
  if (check?.is === 'fact-check')
    events.push({
      type: 'FactCheckAnswered',
      v: 1,
      party,
      mailKey,
      ok: check.ok,
      private: { text: textOf(mail, 'Faktatjek') },
    })
  return events
}

/** The mails that an OK confirms: what its own thread is about, otherwise all that are provisional. */
const confirmedBy = (
  state: ReviewState,
  party: string,
  asked: IncomingMail['answersOrder'],
): readonly MailRecord[] => {
  if (asked?.kind === 'held-mail-notice')
    return state.mails.filter((mail) => mail.mailKey === asked.about && mail.standing === 'held')
  return provisionalMails(state.mails, party)
}

/**
 * The same content from the same sender in a new mail: answered once, taken once. In a hearing only what came
 * since it began is the same: the words of an earlier hearing's answer answer the new draft.
 */
const standingOf = (state: ReviewState, event: MailReceived): Standing =>
  (event.standing === 'counts' || event.standing === 'provisional') && isRepeated(state, event)
    ? 'repeated'
    : event.standing

/**
 * Whether nothing is new in it: what was sent last, or an older mail played again with the date it had (MAIL 210). What
 * was sent before that is sent again on purpose, and counts.
 */
export const isRepeated = (state: ReviewState, event: MailReceived): boolean => {
  if (event.values.length === 0) return false
  const since = state.hearing?.begunAt ?? null
  const taken = state.mails.filter(({ standing }) => standing !== 'rejected' && standing !== 'held')
  const same = taken.filter(
    ({ bodyKey, receivedAt }) =>
      bodyKey === event.bodyKey && (since === null || compareInstants(receivedAt, since) >= 0),
  )
  if (same.length === 0) return false
  if (same.some(({ dateKey }) => dateKey !== undefined && dateKey === event.dateKey)) return true
  const latest = taken
    .filter(({ party, values }) => party === event.party && values.length > 0)
    .reduce((last, mail) => (compareInstants(mail.receivedAt, last.receivedAt) >= 0 ? mail : last))
  return latest.bodyKey === event.bodyKey
}

/** More time asked for, put on the record while it collects; once a mail. */
export const extensionRequested = (state: ReviewState, mail: MailReceived | MailRecord): ReviewEvent[] => {
  const { party, mailKey, extension } = mail
  const isOnRecord = state.extensions.some(
    (request) => request.mailKey === mailKey && request.party === party,
  )
  return party === null || extension === null || state.status !== 'collecting' || isOnRecord
    ? []
    : [{ type: 'ExtensionRequested', v: 1, party, mailKey, until: extension.until, byKey: extension.byKey }]
}

/** What an OK confirms, each with its consequences; the first answer to the contact confirmation confirms those. */
export const confirmations = (
  state: ReviewState,
  mail: MailReceived | MailRecord,
  asked: IncomingMail['answersOrder'],
): ReviewEvent[] => {
  const { party, mailKey } = mail
  if (!mail.confirms || party === null) return []
  // What the ministry typed in counts already: her OK says that it is right.
  const events: ReviewEvent[] = typedToConfirm(state.mails, party, mail.receivedAt).map((typed) => ({
    type: 'MailConfirmed',
    v: 1,
    mailKey: typed.mailKey,
    by: mailKey,
  }))
  if (state.status === 'preparing') events.push({ type: 'ContactsConfirmed', v: 1, party, mailKey })
  const confirming = confirmedBy(state, party, asked)
  const settled = mail.values.map(({ key }) => key)
  const excepted = exceptedFrom(state, party, confirming, settled)
  for (const confirmed of confirming) {
    const left = excepted.filter(({ key }) => confirmed.values.some((answer) => answer.key === key))
    const except = left.length === 0 ? {} : { excepted: [...left] }
    events.push({ type: 'MailConfirmed', v: 1, mailKey: confirmed.mailKey, by: mailKey, ...except })
    const values = [...takenOf(confirmed.values, left)]
    const full = { ...confirmed, values, party: confirmed.party ?? party }
    events.push(...extensionRequested(state, full), ...consequences(state, full, 'mail-confirmed'))
  }
  return events
}

/** Takes a mail into the review. The same mail again is the caller's to recognise (its key is the command id). */
export const takeMail = (state: ReviewState, incoming: IncomingMail): Decision<ReviewEvent> => {
  const fresh = withFreshProposals(state, incoming.event)
  const first = heldForItsId(state.mails, { ...fresh, standing: standingOf(state, fresh) })
  const needsTypingIn = incoming.needsTypingIn === true
  const held =
    needsTypingIn && typedWhile.includes(state.status)
      ? heldForTyping(first)
      : heldWhenClosed(state, first, needsTypingIn)
  const event = withinBudget(state, held)
  if (event.party === null || (event.standing !== 'counts' && event.standing !== 'provisional'))
    return accept<ReviewEvent>(event)
  const requested = extensionRequested(state, event)
  if (event.standing === 'provisional') return accept<ReviewEvent>(event, ...requested)
  const { answersOrder } = incoming
  return accept(
    ...withoutRepeats([
      event,
      ...requested,
      ...confirmations(state, event, answersOrder),
      ...consequences(state, event, 'correction', answersOrder?.kind ?? answeredKind(event)),
    ]),
  )
}

/** One draft is superseded once, however many mails a confirmation brings in. */
export const withoutRepeats = (events: readonly ReviewEvent[]): ReviewEvent[] => {
  const once = new Set<string>()
  return events.filter((event) => {
    if (event.type !== 'DraftSuperseded' && event.type !== 'ReopenRaised') return true
    if (once.has(event.type)) return false
    once.add(event.type)
    return true
  })
}
