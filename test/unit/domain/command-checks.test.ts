import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import {
  commandsOf,
  commandTable,
  type Decider,
  requiredText,
} from '../../../functions/domain/base/command.ts'
import { accept, type BaseEvent, type Decision } from '../../../functions/domain/base/stream.ts'
import { personIdSchema, type MinistryRole } from '../../../functions/domain/base/values.ts'
import {
  erasureCommands,
  evolveErasure,
  isToErase,
  isWithdrawn,
  openErasures,
  type ErasableMail,
  type ErasureEvent,
  type ErasureFacts,
} from '../../../functions/domain/casefile/erasures.ts'

const person = (id: string, roles: readonly MinistryRole[], barredFrom: readonly string[] = []): Decider => ({
  id: personIdSchema.parse(id),
  roles,
  barredFrom,
})
const now = '2015-03-01T09:00:00.000Z'
const toldOf = (decided: Decision<BaseEvent>): string =>
  decided.ok ? decided.events.map(({ type }) => type).join() : decided.refusal.kind

describe('what every declared command is checked against', () => {
  interface Case {
    readonly status: string | null
    readonly hash: string
    readonly recommendedBy: string | null
  }
  interface Facts {
    readonly others: readonly string[]
    readonly unneeded: string
  }
  const command = commandsOf<Case, BaseEvent, Facts>({
    status: ({ status }) => status,
    municipalities: () => ['479', '461'],
  })
  const approve = command('approve', {
    input: z.object({
      subject: z.string('Siden er forældet.'),
      reason: requiredText('Skriv en begrundelse.'),
      note: z.object({ text: z.string('Siden er forældet.') }).optional(),
      even: z
        .int('Et tal mangler.')
        .refine((count) => count % 2 === 0, 'Kun lige tal.')
        .optional(),
    }),
    roles: ['approver', 'administrator'],
    label: { da: 'Godkend', en: 'Approve' },
    done: { da: 'Godkendt', en: 'Approved' },
    status: ['recommended', 'heard'],
    subject: ({ hash }) => hash,
    notBy: { persons: ({ recommendedBy }) => [recommendedBy, undefined], refusal: 'same-person' },
    facts: ['others'],
    concerns: (_state, _input, { others }) => others,
    decide: () => accept({ type: 'Approved', v: 1 }),
  })
  const remark = command('remark', {
    input: z.object({}),
    roles: ['caseworker'],
    label: { da: 'Bemærk', en: 'Remark' },
    done: { da: 'Bemærket', en: 'Remarked' },
    decide: () => accept({ type: 'Remarked', v: 1 }),
  })
  const table = commandTable<Case, BaseEvent, Facts, readonly [typeof approve, typeof remark]>([
    approve,
    remark,
  ])
  const state: Case = { status: 'heard', hash: 'a', recommendedBy: 'sofie' }
  const fields = { subject: 'a', reason: 'Fordi' }
  const anders = person('anders', ['approver'])
  const approving = (
    given: {
      readonly state?: Partial<Case>
      readonly fields?: object
      readonly who?: Decider
      readonly facts?: Partial<Facts>
    } = {},
  ) =>
    approve.decide({ ...state, ...given.state }, { ...fields, ...given.fields }, given.who ?? anders, now, {
      others: [],
      ...given.facts,
    })

  test('the role, the person’s own municipality, the status, what was seen, and four eyes', () => {
    expect(toldOf(approving())).toBe('Approved')
    expect(toldOf(approving({ who: person('anders', ['caseworker', 'administrator']) }))).toBe('Approved')
    expect(toldOf(approving({ who: person('anders', ['caseworker']) }))).toBe('role')
    expect(toldOf(approving({ who: person('anders', ['approver'], ['101', '461']) }))).toBe('barred')
    expect(toldOf(approving({ who: person('anders', ['approver'], ['101']) }))).toBe('Approved')
    expect(toldOf(approving({ state: { status: null } }))).toBe('no-review')
    expect(toldOf(approving({ state: { status: 'open' } }))).toBe('status')
    expect(toldOf(approving({ state: { hash: 'b' } }))).toBe('superseded')
    expect(toldOf(approving({ who: person('sofie', ['approver']) }))).toBe('same-person')
    expect(toldOf(approving({ state: { recommendedBy: null } }))).toBe('Approved')
  })

  test('whose case it is by its facts, and that they were read', () => {
    const barred = person('anders', ['approver'], ['101'])
    expect(toldOf(approving({ who: barred, facts: { others: ['101'] } }))).toBe('barred')
    expect(toldOf(approving({ who: barred, facts: { others: ['102'] } }))).toBe('Approved')
    expect(() => approving({ facts: { others: undefined } as never })).toThrow('decided without others')
  })

  test('fields: each fault is said once, with its place; only a missing reason is a refusal of that kind', () => {
    const refused = (given: object) => {
      const decided = approving({ fields: given })
      return decided.ok ? null : decided.refusal
    }
    expect(refused({ reason: ' ' })).toEqual({
      kind: 'reason',
      message: 'approve: reason',
      told: 'Skriv en begrundelse.',
    })
    expect(refused({ even: 3 })).toMatchObject({ kind: 'fields', told: 'Kun lige tal.' })
    expect(refused({ subject: 1, note: {} })).toEqual({
      kind: 'fields',
      message: 'approve: subject, note.text',
      told: 'Siden er forældet.',
    })
    expect(refused({ reason: '', even: 'two' })).toMatchObject({
      kind: 'reason',
      told: 'Skriv en begrundelse. Et tal mangler.',
    })
    expect(approve.refusalOf(fields, anders)).toBeNull()
    expect(approve.refusalOf({ ...fields, reason: '' }, anders)?.kind).toBe('reason')
    expect(approve.refusalOf({}, person('sofie', ['caseworker']))?.kind).toBe('role')
  })

  test('a command that declares no status, hash, persons or facts is checked against none', () => {
    const sofie = person('sofie', ['caseworker'], ['101'])
    expect(toldOf(remark.decide({ ...state, status: 'closed' }, {}, sofie, now, {}))).toBe('Remarked')
    expect(remark.facts).toEqual([])
  })

  test('a registry finds a command by its name, with its roles', () => {
    const asked = { do: 'approve' as const, ...fields }
    expect(toldOf(table.decide(state, asked, anders, now, { others: [] }))).toBe('Approved')
    expect(toldOf(table.decide(state, { do: 'forget' } as never, anders, now, {}))).toBe('unknown-command')
    expect(table.rolesFor('remark')).toEqual(['caseworker'])
    expect([table.find('remark'), table.find('forget')]).toEqual([remark, null])
  })
})

