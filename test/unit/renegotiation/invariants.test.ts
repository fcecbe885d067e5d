import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countRenegotiations } from '../../support/renegotiation-counts.ts'
import { lapse, recordRider, recordSettled } from '../../../functions/domain/renegotiation/decide/machine.ts'
import { planRenegotiation } from '../../../functions/domain/renegotiation/plan.ts'
import { entrySchema, entryTurn, waitsHeld } from '../../../functions/domain/casefile/open-task.ts'
import { renegotiationListEntry } from '../../../functions/domain/renegotiation/list-entry.ts'
import { openTasks, renegotiationHolds, turnOf } from '../../../functions/domain/renegotiation/open-tasks.ts'
import { firstDeliveryAt } from '../../../functions/domain/casefile/letters.ts'
import { daysBetween, todayInCopenhagen } from '../../../functions/domain/base/time.ts'
import {
  renegotiation,
  mostCounterRounds,
  type RenegotiationEvent,
} from '../../../functions/domain/renegotiation/state.ts'
import type { AnswerValue } from '../../../functions/domain/casefile/reading.ts'
import { anders, decider, karl, sofie } from '../../support/ministry.ts'
import { ground, Machine, parties } from './machine.ts'

const deciders = [sofie, karl, anders, decider('begge', 'caseworker', 'approver')]
const who = fc.constantFrom(...deciders)
const party = fc.constantFrom(...parties)
const answers: readonly Readonly<Record<string, AnswerValue>>[] = [
  { Svar: { is: 'proposal-answer', answer: 'accepted' } },
  { Svar: { is: 'proposal-answer', answer: 'declined' } },
  { 'M1 ny målværdi': { is: 'number', value: '44' } },
  { Svar: { is: 'proposal-answer', answer: 'accepted' }, 'M1 ny målværdi': { is: 'number', value: '44' } },
  { Genforhandling: { is: 'yes-no', yes: false } },
  {},
]

type Act = (machine: Machine) => void

const byPeople: fc.Arbitrary<Act> = fc.oneof(
  who.map(
    (by): Act =>
      (m) =>
        m.person({ do: 'open-renegotiation', targets: ['M1'], text: '' }, by),
  ),
  who.map(
    (by): Act =>
      (m) =>
        m.person({ do: 'decline-renegotiation', reason: 'other', text: 'nej' }, by),
  ),
  who.map(
    (by): Act =>
      (m) =>
        m.draft(by),
  ),
  who.map(
    (by): Act =>
      (m) =>
        m.person({ do: 'approve-proposal', subject: m.state.proposal?.subject ?? '' }, by),
  ),
  who.map(
    (by): Act =>
      (m) =>
        m.person({ do: 'send-proposal-back', subject: m.state.proposal?.subject ?? '', reason: 'om' }, by),
  ),
  who.map(
    (by): Act =>
      (m) =>
        m.person({ do: 'withdraw', reason: 'nej' }, by),
  ),
  who.map(
    (by): Act =>
      (m) =>
        m.person({ do: 'record-withdrawal', reason: 'kommunen ønsker det ikke længere' }, by),
  ),
  who.map(
    (by): Act =>
      (m) =>
        m.person(
          {
            do: 'answer-counter',
            accept: false,
            mailKey: m.state.counters.at(-1)?.mailKey ?? '',
            reason: 'nej',
          },
          by,
        ),
  ),
  fc.tuple(who, fc.constantFrom('declined', 'comment')).map(([by, as]): Act => (m) => {
    const mailKey = m.state.answers.find((one) => one.answer === 'unmarked')?.mailKey ?? ''
    m.person({ do: 'mark-answer', mailKey, as }, by)
  }),
)
const byMail = (isSignatory: fc.Arbitrary<boolean>): fc.Arbitrary<Act> =>
  fc
    .tuple(party, isSignatory, fc.constantFrom(...answers), fc.constantFrom('counts', 'held', 'automatic'))
    .map(
      ([from, signatory, values, standing]) =>
        (m) =>
          void m.mail(from, signatory, values, standing),
    )
