import type { AgreementFile } from '../../../functions/domain/agreement/content.ts'
import { decideAny, type Asked } from '../../support/judging/agreement-world.ts'
import { canonicalJson } from '../../../functions/domain/judging/canonical.ts'
import {
  renegotiationCommands,
  type RenegotiationCommand,
} from '../../../functions/domain/renegotiation/commands.ts'
import { takeMail } from '../../../functions/domain/renegotiation/decide/take-mail.ts'
import type { ProposalDraft } from '../../../functions/domain/renegotiation/proposal.ts'
import {
  agreementStream,
  renegotiationStream,
  type StreamId,
} from '../../../functions/domain/base/stream-id.ts'
import { addMs, compareInstants, todayInCopenhagen } from '../../../functions/domain/base/time.ts'
import { agreementIdSchema } from '../../../functions/domain/base/values.ts'
import { agreementCase, renegotiationCase } from '../../../functions/handlers/streams/cases.ts'
import { performOwedLetters } from '../../../functions/handlers/streams.ts'
import { loadCase, perform } from '../../../functions/handlers/record/perform.ts'
import { makeRecordObservations } from '../../../functions/handlers/operator/record-observations.ts'
import { makeTakeDeliveryEvent } from '../../../functions/handlers/letters/take-delivery-event.ts'
import { mailReceived, type MunicipalMail } from './municipal-mail.ts'
import { anders, directory, karl, sofie } from '../../support/ministry.ts'
import { outside } from '../../support/world.ts'
import type { Decider } from '../../../functions/domain/base/command.ts'
import { makePlanNext } from '../../../functions/handlers/tasks/plan-next.ts'
import { makeSendLetter } from '../../../functions/handlers/tasks/send-letter.ts'
import { makeAttachRenegotiation } from '../../../functions/handlers/tasks/attach-renegotiation.ts'
import { makeEnactRider } from '../../../functions/handlers/tasks/enact-rider.ts'
import { makeLapseProposal } from '../../../functions/handlers/tasks/lapse-proposal.ts'
import { makeSettleRenegotiation } from '../../../functions/handlers/tasks/settle-renegotiation.ts'

/** The twins in memory with agreements in force, and a driver that does what the workflow's states do. */
export class RenegotiationWorld {
  readonly ports
  readonly #mails: string[] = []

  /** @param on when it begins, or the record it is on */
  constructor(on: string | ReturnType<typeof outside>) {
    this.ports = typeof on === 'string' ? outside(on) : on
  }

  async prepare(...files: readonly AgreementFile[]): Promise<this> {
    await this.ports.directory.write(directory)
    for (const file of files) {
      const id = file.agreement.id
      await this.ports.register.addAgreement(id)
      await this.agreement(id, { do: 'draft', content: file.agreement })
      const contacts = file.contacts.map(({ municipality, role, validFrom, validTo, ...one }) => ({
        id: one.id,
        municipality,
        role,
        validFrom,
        validTo,
      }))
      await this.agreement(id, { do: 'register-contacts', contacts })
      for (const contact of file.contacts) await this.ports.contacts.put(id, contact)
      const contentHash = this.ports.digest(canonicalJson(file.agreement))
      await this.agreement(id, { do: 'sign', signatures: file.signatures, contentHash })
      await this.agreement(id, { do: 'open-year', year: 2014 })
    }
    return this
  }

  async agreement(id: string, command: Asked): Promise<void> {
    const performed = await perform(this.ports, agreementCase, agreementStream(agreementIdSchema.parse(id)), {
      id: `test/${command.do}/${this.ports.digest(canonicalJson(command))}`,
      actor: { by: 'system', name: 'test' },
      decide: (state, now) => decideAny(state, command, { today: todayInCopenhagen(now), finalYears: [] }),
    })
    if (performed.outcome === 'refused') throw new Error(performed.refusal.message)
  }

  agreementState(id: string) {
    return loadCase(this.ports, agreementCase, agreementStream(agreementIdSchema.parse(id))).then(
      ({ state }) => state,
    )
  }

  stream(id: string, seq = 1): StreamId {
    return renegotiationStream(agreementIdSchema.parse(id), seq)
  }

  state(id: string, seq = 1) {
    return loadCase(this.ports, renegotiationCase, this.stream(id, seq)).then(({ state }) => state)
  }

  /** The quota for 2015, known on 27 March. */
  observe(values: Readonly<Record<string, string>>) {
    return makeRecordObservations(this.ports)({
      id: 'kommunekvoter-2015',
      title: 'Kommunekvoter for 2015',
      knownOn: '2015-03-27',
      validFrom: '2015-01-01',
      validTo: '2015-12-31',
      source: 'KL, marts 2015',
      values: Object.entries(values).map(([agreement, value]) => ({
        agreement: agreementIdSchema.parse(agreement),
        assumption: 'FS1',
        value,
      })),
    })
  }

  /** A person presses a button. */
  async decide(id: string, command: RenegotiationCommand, who: Decider, seq = 1) {
    const { people } = await this.ports.directory.read()
    const facts = { digest: this.ports.digest, nextRider: 1, usedKeys: [], people }
    const performed = await perform(this.ports, renegotiationCase, this.stream(id, seq), {
      id: `test/${(this.#mails.length += 1)}`,
      actor: { by: 'person', personId: who.id, roles: who.roles },
      decide: (state, now) => renegotiationCommands.decide(state, command, who, now, facts),
    })
    await performOwedLetters(this.ports, this.stream(id, seq))
    return performed.outcome === 'refused' ? performed.refusal.kind : performed.outcome
  }