describe('Edge case 60: an erasure takes two persons', () => {
  const mailKey = 'mail-1'
  const mail: ErasableMail = { mailKey }
  const ground = 'citizen-data'
  const sofie = person('sofie', ['caseworker', 'approver'])
  const anders = person('anders', ['approver'])
  const meta = { at: now }
  const factsOf = (given: Partial<ErasureFacts>): ErasureFacts => ({
    mail,
    undecided: false,
    untold: false,
    municipalities: ['479'],
    ...given,
  })
  const reason = 'En borgers helbred'
  const asks = { do: 'ask-erasure', mailKey, ground, reason } as const
  const confirms = { do: 'confirm-erasure', mailKey } as const
  const declines = { do: 'decline-erasure', mailKey, reason: 'Intet personligt' } as const
  const decide = (
    given: Partial<ErasureFacts>,
    asked: Parameters<typeof erasureCommands.decide>[1],
    who: Decider,
  ) => erasureCommands.decide(factsOf(given), asked, who, now, {})
  const after = (before: ErasableMail, decided: Decision<ErasureEvent>): ErasableMail =>
    (decided.ok ? decided.events : []).reduce<readonly ErasableMail[]>(
      (mails, event) => evolveErasure(mails, event, meta),
      [before],
    )[0]!
  const asked = after(mail, decide({}, asks, sofie))
  const confirmed = after(asked, decide({ mail: asked }, confirms, anders))
  const erased: ErasureEvent = {
    type: 'MailErased',
    v: 1,
    mailKey,
    ground,
    askedBy: sofie.id,
    confirmedBy: anders.id,
    commits: [],
    files: [],
  }
  const gone = evolveErasure([confirmed], erased, meta)[0]!

  test('who asks has given a ground and a reason; nobody asks twice, nor while the mail is undecided', () => {
    expect(decide({}, asks, sofie)).toEqual({
      ok: true,
      events: [{ type: 'ErasureAsked', v: 1, mailKey, ground, by: 'sofie', private: { reason } }],
    })
    expect(toldOf(decide({ mail: null }, asks, sofie))).toBe('unknown-mail')
    expect(toldOf(decide({ mail: asked }, asks, anders))).toBe('erasure-asked')
    expect(toldOf(decide({ undecided: true }, asks, sofie))).toBe('undecided-mail')
    expect(toldOf(decide({}, asks, person('sofie', ['caseworker'], ['479'])))).toBe('barred')
  })

  test('another person confirms or declines, once, and only after the contact was told', () => {
    expect(decide({ mail: asked }, confirms, anders)).toEqual({
      ok: true,
      events: [{ type: 'ErasureConfirmed', v: 1, mailKey, by: 'anders' }],
    })
    expect(decide({ mail: asked }, declines, anders)).toEqual({
      ok: true,
      events: [
        { type: 'ErasureDeclined', v: 1, mailKey, by: 'anders', private: { reason: 'Intet personligt' } },
      ],
    })
    for (const decision of [confirms, declines]) {
      expect(toldOf(decide({ mail: asked }, decision, sofie))).toBe('same-eraser')
      expect(toldOf(decide({ mail: null }, decision, anders))).toBe('unknown-mail')
      for (const other of [mail, confirmed, gone])
        expect(toldOf(decide({ mail: other }, decision, anders))).toBe('no-erasure')
    }
    expect(toldOf(decide({ mail: asked, untold: true }, confirms, anders))).toBe('untold')
    expect(toldOf(decide({ mail: asked, untold: true }, declines, anders))).toBe('ErasureDeclined')
  })

  test('the mail is shown to nobody from the asking on, waits for one decision, then for its erasing', () => {
    const other: ErasableMail = { mailKey: 'mail-2' }
    const declined = after(asked, decide({ mail: asked }, declines, anders))
    const steps = [mail, asked, confirmed, gone, declined]
    const standing = (of: (mails: readonly ErasableMail[]) => readonly ErasableMail[]) =>
      steps.map((one) => of([other, one]).map((found) => found.mailKey))
    expect(steps.map(isWithdrawn)).toEqual([false, true, true, true, false])
    expect(standing(openErasures)).toEqual([[], [mailKey], [], [], []])
    expect(steps.map(isToErase)).toEqual([false, false, true, true, false])
    const begun = { ground, askedBy: 'sofie', askedAt: now, reason }
    expect(asked.erasure).toEqual({ ...begun, confirmedBy: null, erasedAt: null })
    expect(confirmed.erasure).toEqual({ ...begun, confirmedBy: 'anders', erasedAt: null })
    expect(gone.erasure).toEqual({ ...begun, confirmedBy: 'anders', erasedAt: now })
    expect(evolveErasure([other, asked], erased, meta)[0]).toBe(other)
  })

  test('an inbox hears of the erasure when it is done; a reason that was erased is empty', () => {
    const only = { ground, askedBy: 'sofie', askedAt: '', reason: '' }
    expect(evolveErasure([mail], erased, meta)[0]?.erasure).toEqual({
      ...only,
      confirmedBy: 'anders',
      erasedAt: now,
    })
    const withoutReason: ErasureEvent = { type: 'ErasureAsked', v: 1, mailKey, ground, by: sofie.id }
    expect(evolveErasure([mail], withoutReason, meta)[0]?.erasure?.reason).toBe('')
    const unasked: ErasureEvent = { type: 'ErasureConfirmed', v: 1, mailKey, by: anders.id }
    expect(evolveErasure([mail], unasked, meta)[0]?.erasure).toBeUndefined()
  })
})
