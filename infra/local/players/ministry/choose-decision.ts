import { addWorkingDays } from '../../../../functions/domain/base/calendar.ts'
import { isBefore, todayInCopenhagen } from '../../../../functions/domain/base/time.ts'
import type { MinistryHints } from '../ministry-hints.ts'
import type { ListedTask, PageForm } from './page-forms.ts'

/** A form to send, with what to fill in; a list of values for a field of several. */
export interface FilledForm {
  readonly form: PageForm
  readonly values: Readonly<Record<string, string | readonly string[]>>
}

export interface Seen {
  readonly task: ListedTask
  readonly forms: readonly PageForm[]
  /** The whole page as a reader sees it. */
  readonly text: string
  /** Danish calendar date. */
  readonly today: string
  readonly hints: MinistryHints
}

const named = (seen: Seen, name: string): PageForm | undefined =>
  seen.forms.find((form) => form.name === name)
const under = (seen: Seen, prefix: string): readonly PageForm[] =>
  seen.forms.filter((form) => form.name.startsWith(`${prefix}/`))

const fill = (
  form: PageForm | undefined,
  values: Readonly<Record<string, string | readonly string[]>> = {},
): readonly FilledForm[] => (form === undefined ? [] : [{ form, values }])

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

/** After so many working days a mail that nobody vouched for is turned away. */
const heldPatienceDays = 5

/** Was it sent back, and has the municipality not been asked since? Then the caseworker asks. */
const recommend = (seen: Seen): readonly FilledForm[] => {
  const { hints, task, text } = seen
  const sentBack = hints.sentBack.find((one) => one.agreement === task.agreement)
  const [ask] = under(seen, 'ask')
  if (
    sentBack !== undefined &&
    ask !== undefined &&
    /Sendt tilbage/u.test(text) &&
    !/er spurgt om/u.test(text)
  ) {
    const keys = (ask.choices.get('keys') ?? []).filter((key) => key.split(' ')[0] === sentBack.target)
    return fill(ask, { keys, text: sentBack.question })
  }
  const factors = hints.externalFactors
    .filter((one) => one.agreement === task.agreement)
    .map((one) => `Mål ${one.target.slice(1)}: ${one.text}`)
  return fill(named(seen, 'recommend'), { factors: factors.join('\n'), text: 'Indstilles som beregnet.' })
}

const approve = (seen: Seen): readonly FilledForm[] => {
  const sentBack = seen.hints.sentBack.find((one) => one.agreement === seen.task.agreement)
  return sentBack !== undefined && !/Sendt tilbage/u.test(seen.text)
    ? fill(named(seen, 'send-back'), { reason: sentBack.remark })
    : fill(named(seen, 'approve'))
}

const heldMails = (seen: Seen): readonly FilledForm[] =>
  under(seen, 'decide-held-mail').flatMap((form) => {
    const hint = seen.hints.heldMails.find((one) => one.municipality === form.data.get('party'))
    if (hint?.decision === 'wait') return []
    const known = (form.data.get('registered') ?? '').split(' ').map(domainOf)
    const fits = known.includes(domainOf(form.data.get('from') ?? ''))
    const since = todayInCopenhagen(form.data.get('since') ?? seen.task.since)
    const mayCount = form.choices.get('as')?.includes('counts') === true
    if (mayCount && (hint?.decision === 'counts' || (hint === undefined && fits)))
      return fill(form, { as: 'counts', reason: 'Mailen kommer fra kommunens eget domæne.' })
    return hint?.decision === 'rejected' || !isBefore(seen.today, addWorkingDays(since, heldPatienceDays))
      ? fill(form, { as: 'rejected', reason: 'Ingen i kommunen har vedkendt sig mailen.' })
      : []
  })

/** Words that name a figure still missing are its answer; the rest is prose. */
const proposals = (seen: Seen): readonly FilledForm[] =>
  under(seen, 'decide-proposal').flatMap((form) => {
    const key = form.data.get('key') ?? ''
    return key !== '' && form.data.get('stands') === ''
      ? fill(form, { as: 'confirmed', key })
      : fill(form, { as: 'dismissed' })
  })

const isWish = (form: PageForm): boolean => (form.fields.get('mailKey') ?? '') !== ''