  async draft(id: string, draft: ProposalDraft, who = sofie, seq = 1): Promise<string> {
    const changes = draft.changes.map(({ target, year, to }) => ({ target, year, value: to }))
    const asked = { changes, effectiveFrom: draft.effectiveFrom, reason: draft.note }
    const outcome = await this.decide(id, { do: 'propose', ...asked }, who, seq)
    if (outcome !== 'committed') throw new Error(outcome)
    return (await this.state(id, seq)).proposal?.subject ?? ''
  }

  async acceptCounter(id: string, mailKey: string, who = sofie) {
    const outcome = await this.decide(
      id,
      { do: 'answer-counter', mailKey, accept: true, reason: 'det følges' },
      who,
    )
    return { subject: (await this.state(id)).proposal?.subject ?? '', outcome }
  }

  /** Opened by the approver, drafted, approved by two: the proposal goes out on the way. */
  async propose(id: string, draft: ProposalDraft): Promise<string> {
    await this.decide(id, { do: 'open-renegotiation', targets: ['M1'], text: '' }, anders)
    const subject = await this.draft(id, draft)
    await this.decide(id, { do: 'approve-proposal', subject }, karl)
    await this.decide(id, { do: 'approve-proposal', subject }, anders)
    return subject
  }

  /** A mail of the municipality's, as the intake hands it on. */
  async mail(id: string, mail: MunicipalMail): Promise<string> {
    this.#mails.push(id)
    const mailKey = this.ports.digest(`mail ${this.#mails.length}`)
    const agreementId = agreementIdSchema.parse(id)
    const contacts = await this.ports.contacts.of(agreementId)
    const party = mail.party ?? contacts[0]?.municipality ?? ''
    const sender = contacts.find((one) => one.municipality === party && one.role === mail.from)
    const event = mailReceived(mail, { mailKey, party, sender, receivedAt: this.ports.clock.now() })
    const stream = this.stream(id, mail.seq ?? 1)
    await perform(this.ports, renegotiationCase, stream, {
      id: `mail/${mailKey}`,
      actor: { by: 'sender', standing: event.standing },
      decide: (state) =>
        takeMail(state, { event, answersOrder: null }, { isSignatory: mail.from === 'signatory' }),
    })
    await performOwedLetters(this.ports, stream)
    return mailKey
  }

  /** Every letter that is out and not delivered yet reaches everybody it was sent to. */
  async deliver(id: string, seq = 1): Promise<void> {
    const { letters } = await this.state(id, seq)
    for (const letter of letters)
      if (letter.delivered.length === 0 && letter.bounced.length === 0)
        await makeTakeDeliveryEvent(this.ports)({
          eventType: 'Delivery',
          mail: { messageId: letter.messageId, tags: { letter: [letter.letterKey.slice(0, 40)] } },
          delivery: { timestamp: this.ports.clock.now(), recipients: [...letter.to] },
        })
  }

  /** One state of the workflow after the other until it waits; what it waits for, and until when. */
  async work(id: string, seq = 1): Promise<{ next: string; kind: string; until: string }> {
    const stream = this.stream(id, seq)
    for (let turns = 0; turns < 50; turns += 1) {
      const now = this.ports.clock.now()
      const input = { stream, attempt: 1, entered: addMs(now, turns) }
      const { attempts } = await this.state(id, seq)
      if (attempts.attached === 0)
        await makeAttachRenegotiation(this.ports)({ ...input, execution: `execution of ${stream}` })
      const plan = await makePlanNext(this.ports)({ ...input, startedAt: now })
      switch (plan.next) {
        case 'letter':
          if (plan.order === null) throw new Error('a letter without an order')
          await makeSendLetter(this.ports)({ ...input, order: plan.order })
          break
        case 'lapse':
          await makeLapseProposal(this.ports)(input)
          break
        case 'enact':
          await makeEnactRider(this.ports)(input)
          break
        case 'settle':
          await makeSettleRenegotiation(this.ports)(input)
          break
        default:
          return { next: plan.next, kind: plan.kind, until: addMs(now, plan.seconds * 1000) }
      }
    }
    throw new Error(`${stream} never waits`)
  }

  /** Time goes on to the instant; every letter is delivered on the way, and the workflow wakes when it would. */
  async pass(id: string, to: string, seq = 1) {
    for (;;) {
      const waiting = await this.work(id, seq)
      await this.deliver(id, seq)
      const settled = await this.work(id, seq)
      if (settled.next === 'ended' || compareInstants(settled.until, to) > 0) {
        this.ports.clock.set(to)
        return this.work(id, seq)
      }
      if (compareInstants(settled.until, this.ports.clock.now()) <= 0) throw new Error(waiting.kind)
      this.ports.clock.set(settled.until)
    }
  }

  /** `kind@date` of every letter of the case, in order. */
  async letters(id: string, seq = 1): Promise<readonly string[]> {
    const { letters } = await this.state(id, seq)
    return letters.map((letter) => `${letter.order.kind}@${letter.datedOn}`)
  }

  async text(id: string, kind: string, seq = 1): Promise<string> {
    const { letters } = await this.state(id, seq)
    return letters.findLast((letter) => letter.order.kind === kind)?.text ?? ''
  }
}
