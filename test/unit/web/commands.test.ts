import fc from 'fast-check'
import { expect, it } from 'vitest'
import type * as z from 'zod'
import type { FieldReaders, FormBody } from '../../../functions/web/form-body.ts'
import { asked, formEnvelopeSchema, parsedForm } from '../../../functions/web/form-body.ts'
import { reviewCommands } from '../../../functions/domain/review/commands.ts'
import { agreementCommands } from '../../../functions/domain/agreement/commands.ts'
import { answeringCommands } from '../../../functions/domain/answering/answer-stop.ts'
import { classOfRefusal } from '../../../functions/domain/base/refusals.ts'
import { ministryRoles, personIdSchema } from '../../../functions/domain/base/values.ts'
import { erasureCommands } from '../../../functions/domain/casefile/erasures.ts'
import { inboxCommands } from '../../../functions/domain/inbox/commands.ts'
import { renegotiationCommands } from '../../../functions/domain/renegotiation/commands.ts'
import { matterCommands } from '../../../functions/domain/renegotiation/decisions/question.ts'
import { runCommands } from '../../../functions/domain/year-run/commands.ts'
import { doneText, labelOf } from '../../../functions/web/commands.ts'
import { reviewFields } from '../../../functions/web/review/review-fields.ts'
import { matterFields, renegotiationFields } from '../../../functions/web/year/renegotiation-fields.ts'
import { runFields } from '../../../functions/web/year/preparation-page.ts'

const subject = 'd'.repeat(64)
const body = (fields: Record<string, string | string[]>): FormBody =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]),
  )

/** The command of a form on a page, or what is to be mended. */
const commandFrom =
  (registry: { find(name: string): { readonly input: z.ZodObject } | null }, readers: FieldReaders<string>) =>
  (posted: FormBody) => {
    const { do: name, ...fields } = asked(posted, readers)
    const found = registry.find(name)
    if (found === null) return { ok: false, problems: [] }
    const parsed = parsedForm(found.input.safeParse(fields))
    return parsed.ok ? { ok: true, command: { do: name, ...parsed.command } } : parsed
  }
const reviewCommand = commandFrom(reviewCommands, reviewFields)
const matterCommand = commandFrom(matterCommands, matterFields)
const renegotiationCommand = commandFrom(renegotiationCommands, renegotiationFields)
const runCommand = commandFrom(runCommands, runFields)

it('reads a recommendation with the changed verdicts alone', () => {
  const parsed = reviewCommand(
    body({
      do: 'recommend',
      subject,
      'verdict.M1': '',
      'reason.M1': '',
      'verdict.M2': 'partly-met',
      'reason.M2': 'Kun halvdelen talte med.',
      factors: 'Et forhold\r\n\r\n  Et andet ',
      text: ' Som beregnet.\r\n',
    }),
  )
  expect(parsed).toEqual({
    ok: true,
    command: {
      do: 'recommend',
      subject,
      changes: [{ target: 'M2', verdict: 'partly-met', reason: 'Kun halvdelen talte med.' }],
      externalFactors: ['Et forhold', 'Et andet'],
      text: 'Som beregnet.',
    },
  })
})

it('asks for a reason for every changed verdict', () => {
  const parsed = reviewCommand(body({ do: 'recommend', subject, 'verdict.M2': 'met' }))
  expect(parsed).toEqual({ ok: false, problems: ['Skriv en begrundelse for hver ændret vurdering.'] })
})

it('reads an extension with its date and says in Danish what is missing', () => {
  const fields = {
    do: 'decide-extension',
    mailKey: 'mail-key-1',
    decision: 'refuse',
    dueOn: '2015-03-13',
    reason: 'frist',
  }
  expect(reviewCommand(body(fields))).toEqual({
    ok: true,
    command: {
      do: 'decide-extension',
      mailKey: 'mail-key-1',
      grant: false,
      dueOn: '2015-03-13',
      reason: 'frist',
    },
  })
  const empty = reviewCommand(
    body({ do: 'decide-extension', mailKey: 'mail-key-1', dueOn: '13.3.', reason: ' ' }),
  )
  expect(empty).toEqual({
    ok: false,
    problems: ['Vælg, om udsættelsen gives.', 'Skriv den nye frist som en dato.', 'Skriv en begrundelse.'],
  })
})

it('names a question after its form, so that sending it twice asks once', () => {
  const fields = {
    do: 'ask',
    nonce: 'abcdefghijklmnopqrstuvwx.ask479',
    party: '479',
    keys: ['M1 i alt', 'M2'],
    text: 'Hvordan?',
  }
  const [first, second] = [reviewCommand(body(fields)), reviewCommand(body(fields))]
  expect(first).toEqual(second)
  expect(first).toMatchObject({
    ok: true,
    command: { keys: ['M1 i alt', 'M2'], questionId: 'q-abcdefghijklmnopqrstuv' },
  })
})