/** As it was asked for: who it is was read from the mail, and stands in the form. Without an address nobody is entered. */
const contactWishes = (seen: Seen): readonly FilledForm[] => {
  const withAddress = under(seen, 'enter-contact').filter(
    (form) => isWish(form) && (form.fields.get('email') ?? '') !== '',
  )
  return withAddress.length > 0
    ? withAddress.flatMap((form) => fill(form))
    : under(seen, 'decline-contact').flatMap((form) => fill(form, { reason: 'mailen nævner ingen adresse' }))
}

const extensions = (seen: Seen): readonly FilledForm[] =>
  under(seen, 'decide-extension').flatMap((form) => {
    const hint = seen.hints.extensions.find((one) => one.municipality === form.data.get('party'))
    const proposed = form.fields.get('dueOn') ?? ''
    const dueOn =
      hint === undefined || isBefore(hint.dueOn, form.data.get('due') ?? '') ? proposed : hint.dueOn
    return fill(form, {
      decision: hint?.decision === 'refused' ? 'refuse' : 'grant',
      dueOn,
      reason: hint?.reason ?? 'tallene skal behandles i kommunen først',
    })
  })

const markOf = (text: string): 'none' | 'comments' | 'courtesy' =>
  /ingen bemærkninger/iu.test(text)
    ? 'none'
    : /\btak\b|god weekend|god dag/iu.test(text)
      ? 'courtesy'
      : 'comments'

const hearingAnswers = (seen: Seen): readonly FilledForm[] =>
  under(seen, 'mark-hearing-answer').flatMap((form) => {
    const hint = seen.hints.hearingReplies.find((one) => one.municipality === form.data.get('party'))
    const as = hint === undefined ? markOf(form.quoted) : hint.mark === 'comment' ? 'comments' : 'courtesy'
    return fill(form, { as })
  })

type CommentHint = MinistryHints['comments'][number]

/** What became of the assessment; an objection that stands is put to the head of department, once. */
const changedOf = (form: PageForm, name: string, hint: CommentHint | undefined): string => {
  if (hint?.changes === true) return 'yes'
  const offered = form.choices.get(name.replace('answer.', 'changed.'))?.includes('unresolved') === true
  return offered && hint?.superior !== undefined ? 'unresolved' : 'no'
}

/** What the hints do not foresee is upheld: the assessment is as it was computed. */
const objections = (seen: Seen): readonly FilledForm[] =>
  under(seen, 'decide-objection').flatMap((form) => {
    const hint = seen.hints.comments.find((one) => one.agreement === seen.task.agreement)?.superior
    return fill(form, {
      outcome: hint?.outcome ?? 'upheld',
      reason: hint?.reason ?? 'bedømmelsen følger aftalens målemetode',
    })
  })

const comments = (seen: Seen): readonly FilledForm[] => {
  const form = named(seen, 'answer-comments')
  if (form === undefined) return []
  const hint = seen.hints.comments.find((one) => one.agreement === seen.task.agreement)
  const text = hint?.answer ?? 'bemærkningen er noteret og ændrer ikke bedømmelsen'
  const fields = [...form.names].filter((name) => name.startsWith('answer.'))
  return fill(
    form,
    Object.fromEntries(
      fields.flatMap((name) => [
        [name, text],
        [name.replace('answer.', 'changed.'), changedOf(form, name, hint)],
      ]),
    ),
  )
}

/** Decline all but those the hints open; a wish the municipality is about to take back is left. */
const matter = (seen: Seen): readonly FilledForm[] => {
  const form = named(seen, 'decide-matter')
  if (form === undefined) return []
  const { opened, declineReason, declineCode, withdrawnByMunicipality } = seen.hints.renegotiation
  const values: Record<string, string> = { decision: 'decline', reason: declineReason, code: declineCode }
  for (const name of form.names) {
    if (!name.startsWith('exception.')) continue
    const agreement = name.slice('exception.'.length)
    const open = opened.find((one) => one.agreement === agreement)
    if (open !== undefined) {
      values[name] = 'open'
      values[`exception-reason.${agreement}`] = open.reason
    } else if (withdrawnByMunicipality.some((one) => one === agreement)) values[name] = 'later'
  }
  return fill(form, values)
}

const propose = (seen: Seen): readonly FilledForm[] => {
  const { opened, proposalsOn, effectiveOn } = seen.hints.renegotiation
  const mine = opened.filter((one) => one.agreement === seen.task.agreement)
  const [first] = mine
  if (first === undefined || isBefore(seen.today, proposalsOn)) return []
  const values = Object.fromEntries(
    mine.map((one) => [`value.${one.target}.${one.year}`, one.newValue.replace('.', ',')]),
  )
  return fill(named(seen, 'propose'), { ...values, effectiveFrom: effectiveOn, reason: first.reason })
}

