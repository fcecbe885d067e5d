import { createHash } from 'node:crypto'
import type { MailReceived } from '../../../functions/domain/casefile/mails.ts'
import {
  joinGround,
  lapse,
  raise,
  recordOutcome,
  recordRider,
  recordSettled,
} from '../../../functions/domain/renegotiation/decide/machine.ts'
import {
  renegotiationCommands,
  type RenegotiationCommand,
} from '../../../functions/domain/renegotiation/commands.ts'
import { takeMail } from '../../../functions/domain/renegotiation/decide/take-mail.ts'
import { planRenegotiation } from '../../../functions/domain/renegotiation/plan.ts'
import {
  renegotiation,
  noRenegotiation,
  type RenegotiationState,
  type RenegotiationEvent,
} from '../../../functions/domain/renegotiation/state.ts'
import type { AnswerValue } from '../../../functions/domain/casefile/reading.ts'
import type { Decision } from '../../../functions/domain/base/stream.ts'
import { addMs, compareInstants } from '../../../functions/domain/base/time.ts'
import { proposalEnd } from '../../../functions/domain/base/calendar.ts'
import { letterOrderId, recordLetter } from '../../../functions/domain/casefile/letters.ts'
import { todayInCopenhagen } from '../../../functions/domain/base/time.ts'
import { contactIdSchema } from '../../../functions/domain/base/values.ts'
import { storedMail, valuesOf } from '../../support/stored-mail.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import type { Ground } from '../../../functions/domain/renegotiation/slices/question.ts'
import type { Decider } from '../../../functions/domain/base/command.ts'

const sha = (text: string): string => createHash('sha256').update(text).digest('hex')

export const parties = ['479', '450'] as const
const proposal = {
  changes: [{ target: 'M1', year: 2015, value: '46' }],
  effectiveFrom: '2015-07-01',
  reason: 'kvoten',
} as const

export const ground = (triggerId: string, more: Partial<Ground> = {}): Ground => ({
  triggerId,
  cause: 'assumption',
  assumptionKeys: ['FS1'],
  error: false,
  observationId: triggerId,
  matterId: 'kommunekvoter-2015',
  changes: [],
  targets: ['M1'],
  party: null,
  ...more,
})

/** A renegotiation without its surroundings: decisions folded one after the other, time moved by hand. */
export class Machine {
  state: RenegotiationState = noRenegotiation
  now = '2015-04-13T08:00:00.000Z'
  readonly events: RenegotiationEvent[] = []
  #seq = 0

  /** @returns the refusal's kind, or how many events were folded */
  take(decision: Decision<RenegotiationEvent>): string | number {
    if (!decision.ok) return decision.refusal.kind
    this.#seq += 1
    const actor = { by: 'system', name: 'test' } as const
    const meta = { seq: this.#seq, at: this.now, actor, commandId: `${this.#seq}` }
    for (const event of decision.events) {
      this.events.push(event)
      this.state = renegotiation.evolve(this.state, event, meta)
    }
    return decision.events.length
  }

  raise(first: Ground = ground('quota')): this {
    const { agreement } = svendborg
    this.take(
      raise(this.state, {
        agreement: agreement.id,
        seq: 1,
        year: 2014,
        version: 1,
        content: agreement,
        signedOn: '2012-11-12',
        parties: parties.map((municipality, index) => ({
          municipality,
          role: index === 0 ? 'lead' : 'member',
        })),
        ground: first,
        text: '',
      }),
    )
    return this
  }

  join(one: Ground): string | number {
    return this.take(joinGround(this.state, one, ''))
  }

  person(command: RenegotiationCommand, who: Decider): string | number {
    const facts = { digest: sha, nextRider: 1, usedKeys: [] }
    return this.take(renegotiationCommands.decide(this.state, command, who, this.now, facts))
  }

  draft(who: Decider): string | number {
    return this.person({ do: 'propose', ...proposal }, who)
  }

  mail(
    party: string,
    isSignatory: boolean,
    values: Readonly<Record<string, AnswerValue>>,
    standing: MailReceived['standing'] = 'counts',
    confirms = false,
  ): string {
    const mailKey = sha(`mail ${this.#seq} ${this.now}`)
    const event = storedMail(
      {
        mailKey,
        bodyKey: mailKey,
        receivedAt: this.now,
        party,
        contactId: contactIdSchema.parse(`${isSignatory ? 'signatory' : 'contact'}-${party}`),
        standing,
        values: valuesOf(values),
        confirms,
      },
      null,
    )
    this.take(takeMail(this.state, { event, answersOrder: null }, { isSignatory }))
    return mailKey
  }

  /** Does by itself what the plan says, until it waits; every letter is delivered unless told otherwise. */
  work(delivered = true): this {
    for (let turns = 0; turns < 100; turns += 1) {
      const plan = planRenegotiation(this.state, this.now)
      if (plan.next === 'letter') this.#send(delivered, letterOrderId(plan.order))
      else if (plan.next === 'step' && plan.step === 'lapse') this.take(lapse(this.state, null, this.now))
      else if (plan.next === 'step' && plan.step === 'settle') this.take(recordSettled(this.state))
      else if (plan.next === 'step')
        this.take(recordRider(this.state, { version: 2, signedOn: todayInCopenhagen(this.now) }))
      else return this
    }
    throw new Error('the plan never waits')
  }

  #send(delivered: boolean, id: string): void {
    const plan = planRenegotiation(this.state, this.now)
    if (plan.next !== 'letter') return
    const datedOn = todayInCopenhagen(this.now)
    const letterKey = sha(id)
    this.take(
      recordLetter(this.state, {
        letterKey,
        order: plan.order,
        recipients: [contactIdSchema.parse('contact')],
        datedOn,
        dueOn: plan.order.kind === 'proposal' ? proposalEnd(datedOn) : null,
        rawSha256: letterKey,
        messageId: '',
        again: false,
        to: ['a@kommune.example'],
        subject: '',
        text: '',
      }),
    )
    if (delivered)
      this.take(
        recordOutcome(this.state, {
          letterKey,
          addresses: ['a@kommune.example'],
          at: this.now,
          result: 'delivered',
          permanent: false,
          status: '',
        }),
      )
  }

  /** Days go by; the workflow wakes when it would. */
  pass(days: number, delivered = true): this {
    const to = addMs(this.now, days * 24 * 60 * 60 * 1000)
    for (;;) {
      this.work(delivered)
      const plan = planRenegotiation(this.state, this.now)
      if (plan.next !== 'wait' || plan.until === null || compareInstants(plan.until, to) > 0) break
      this.now = plan.until
    }
    this.now = to
    return this.work(delivered)
  }
}
