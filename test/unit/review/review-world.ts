import type { AgreementContent } from '../../../functions/domain/agreement/content.ts'
import { addWorkingDays, dueDay, hearingEnd, reminderDays } from '../../../functions/domain/base/calendar.ts'
import { recordLetter, type LetterOrder } from '../../../functions/domain/casefile/letters.ts'
import { mailReceivedSchema, type IncomingMail } from '../../../functions/domain/casefile/mails.ts'
import { canonicalJson } from '../../../functions/domain/judging/canonical.ts'
import { assess, currentRuleVersion } from '../../../functions/domain/judging/rule.ts'
import type { Observation } from '../../../functions/domain/judging/assessment.ts'
import {
  assessFinally,
  close,
  makeDraft,
  open,
  prepare,
  recordOutcome,
} from '../../../functions/domain/review/decide/machine.ts'
import { reviewCommands, type ReviewCommand } from '../../../functions/domain/review/commands.ts'
import { readTypedFigure } from '../../../functions/handlers/console/typed-figures.ts'
import { takeMail } from '../../../functions/domain/review/decide/take-mail.ts'
import { assessmentInput } from '../../../functions/domain/review/judge-input.ts'
import { planReview, type ReviewPlan } from '../../../functions/domain/review/plan.ts'
import { accountDueOn } from '../../../functions/domain/review/final-return.ts'
import { laterFigureDueOn } from '../../../functions/domain/review/asked.ts'
import {
  noReview,
  review,
  type ReviewEvent,
  type ReviewState,
} from '../../../functions/domain/review/state.ts'
import { mayHappen } from '../../../functions/domain/review/status.ts'
import type { Decision } from '../../../functions/domain/base/stream.ts'
import { addDays, atCopenhagen, daysBetween, todayInCopenhagen } from '../../../functions/domain/base/time.ts'
import { contactIdSchema } from '../../../functions/domain/base/values.ts'
import { digest } from '../../../functions/adapters/signing.ts'
import { storedMail } from '../../support/stored-mail.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { anders, sofie } from '../../support/ministry.ts'
import type { Decider } from '../../../functions/domain/base/command.ts'
import { questionEnd } from '../../../functions/domain/review/slices/questions.ts'

/** An instant in Copenhagen: `on('2015-03-02', '23:59')`. */
export const on = (date: string, time = '09:00'): string => atCopenhagen(date, time)

export const number = (value: string | number) => ({ is: 'number', value: String(value) }) as const
const at = { part: 'text', line: 1, segment: 'new' } as const

/** Svendborg's figures of LETTERS 6.2, all of them. */
export const allFigures = {
  'M1 i alt': number(134),
  'M1 heraf': number(61),
  M2: number('24.5'),
  M3: { is: 'milestone', met: true, on: '2014-11-14' },
  FS2: number(83),
  'H1 udgift': number(400_000),
  Formidling: { is: 'text' },
} as const
export const finished = { Færdig: { is: 'yes-no', yes: true } } as const

export interface MailInput {
  readonly key?: string
  readonly body?: string
  readonly date?: string
  readonly party?: string | null
  readonly standing?: IncomingMail['event']['standing']
  readonly reason?: string
  readonly receivedAt?: string
  readonly contactId?: string | null
  readonly values?: Readonly<Record<string, unknown>>
  readonly doubts?: readonly { kind: string; key: string }[]
  readonly texts?: Readonly<Record<string, string>>
  readonly freeText?: string
  readonly confirms?: boolean
  readonly answersOrder?: IncomingMail['answersOrder']
  readonly extension?: IncomingMail['event']['extension']
  readonly absentUntil?: string
}

/** One review driven by its own decisions, at a time set by the test. Nothing is written that they refuse. */
export class ReviewWorld {
  state: ReviewState = noReview
  now: string
  readonly content: AgreementContent
  readonly events: { readonly at: string; readonly event: ReviewEvent }[] = []
  observations: readonly Observation[] = []
  #mails = 0
  #seq = 0

  constructor(options: { readonly content?: AgreementContent; readonly at?: string } = {}) {
    this.content = options.content ?? svendborg.agreement
    this.now = options.at ?? on('2014-12-01', '08:00')
  }

  /** Moves the time, never back. */
  until(instant: string): this {
    if (instant < this.now) throw new Error(`time does not go back to ${instant} from ${this.now}`)
    this.now = instant
    return this
  }