const byTime: fc.Arbitrary<Act> = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.boolean()).map(
  ([days, delivered]) =>
    (m) =>
      void m.pass(days, delivered),
)
const byGround: fc.Arbitrary<Act> = fc.nat({ max: 3 }).map((n) => (m) => void m.join(ground(`later-${n}`)))

/** The way to a proposal with the parties, so that random acts meet what matters. */
const toProposal = (): Machine => {
  const machine = new Machine().raise()
  machine.person({ do: 'open-renegotiation', targets: ['M1'], text: '' }, anders)
  machine.draft(sofie)
  const subject = machine.state.proposal?.subject ?? ''
  machine.person({ do: 'approve-proposal', subject }, karl)
  machine.person({ do: 'approve-proposal', subject }, anders)
  return machine
}
const beginning = fc.constantFrom(
  () => new Machine().raise(),
  toProposal,
  () => toProposal().pass(1),
)
const anything = fc.array(fc.oneof(byPeople, byMail(fc.boolean()), byTime, byGround), { maxLength: 25 })

/** Folds the acts, and looks at the renegotiation after each. */
const play = (machine: Machine, acts: readonly Act[], look: (machine: Machine) => void): Machine => {
  for (const act of acts) {
    act(machine)
    look(machine)
  }
  return machine
}

