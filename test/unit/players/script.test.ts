import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { agreementFileSchema } from '../../../functions/domain/agreement/content.ts'
import { chooseRule, type FiledLetter } from '../../../infra/local/players/choose-rule.ts'
import { directoryOf } from '../../../infra/local/players/directory.ts'
import type { SeenKind } from '../../../infra/local/players/recognise-letter.ts'
import { knownFiguresSchema, playersScriptSchema } from '../../../infra/local/players/script.ts'
import { lettersWaiting } from '../../../infra/local/players/waits-for.ts'
import { domainOf } from '../../../infra/local/sample/sample-people.ts'
import { peopleSchema } from '../../../infra/local/sample/set-schema.ts'

const folder = join(import.meta.dirname, '../../../infra/local/sample/set')
const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(folder, ...path), 'utf8'))
const script = playersScriptSchema.parse(json('players.json'))
const figures = knownFiguresSchema.parse(json('figures.json'))
const agreements = readdirSync(join(folder, 'agreements')).map((name) =>
  agreementFileSchema.parse(json('agreements', name)),
)
const directory = directoryOf(agreements, script, figures)

const letter = (kind: SeenKind, text = '', agreement = 'x'): FiledLetter => ({
  agreement,
  letter: {
    kind,
    text,
    subject: '',
    messageId: '',
    references: [],
    senderName: '',
    answerTo: '',
    to: [],
    datedMs: 0,
    caseNumber: null,
    workbook: null,
  },
})
const ruleFor = (code: string, now: FiledLetter, ...before: FiledLetter[]) =>
  chooseRule(script, code, before, now)?.id