/** What a reply to a proposal is taken for, as a person would read it. */
const answerMarkOf = (text: string): 'accepted' | 'declined' | 'comment' =>
  /tiltræde[rs]? ikke|kan ikke tiltræde/iu.test(text)
    ? 'declined'
    : /tiltræde|underskrevet|godkend/iu.test(text)
      ? 'accepted'
      : 'comment'

const wishTakenBack = (seen: Seen): readonly FilledForm[] => {
  const withdrawal = named(seen, 'record-withdrawal')
  return withdrawal?.data.get('taken-back') === 'yes'
    ? fill(withdrawal, { reason: 'kommunen har trukket sit ønske tilbage' })
    : []
}

const proposalAnswers = (seen: Seen): readonly FilledForm[] =>
  under(seen, 'mark-answer').flatMap((form) => fill(form, { as: answerMarkOf(form.quoted) }))

const counterProposal = (seen: Seen): readonly FilledForm[] =>
  fill(under(seen, 'answer-counter')[0], {
    decision: 'no',
    reason: 'forslaget dækker den ændrede forudsætning',
  })

/** As the hints answer it, with the name it corrects; what nobody foresaw is answered and left as it is. */
const corrections = (seen: Seen): readonly FilledForm[] =>
  under(seen, 'decide-fact-check').flatMap((form) => {
    const hint = seen.hints.factCheckCorrections.find((one) => one.municipality === form.data.get('party'))
    if (hint === undefined)
      return fill(form, { as: 'rejected', text: 'Siderne følger kommunens indberetning og aftalen.' })
    const titles = hint.renamed.map(({ key, title }) => [`title.${key}`, title] as const)
    return fill(form, { as: hint.decision, text: hint.answer, ...Object.fromEntries(titles) })
  })

const reopening = (seen: Seen): readonly FilledForm[] =>
  fill(named(seen, 'leave-closed'), { reason: 'rettelsen ændrer ikke bedømmelsen' })

/**
 * What a player fills in on a task's page: what the set's hints say of the case, and otherwise what a
 * colleague in a hurry would: as computed, approved, granted within the limit. Empty: the task is left.
 */
export const chooseDecisions = (seen: Seen): readonly FilledForm[] => {
  switch (seen.task.kind) {
    case 'recommend':
      return recommend(seen)
    case 'approve':
      return approve(seen)
    case 'held-mail':
      return heldMails(seen)
    case 'new-contact':
      return contactWishes(seen)
    // The deputy has the request already; that somebody looked stands as a note.
    case 'absence':
      return fill(named(seen, 'note'), { about: 'phone', text: 'Stedfortræderen har anmodningen og svarer.' })
    // The ministry's own part, of which nobody has said otherwise.
    case 'promise':
      return under(seen, 'answer-promise').flatMap((form) =>
        form.data.get('answered') === 'no' ? fill(form, { kept: 'yes' }) : [],
      )
    case 'proposal':
      return proposals(seen)
    case 'words':
      return under(seen, 'mark-read').flatMap((form) => fill(form))
    case 'extension':
      return extensions(seen)
    case 'hearing-answer':
      return hearingAnswers(seen)
    case 'hearing-comment':
      return under(seen, 'share-comment').flatMap((form) =>
        fill(form, { substance: 'udkastet ikke tager højde for de lokale forhold' }),
      )
    case 'comments':
      return comments(seen)
    case 'objection':
      return objections(seen)
    case 'reopen':
      return reopening(seen)
    case 'fact-check':
      return corrections(seen)
    case 'release':
      return fill(named(seen, 'release'), {
        agreements: named(seen, 'release')?.choices.get('agreements') ?? [],
      })
    case 'matter':
      return matter(seen)
    case 'wish-taken-back':
      return wishTakenBack(seen)
    case 'rider-draft':
      return propose(seen)
    case 'rider-approval':
      return fill(named(seen, 'approve-proposal'))
    case 'counter-proposal':
      return counterProposal(seen)
    case 'proposal-answer':
      return proposalAnswers(seen)
    case 'report':
      return fill(named(seen, 'approve-report'))
    // As the municipality wrote it, under the theme that stands in the form.
    case 'experience':
      return under(seen, 'publish-experience').flatMap((form) => fill(form))
    case 'experience-letter':
      return fill(named(seen, 'release-experiences'))
    default:
      return []
  }
}