describe('a renegotiation, whatever happens', () => {
  it('stays settled once it is, with its outcome', () => {
    fc.assert(
      fc.property(beginning, anything, (begin, acts) => {
        let settled: string | null = null
        const machine = begin()
        play(machine, acts, ({ state }) => {
          if (settled === null && state.status === 'settled') settled = state.outcome
          expect(settled === null || state.status === 'settled').toBe(true)
          expect(settled ?? state.outcome).toBe(state.outcome)
        })
        expect(machine.state.status).not.toBe('none')
      }),
    )
  })

  it('waits for the ministry exactly when a task is open, and lists and pages have one turn', () => {
    fc.assert(
      fc.property(beginning, anything, (begin, acts) => {
        play(begin(), acts, ({ state, now }) => {
          const today = todayInCopenhagen(now)
          const plan = planRenegotiation(state, now)
          const open = openTasks(state, today)
          const holding = open.map(({ kind }) => renegotiationHolds[kind])
          if (plan.next === 'wait' && waitsHeld(renegotiationHolds).includes(plan.kind))
            expect(holding).toContain(plan.kind)
          // What must be told first goes at the next sending hour, and a party nobody reaches is asked about.
          const decisions = open.filter(({ kind }) =>
            ['matter', 'rider-draft', 'rider-approval'].includes(kind),
          )
          for (const { kind } of decisions)
            if (plan.next === 'wait')
              expect([renegotiationHolds[kind], 'sending-hour', 'contact']).toContain(plan.kind)
          if (holding.some((wait) => wait === 'counter-proposal' || wait === 'held-mail'))
            expect(plan).not.toMatchObject({ step: 'lapse' })
          const { summary } = renegotiationListEntry(state)
          expect(entryTurn(entrySchema.parse(summary), today)).toBe(turnOf(state, today))
        })
      }),
    )
  })

  it('ignores any event of another course once it is settled', () => {
    const machine = toProposal().pass(60)
    expect(machine.state).toMatchObject({ status: 'settled', outcome: 'lapsed' })
    const meta = { seq: 99, at: machine.now, actor: { by: 'system', name: 't' }, commandId: 'x' } as const
    const other = new Machine().raise()
    other.person({ do: 'open-renegotiation', targets: ['M1'], text: '' }, anders)
    const events: readonly RenegotiationEvent[] = [...other.events, ...machine.events]
    const after = events.reduce((state, event) => renegotiation.evolve(state, event, meta), machine.state)
    expect([after.status, after.outcome]).toEqual(['settled', 'lapsed'])
  })

  it('does by itself nothing twice: the plan carried out leaves nothing of it to do', () => {
    fc.assert(
      fc.property(beginning, anything, (begin, acts) => {
        const machine = play(begin(), acts, () => undefined).work()
        const before = machine.state
        expect(machine.take(lapse(before, null, machine.now))).toBe(0)
        expect(machine.take(recordSettled(before))).toBe(0)
        if (before.outcome === 'rider')
          expect(machine.take(recordRider(before, { version: 2, signedOn: '2015-05-01' }))).toBe(0)
        expect(planRenegotiation(machine.work().state, machine.now)).toEqual(
          planRenegotiation(before, machine.now),
        )
      }),
    )
  })

  it('is never accepted by silence, by time, or by anybody but a signatory', () => {
    const silent = fc.array(fc.oneof(byPeople, byTime, byGround, byMail(fc.constant(false))), {
      maxLength: 25,
    })
    fc.assert(
      fc.property(beginning, silent, (begin, acts) => {
        const machine = play(begin(), acts, ({ state }) => {
          expect(state.proposal?.acceptedBy ?? []).toEqual([])
          expect(state.status).not.toBe('agreed')
        })
        expect(machine.state.outcome).not.toBe('rider')
      }),
    )
  })

  it('goes to the parties only when two others than the drafter have approved, one of them an approver', () => {
    fc.assert(
      fc.property(beginning, anything, (begin, acts) => {
        const machine = play(begin(), acts, ({ state: { proposal, status } }) => {
          if (proposal === null || !['approved', 'proposed', 'agreed'].includes(status)) return
          const approvers = proposal.approvals.map((one) => one.by)
          expect(new Set(approvers).size).toBe(2)
          expect(approvers).not.toContain(proposal.draftedBy)
          expect(proposal.approvals.some((one) => one.approver)).toBe(true)
        })
        expect(machine.state.status).not.toBe('none')
      }),
    )
  })

  it('lapses only after six weeks from delivery, with nothing undecided', () => {
    fc.assert(
      fc.property(beginning, anything, (begin, acts) => {
        const machine = begin()
        let before = machine.state
        play(machine, acts, ({ state, events }) => {
          const lapsed = events.findLast((event) => event.type === 'ProposalLapsed')
          if (state.outcome === 'lapsed' && before.outcome !== 'lapsed' && lapsed !== undefined) {
            const delivered = state.letters
              .filter((letter) => letter.order.about === lapsed.subject && letter.order.kind === 'proposal')
              .map((letter) => todayInCopenhagen(firstDeliveryAt(letter) ?? 'never'))
            expect(delivered).toHaveLength(parties.length)
            for (const on of delivered) expect(daysBetween(on, lapsed.endedOn)).toBeGreaterThanOrEqual(42)
            expect(state.mails.filter((mail) => mail.standing === 'held')).toEqual([])
            expect(state.answers.filter((answer) => answer.answer === 'unmarked')).toEqual([])
          }
          before = state
        })
        expect(machine.state.status).not.toBe('none')
      }),
    )
  })

  it('negotiates at most three counter-proposals', () => {
    fc.assert(
      fc.property(beginning, anything, (begin, acts) => {
        const { state } = play(begin(), acts, () => undefined)
        const rounds = state.counters.flatMap((one) => (one.round === null ? [] : [one.round]))
        expect(rounds).toEqual(rounds.map((_, index) => index + 1))
        expect(rounds.length).toBeLessThanOrEqual(mostCounterRounds)
      }),
    )
  })

  it('is counted once: raised = opened + declined, opened = agreed + lapsed + withdrawn', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(beginning, anything), { maxLength: 4 }), (courses) => {
        const states = courses
          .map(([begin, acts]) => play(begin(), acts, () => undefined).state)
          .filter((state) => state.outcome !== null)
        const counts = countRenegotiations(states)
        expect(counts.raised).toBe(counts.opened + counts.declined)
        expect(counts.opened).toBe(counts.agreed + counts.lapsed + counts.withdrawn)
        expect(counts.running).toBe(0)
      }),
    )
  })
})