it('reads what becomes of a correction at the fact check, with the names it changes', () => {
  const decided = { do: 'decide-fact-check', mailKey: 'mail-key-1', text: 'Rettet.', 'title.M1': '' }
  expect(reviewCommand(body({ ...decided, as: 'corrected', 'title.H1': 'Netværk' }))).toEqual({
    ok: true,
    command: {
      do: 'decide-fact-check',
      mailKey: 'mail-key-1',
      as: 'corrected',
      renamed: [{ key: 'H1', title: 'Netværk' }],
      text: 'Rettet.',
    },
  })
  expect(reviewCommand(body(decided))).toEqual({
    ok: false,
    problems: ['Vælg, hvad der sker med siderne.'],
  })
})

it('reads whether a comment changed the assessment', () => {
  const fields = { 'answer.mail-key-1': 'Ja.', 'changed.mail-key-1': 'yes' }
  expect(reviewCommand(body({ do: 'answer-comments', subject, ...fields }))).toMatchObject({
    command: { answers: [{ mailKey: 'mail-key-1', text: 'Ja.', changed: true }] },
  })
})

it('reads comments answered one by one', () => {
  const parsed = reviewCommand(
    body({ do: 'answer-comments', subject, 'answer.mail-key-1': 'Ja.', 'answer.mail-key-2': 'Nej.' }),
  )
  expect(parsed).toMatchObject({
    ok: true,
    command: {
      answers: [
        { mailKey: 'mail-key-1', text: 'Ja.' },
        { mailKey: 'mail-key-2', text: 'Nej.' },
      ],
    },
  })
})

it('reads a matter with exceptions, and what is left for later', () => {
  const parsed = matterCommand(
    body({
      do: 'decide-matter',
      subject,
      decision: 'decline',
      code: 'share-unaffected',
      reason: 'en andel',
      'exception.odense-rk': 'open',
      'exception-reason.odense-rk': 'et antal',
      'exception.vejle-rk': 'later',
      'exception.varde-rk': '',
    }),
  )
  expect(parsed).toEqual({
    ok: true,
    command: {
      do: 'decide-matter',
      subject,
      open: false,
      code: 'share-unaffected',
      reason: 'en andel',
      exceptions: [{ agreement: 'odense-rk', open: true, reason: 'et antal' }],
      later: ['vejle-rk'],
    },
  })
})

it('reads which agreements are released, and says in Danish that none was chosen', () => {
  const chosen = ['svendborg-rk', 'odense-rk']
  expect(runCommand(body({ do: 'release', agreements: chosen }))).toEqual({
    ok: true,
    command: { do: 'release', agreements: chosen },
  })
  expect(runCommand(body({ do: 'release' }))).toEqual({ ok: false, problems: ['Vælg mindst én aftale.'] })
})

it('reads new target values in Danish notation', () => {
  const parsed = renegotiationCommand(
    body({
      do: 'propose',
      'value.M1.2015': '1.234',
      'value.M2.2015': '47,5',
      'value.M3.2015': '',
      effectiveFrom: '2015-07-01',
      reason: 'x',
    }),
  )
  expect(parsed).toMatchObject({
    ok: true,
    command: {
      changes: [
        { target: 'M1', year: 2015, value: '1234' },
        { target: 'M2', year: 2015, value: '47.5' },
      ],
    },
  })
  const wrong = renegotiationCommand(
    body({ do: 'propose', 'value.M1.2015': 'mange', effectiveFrom: '2015-07-01', reason: 'x' }),
  )
  expect(wrong).toEqual({ ok: false, problems: ['Skriv hver ny målværdi som et tal, fx 105 eller 47,5.'] })
})

it('never fails on a form somebody made up, and takes no command from it by accident', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.array(fc.string())), fc.string(), (fields, name) => {
      const posted = { ...fields, do: [name] }
      expect(reviewCommand(posted).ok).toBe(false)
      expect(matterCommand(posted).ok).toBe(false)
      expect(renegotiationCommand(posted).ok).toBe(false)
      expect(runCommand(posted).ok).toBe(false)
    }),
  )
})

it('takes a nonce only in the form the pages give', () => {
  const envelope = { csrf: 'c'.repeat(43), nonce: 'abcdefghijklmnop.note', do: 'note' }
  expect(formEnvelopeSchema.safeParse(envelope).success).toBe(true)
  for (const nonce of ['', 'short', 'with space 123456789', 'x'.repeat(200), 'form/../../etc/passwd'])
    expect(formEnvelopeSchema.safeParse({ ...envelope, nonce }).success).toBe(false)
})

it('has one name, label and answer for every decision, and refuses it to every role it is not for', () => {
  const commands = [
    reviewCommands,
    inboxCommands,
    erasureCommands,
    answeringCommands,
    runCommands,
    matterCommands,
    renegotiationCommands,
    agreementCommands,
  ].flatMap((registry) => [...registry.commands])
  expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length)
  for (const { name, roles, label, done, refusalOf } of commands) {
    expect([labelOf(name), doneText(name)]).toEqual([label.da, done.da])
    for (const role of ministryRoles) {
      const who = { id: personIdSchema.parse('nogen'), roles: [role], barredFrom: [] }
      const kind = refusalOf({}, who)?.kind ?? 'fields'
      expect(classOfRefusal(kind) === 'forbidden', `${name} by ${role}`).toBe(!roles.includes(role))
    }
  }
})