  /** Commits what was decided; each event goes through its schema and must be allowed in its status. */
  commit(decision: Decision<ReviewEvent>): this {
    if (!decision.ok) throw new Error(`${decision.refusal.kind}: ${decision.refusal.message}`)
    this.#seq += 1
    for (const decided of decision.events) {
      const event = review.eventSchema.parse(JSON.parse(JSON.stringify(decided)))
      if (!mayHappen(this.state.status, event.type))
        throw new Error(`${event.type} may not happen while ${this.state.status}`)
      this.events.push({ at: this.now, event })
      this.state = review.evolve(this.state, event, {
        seq: this.#seq,
        at: this.now,
        actor: { by: 'system', name: 'test' },
        commandId: String(this.#seq),
      })
    }
    return this
  }

  plan(now = this.now): ReviewPlan {
    return planReview(this.state, now)
  }

  prepare(): this {
    const { content } = this
    return this.commit(
      prepare(this.state, {
        agreement: content.id,
        year: 2014,
        content,
        signedOn: '2012-11-12',
        leftOut: null,
        parties: content.parties.map(({ municipality, role }) => ({ municipality, role })),
      }),
    )
  }

  open(): this {
    const { content } = this
    return this.commit(
      open(this.state, {
        content,
        versions: content.targets.map((target) => ({ target: target.key, version: 1 })),
        today: todayInCopenhagen(this.now),
      }),
    )
  }

  /** Sends a letter with the deadline its kind prints, delivered at once unless told otherwise. */
  send(
    order: LetterOrder,
    options: { readonly recipient?: string; readonly delivered?: boolean } = {},
  ): this {
    const today = todayInCopenhagen(this.now)
    const party = order.party ?? ''
    const recipient = options.recipient ?? `contact-${party}`
    const letterKey = digest(JSON.stringify(order))
    this.commit(
      recordLetter(this.state, {
        letterKey,
        order,
        recipients: [contactIdSchema.parse(recipient), contactIdSchema.parse(`post-${party}`)],
        datedOn: today,
        dueOn: this.#dueOn(order, today),
        rawSha256: 'a'.repeat(64),
        messageId: `<${letterKey}@mail.example>`,
        again: false,
        to: [`${recipient}@kommune.example`, `post-${party}@kommune.example`],
        subject: order.kind,
        text: order.kind,
      }),
    )
    if (options.delivered !== false) this.delivered(order, recipient)
    return this
  }

  #dueOn({ kind, about }: LetterOrder, today: string): string | null {
    switch (kind) {
      case 'request':
        return this.state.dueOn
      case 'to-deputy':
        // After an absence note the date stands.
        if (about !== 'bounced') return this.state.dueOn
        return addDays(today, daysBetween(this.state.requestOn, dueDay(2014)))
      case 'reminder-1':
      case 'reminder-2':
        return addWorkingDays(today, reminderDays[kind])
      case 'later-figure':
        return laterFigureDueOn(today)
      case 'question':
        return questionEnd(today)
      case 'hearing':
        return hearingEnd(today)
      case 'final-return':
        return accountDueOn(2014, today)
      default:
        return null
    }
  }