describe('the players’ script', () => {
  test('has a part for each of the 33 municipalities, with rules of different names', () => {
    const municipalities = new Set(
      agreements.flatMap(({ agreement }) => agreement.parties.map(({ municipality }) => municipality)),
    )
    expect(Object.keys(script.municipalities).sort()).toEqual([...municipalities].sort())
    for (const { rules } of Object.values(script.municipalities))
      expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
  })

  test('lets only people write who are in the directory, the strangers under their own domains', () => {
    for (const [code, { rules, readers }] of Object.entries(script.municipalities)) {
      for (const { answers } of rules)
        for (const { from } of answers)
          expect(directory.personOf(code, from ?? 'contact'), `${code} ${from}`).not.toBeNull()
      for (const role of readers) expect(directory.personOf(code, role)).not.toBeNull()
    }
    const registered = new Set(directory.mailboxes.map(({ address }) => address))
    for (const { email } of Object.values(script.people)) expect(registered.has(email)).toBe(false)
    expect(script.people['@kollega-530']?.email).toContain(`@${domainOf('Billund')}`)
  })

  test('names agreements, municipalities, targets and people of the set in its hints for the ministry', () => {
    const { ministry } = script
    const people = new Set(peopleSchema.parse(json('people.json')).map(({ id }) => id))
    for (const id of [
      ...ministry.people.caseworkers,
      ministry.people.approver,
      ministry.people.deputyApprover,
      ministry.release.by,
    ])
      expect(people.has(id), id).toBe(true)
    for (const { agreement, target } of [
      ...ministry.sentBack,
      ...ministry.comments,
      ...ministry.externalFactors,
      ...ministry.renegotiation.opened,
    ])
      expect(
        agreements.find((file) => file.agreement.id === agreement)?.agreement.targets.map(({ key }) => key),
      ).toContain(target)
    const quoted = agreements
      .filter(({ agreement }) => agreement.assumptions.some(({ type }) => type === 'quota'))
      .map(({ agreement }) => String(agreement.id))
    for (const id of [
      ...ministry.renegotiation.opened.map(({ agreement }) => agreement),
      ...ministry.renegotiation.withdrawnByMunicipality,
    ])
      expect(quoted).toContain(id)
  })

  test('opens renegotiation only of targets that are a number, which more people make easier or harder', () => {
    for (const { agreement, target, year, newValue } of script.ministry.renegotiation.opened) {
      const found = agreements
        .find((file) => file.agreement.id === agreement)!
        .agreement.targets.find(({ key }) => key === target)!
      expect(found.measure.type).toBe('number')
      expect(found.targets.some((one) => one.year === year && one.value !== newValue)).toBe(true)
    }
  })

  test('declines all other questions with a reason that is true of them, so that thirty are accounted for', () => {
    const { opened, withdrawnByMunicipality, declineReason } = script.ministry.renegotiation
    const settled = new Set<string>([...opened.map(({ agreement }) => agreement), ...withdrawnByMunicipality])
    const raised = agreements.filter(
      ({ agreement }) =>
        agreement.id !== 'fanoe-pa' && agreement.assumptions.some(({ type }) => type === 'quota'),
    )
    const declined = raised.filter(({ agreement }) => !settled.has(agreement.id))
    expect([raised.length, settled.size, declined.length]).toEqual([30, 8, 22])
    expect(declineReason).toContain('mål 1 er en andel')
    for (const { agreement } of declined)
      expect(agreement.targets[0]?.measure.type, agreement.id).toBe('share')
  })

  test('answers the first reminder late, the last one later, and nothing at all, as the parts say', () => {
    expect(chooseRule(script, '440', [], letter('request'))?.answers).toEqual([])
    expect(ruleFor('440', letter('reminder-1'))).toBe('svar-efter-paamindelse')
    expect(chooseRule(script, '480', [], letter('reminder-1'))?.answers).toEqual([])
    expect(ruleFor('480', letter('reminder-2'))).toBe('svar-efter-sidste-paamindelse')
    for (const kind of ['request', 'reminder-1', 'reminder-2', 'hearing', 'fact-check'] as const)
      expect(chooseRule(script, '482', [], letter(kind))?.answers).toEqual([])
  })

  test('uses up a rule that is for one letter, counting letters of the same agreement alone', () => {
    expect(ruleFor('461', letter('hearing'))).toBe('rettelse-i-hoering')
    expect(ruleFor('461', letter('hearing'), letter('hearing'))).toBe('ingen-bemaerkninger')
    expect(ruleFor('461', letter('hearing'), letter('hearing', '', 'y'))).toBe('rettelse-i-hoering')
  })

  test('reads a receipt before it answers it', () => {
    expect(ruleFor('410', letter('receipt', 'Tak, vi har alt, hvad vi skal bruge.'))).toBeUndefined()
    expect(
      ruleFor('410', letter('receipt', 'Tak. Jonas Prøve har sendt tal. Svar OK for\nat bekræfte dem.')),
    ).toBe('bekraeft-kollegas-tal')
    expect(ruleFor('540', letter('receipt', 'Tak. Vi er i tvivl om ét tal:'))).toBe('retter-ombytningen')
    expect(
      ruleFor(
        '630',
        letter('receipt', 'Genforhandling: I ønsker genforhandling på grund af forudsætning 2.'),
      ),
    ).toBe('traekker-oensket-tilbage')
  })
})

describe('what a person who plays a municipality has to answer', () => {
  const waiting = (...kinds: [SeenKind, string?][]) =>
    lettersWaiting(
      kinds.map(([kind, text], nth) => ({
        id: String(nth),
        address: 'a@x.example',
        seen: false,
        filed: letter(kind, text),
      })),
    ).map(({ kind }) => kind)

  test('is the last letter that asks, until a receipt says that she is done', () => {
    expect(waiting(['request'])).toEqual(['request'])
    expect(waiting(['request'], ['courtesy-notice'])).toEqual(['courtesy-notice'])
    expect(waiting(['request'], ['receipt', 'Tak, vi har alt, hvad vi skal bruge.'])).toEqual([])
    expect(waiting(['request'], ['receipt', 'Tak. Vi mangler to ting:'])).toEqual(['receipt'])
    expect(waiting(['reminder-2'], ['collection-closed'])).toEqual([])
    expect(waiting(['hearing'], ['hearing-receipt'])).toEqual([])
  })

  test('is done with a reply where nothing comes back, and only there', () => {
    const repliedTo = (kind: SeenKind, replied: boolean) =>
      lettersWaiting([{ id: '1', address: 'a@x.example', seen: true, filed: letter(kind), replied }]).length
    expect(repliedTo('contact-confirmation', false)).toBe(1)
    expect(repliedTo('contact-confirmation', true)).toBe(0)
    expect(repliedTo('fact-check', true)).toBe(0)
    expect(repliedTo('request', true)).toBe(1)
  })
})