  #outcome(order: LetterOrder, recipient: string, result: 'delivered' | 'bounced', permanent: boolean): this {
    return this.commit(
      recordOutcome(this.state, {
        letterKey: digest(JSON.stringify(order)),
        addresses: [`${recipient}@kommune.example`],
        at: this.now,
        result,
        permanent,
        status: result === 'bounced' ? '5.1.1' : '',
      }),
    )
  }

  delivered(order: LetterOrder, recipient = `contact-${order.party ?? ''}`): this {
    return this.#outcome(order, recipient, 'delivered', false)
  }

  bounced(order: LetterOrder, options: { recipient?: string; permanent?: boolean } = {}): this {
    const recipient = options.recipient ?? `contact-${order.party ?? ''}`
    return this.#outcome(order, recipient, 'bounced', options.permanent ?? true)
  }

  /** A mail as the intake hands it on. */
  incoming(mail: MailInput): IncomingMail {
    this.#mails += 1
    const key = mail.key ?? `mail-${this.#mails}`
    const { values = {}, texts = {}, answersOrder = null } = mail
    const party = mail.party === undefined ? (this.content.parties[0]?.municipality ?? null) : mail.party
    return {
      event: mailReceivedSchema.parse({
        ...storedMail(
          {
            mailKey: key,
            receivedAt: mail.receivedAt ?? this.now,
            standing: mail.standing ?? 'counts',
            reason: mail.reason ?? (mail.standing === 'held' ? 'unknown-address' : ''),
            answers:
              answersOrder === null
                ? null
                : [answersOrder.kind, party ?? '', 1, answersOrder.about].join('/'),
            confirms: mail.confirms ?? false,
            extension: mail.extension ?? null,
          },
          { freeText: mail.freeText ?? '', texts },
        ),
        bodyKey: mail.body ?? `body-${key}`,
        ...(mail.date === undefined ? {} : { dateKey: mail.date }),
        party,
        contactId: mail.contactId === undefined ? `contact-${party ?? ''}` : mail.contactId,
        values: Object.entries(values).map(([name, value]) => ({ key: name, value, at })),
        doubts: mail.doubts ?? [],
        ...(mail.absentUntil === undefined ? {} : { absentUntil: mail.absentUntil }),
      }),
      answersOrder,
    }
  }

  mail(mail: MailInput): this {
    return this.commit(takeMail(this.state, this.incoming(mail)))
  }

  decide(command: ReviewCommand, who: Decider = sofie): Decision<ReviewEvent> {
    return reviewCommands.decide(this.state, command, who, this.now, {
      contacts: [],
      readFigure: readTypedFigure,
    })
  }

  person(command: ReviewCommand, who: Decider = sofie): this {
    return this.commit(this.decide(command, who))
  }

  /** Judges what has come, as the task does. */
  draft(attempt: number | null = null): this {
    const assessment = assess(
      assessmentInput(this.state, this.content, this.content.id, this.observations, currentRuleVersion),
    )
    const subject = digest(`${this.state.rounds + 1}|${canonicalJson(assessment)}`)
    return this.commit(makeDraft(this.state, { assessment, subject, attempt }, this.now))
  }

  assessFinally(): this {
    return this.commit(assessFinally(this.state, null, this.now))
  }

  /** The subject of the draft on the record. */
  get subject(): string {
    return this.state.draft?.subject ?? ''
  }

  recommend(changes: Extract<ReviewCommand, { do: 'recommend' }>['changes'] = []): this {
    return this.person({ do: 'recommend', subject: this.subject, changes, externalFactors: [], text: '' })
  }

  approve(): this {
    return this.person({ do: 'approve', subject: this.subject }, anders)
  }

  /** Does everything that the plan says the machine does now, until it waits or ends. */
  work(options: { readonly delivered?: boolean } = {}): this {
    for (let steps = 0; steps < 50; steps += 1) {
      const plan = this.plan()
      if (plan.next === 'letter') this.send(plan.order, options)
      else if (plan.next !== 'step') return this
      else if (plan.step === 'open') this.open()
      else if (plan.step === 'draft') this.draft()
      else if (plan.step === 'assess') this.assessFinally()
      else this.commit(close(this.state, null, this.now))
    }
    throw new Error('the machine does not come to rest')
  }

  /** Lets time pass as the workflow does: from one time limit of a wait to the next, working at each. */
  pass(instant: string): this {
    for (let steps = 0; steps < 200; steps += 1) {
      this.work()
      const plan = this.plan()
      if (plan.next !== 'wait' || plan.until === null || plan.until > instant)
        return this.until(instant).work()
      this.until(plan.until)
    }
    throw new Error('time does not pass')
  }

  /** Letters sent, as `kind@date`, oldest first. */
  letters(party: string | null = null): readonly string[] {
    return this.state.letters
      .filter((letter) => party === null || letter.order.party === party)
      .map((letter) => `${letter.order.kind}@${letter.datedOn}`)
  }
}

/** A review whose request went out on 15 January 2015 at 9.00. */
export const requested = (content?: AgreementContent): ReviewWorld =>
  new ReviewWorld(content === undefined ? {} : { content }).prepare().pass(on('2015-01-15', '09:00'))

/** All figures in, the draft made, recommended and approved, its hearing begun on 10 March. */
export const inHearing = (content?: AgreementContent): ReviewWorld => {
  const world = requested(content)
  world.until(on('2015-02-10', '11:00'))
  for (const { municipality } of world.content.parties)
    world.mail({ party: municipality, values: allFigures })
  world.pass(on('2015-03-10', '09:00'))
  return world.recommend().approve().work()
}
