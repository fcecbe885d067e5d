import { afterEach, describe, expect, it } from 'vitest'
import type { Caseworker } from './draft-world.ts'
import { sofieAtTheConsole } from './draft-world.ts'
import { anders, birgit, karl } from '../../support/ministry.ts'
import { accepted, at, counter, flat, id, observed, partnership, proposed } from './scenario.ts'
import { RenegotiationWorld } from './world.ts'
import { tasksInWords } from '../../support/tasks-in-words.ts'

let console: Caseworker
afterEach(() => console.close())

const page = `/renegotiations/${id}/1`
const dated = { effectiveFrom: '2015-07-01', reason: 'kvoten er tredoblet' } as const

/** Opened, and Sofie at the console. */
const opened = async (): Promise<RenegotiationWorld> => {
  const world = await observed()
  await world.pass(id, at('2015-04-17', '13:00'))
  await world.decide(id, { do: 'open-renegotiation', targets: ['M1'], text: '' }, anders)
  console = await sofieAtTheConsole(world)
  return world
}

const approved = async (world: RenegotiationWorld, agreement: string): Promise<void> => {
  const subject = (await world.state(agreement)).proposal?.subject ?? ''
  for (const who of [karl, anders])
    expect(await world.decide(agreement, { do: 'approve-proposal', subject }, who)).toBe('committed')
}

describe('a draft, field by field, in the console', () => {
  it('changes any field: the letter, the rider and the new version say so', async () => {
    const world = await opened()
    expect((await console.open(page)).html).toContain(`href="${page}/draft"`)
    const form = await console.open(`${page}/draft`)
    expect(console.field(form, 'draft-proposal', 'field.M1.weight')).toBe('40')
    const done = await console.send(form, 'draft-proposal', {
      ...dated,
      'field.M1.value.2015': '46',
      'field.M1.weight': '20',
      'field.M2.weight': '50',
      'field.M1.measurement.source': 'jobindsats.dk',
      'field.FS1.reference.value': '160',
      'field.FS1.reference.on': '2015-03-27',
      'field.expiresOn': '2016-06-30',
      'field.M3.earliestAvailable': '2015: 2016-02-01',
    })
    expect(done.html).toContain('Udkastet er gemt og afventer godkendelse.')
    const shown = (await console.open(page)).html
    for (const field of ['Mål 1, vægt', 'Mål 1, kilde', 'Forudsætning 1, referenceværdi', 'Udløb'])
      expect(shown).toContain(field)

    await approved(world, id)
    await world.pass(id, at('2015-04-20', '12:00'))
    const letter = flat(await world.text(id, 'proposal'))
    expect(letter).toContain(
      'Det ændrer mål 1 for 2015 fra 50,0 pct. til 46,0 pct. og 7 andre bestemmelser, som står i tabellen',
    )
    expect(letter).toContain('Mål 1, vægt / 40 / 20')
    await world.mail(id, { from: 'signatory', values: accepted })
    await world.pass(id, at('2015-04-21', '10:00'))
    const rider = flat(await world.text(id, 'rider'))
    expect(rider).toContain('Mål 1, vægt ændres fra »40« til »20«.')
    expect(rider).toContain('Udløb ændres fra »31. december 2015« til »30. juni 2016«.')
    const version = (await world.agreementState(id)).versions.at(-1)
    expect(version?.content.targets.map(({ weight }) => weight)).toEqual([20, 50, 30])
    expect(version?.content).toMatchObject({
      expiresOn: '2016-06-30',
      assumptions: [{ key: 'FS1', reference: { value: '160', on: '2015-03-27' } }, { key: 'FS2' }],
    })
  })

  it('begins with the values scaled with the assumption, and again with what was sent back', async () => {
    const world = await opened()
    const form = await console.open(`${page}/draft`)
    await console.send(form, 'draft-proposal', { ...dated, 'field.M2.value.2015': '23,5' })
    const subject = (await world.state(id)).proposal?.subject ?? ''
    await world.decide(id, { do: 'send-proposal-back', subject, reason: 'M1 også' }, karl)
    const again = await console.open(`${page}/draft`)
    expect(console.field(again, 'draft-proposal', 'field.M2.value.2015')).toBe('23,5')
    expect(console.field(again, 'draft-proposal', 'effectiveFrom')).toBe('2015-07-01')
  })

  it.each([
    [{ 'field.M1.weight': 'halvtreds' }, 'Mål 1, vægt: her skal stå et helt tal.'],
    [{ 'field.M1.weight': '50' }, 'Målene: her skal stå vægte, der tilsammen giver 100 (de giver 110).'],
    [{ 'field.M1.value.2015': '30' }, 'Mål 1, målværdi for 2015: her skal stå en værdi over basismålingen'],
    [{ 'field.M1.title': ' ' }, 'Mål 1, titel: her skal stå noget: feltet er tomt.'],
    [
      { 'field.FS2.bearsOn': 'M9' },
      'Forudsætning 2, bærer mål: her skal stå et mål i aftalen (M9 er det ikke).',
    ],
    [{ 'field.parties': '479' }, 'Parter: her skal stå en part, fx »479 tovholder fra 2013-01-01«'],
    [
      { 'field.H1.grants': '2015: mange' },
      'Aktivitet 1, tilskud (år: kroner): her skal stå et år og et beløb',
    ],
    [
      { 'field.M1.measurement.indicatorVersion': '2' },
      'mål 1: opgøres på en anden måde end hidtil. Skriv en ny basismåling.',
    ],
    [{}, 'Et forslag skal ændre mindst ét felt i aftalen.'],
  ])('says which field must be mended, and keeps what was typed: %o', async (typed, message) => {
    const world = await opened()
    const form = await console.open(`${page}/draft`)
    const refused = await console.send(form, 'draft-proposal', { ...dated, ...typed })
    expect(console.alerts(refused).join(' ')).toContain(message)
    for (const [field, text] of Object.entries(typed))
      expect(console.field(refused, 'draft-proposal', field)?.trim()).toBe(text.trim())
    expect((await world.state(id)).status).toBe('opened')
  })

  it('offers no value of a year that is opened, and takes none that is sent all the same', async () => {
    const world = await opened()
    const form = await console.open(`${page}/draft`)
    expect(console.field(form, 'draft-proposal', 'field.M1.value.2014')).toBeNull()
    const refused = await console.send(form, 'draft-proposal', { ...dated, 'field.M1.value.2014': '40' })
    expect(console.alerts(refused).join()).toContain(
      'Mål 1, målværdi for 2014: her skal stå det samme som nu (50), da året er åbnet.',
    )
    expect((await world.state(id)).proposal).toBeNull()
  })

  it('Edge case 52: a target lapses and another comes in under a number never used', async () => {
    const world = await opened()
    const form = await console.open(`${page}/draft?lapsed=M2&like=M1`)
    expect(console.field(form, 'draft-proposal', 'field.M4.weight')).toBe('0')
    await console.send(form, 'draft-proposal', {
      ...dated,
      'field.M4.title': 'Andel i uddannelse',
      'field.M4.titleEn': 'Share in education',
      'field.M4.measurement.indicator': 'andel-i-uddannelse',
      'field.M4.value.2015': '45',
      'field.M4.weight': '30',
    })
    await approved(world, id)
    await world.pass(id, at('2015-04-20', '12:00'))
    await world.mail(id, { from: 'signatory', values: accepted })
    await world.pass(id, at('2015-04-21', '10:00'))
    const { versions } = await world.agreementState(id)
    expect(versions.at(-1)?.content.targets.map(({ key }) => key)).toEqual(['M1', 'M3', 'M4'])
    const rider = flat(await world.text(id, 'rider'))
    expect(rider).toContain('Mål 2 bortfalder.')
    expect(rider).toContain('Som mål 4 indsættes: »Andel i uddannelse«.')
    expect(rider).toContain('Mål 4, målværdi for 2015 fastsættes til »45«.')
  })
})

describe('a counter-proposal at the console', () => {
  it('is a task, shown beside the agreement and the last proposal, and taken over into a new draft', async () => {
    const { world } = await proposed()
    const mailKey = await world.mail(id, { from: 'contact', values: counter })
    console = await sofieAtTheConsole(world)
    expect((await tasksInWords(world.ports)).map(({ what }) => what)).toEqual([
      'ændringsforslag fra kommunen',
    ])
    const shown = (await console.open(page)).html.replaceAll(/\s+/gu, ' ')
    expect(shown).toContain('Runde 1 af højst 3.')
    expect(shown).toMatch(
      /Mål 1, målværdi for 2015<\/th> ?<td class=""> ?50 ?<\/td> ?<td class=""> ?46 ?<\/td>/u,
    )
    expect(shown).toContain('<ins class="new">44</ins>')

    const form = await console.open(`${page}/draft?counter=${mailKey}`)
    expect(console.field(form, 'draft-proposal', 'field.M1.value.2015')).toBe('44')
    const other = await console.send(form, 'draft-proposal', { ...dated, 'field.M1.value.2015': '45' })
    expect(console.alerts(other).join()).toContain('skal udkastet have de værdier, kommunen har foreslået')
    await console.send(form, 'draft-proposal', { ...dated, 'field.M1.weight': '35', 'field.M2.weight': '35' })
    const state = await world.state(id)
    expect(state.counters[0]?.answered?.accepted).toBe(true)
    expect(state).toMatchObject({ status: 'drafted', proposal: { round: 2, approvals: [] } })
    const approve = { do: 'approve-proposal', subject: state.proposal?.subject ?? '' } as const
    expect(await world.decide(id, approve, birgit)).toBe('committed')
    expect((await world.state(id)).status).toBe('drafted')
    expect(await world.decide(id, approve, anders)).toBe('committed')
    await world.pass(id, at('2015-04-21', '12:00'))
    expect((await world.letters(id)).slice(-2)).toEqual([
      'counter-proposal-answer@2015-04-21',
      'proposal@2015-04-21',
    ])
  })

  it('in words alone is marked so, and followed by a draft that a person writes', async () => {
    const { world } = await proposed()
    const mailKey = await world.mail(id, {
      from: 'contact',
      values: { Svar: { is: 'proposal-answer', answer: 'counter-proposal' } },
      texts: { Begrundelse: 'Vi foreslår, at mål 2 vægter mere.' },
    })
    console = await sofieAtTheConsole(world)
    await console.send(await console.open(page), `mark-answer/${mailKey}`, { as: 'counter-proposal' })
    expect((await world.state(id)).counters).toMatchObject([{ round: 1, values: [] }])
    const [form] = [await console.open(page)]
    const followed = await console.send(form, `answer-counter/${mailKey}`, { decision: 'yes', reason: 'ja' })
    expect(console.alerts(followed).join()).toContain('Kommunens forslag er skrevet i ord.')
    const draft = await console.open(`${page}/draft?counter=${mailKey}`)
    await console.send(draft, 'draft-proposal', {
      ...dated,
      'field.M1.weight': '30',
      'field.M2.weight': '40',
    })
    await approved(world, id)
    await world.pass(id, at('2015-04-21', '12:00'))
    expect(flat(await world.text(id, 'counter-proposal-answer'))).toContain(
      'Ministeriet har modtaget kommunens ændringsforslag. Ministeriet kan tilslutte sig forslaget',
    )
  })
})

describe('municipalities that merge or are divided, in the console', () => {
  const joint = partnership.agreement.id
  const draftOf = async (
    query: string,
  ): Promise<[RenegotiationWorld, Awaited<ReturnType<Caseworker['open']>>]> => {
    const world = await new RenegotiationWorld(at('2015-03-27', '08:30')).prepare(jointly)
    await world.observe({ [joint]: '160' })
    await world.pass(joint, at('2015-04-17', '13:00'))
    await world.decide(joint, { do: 'open-renegotiation', targets: ['M1'], text: '' }, anders)
    console = await sofieAtTheConsole(world)
    return [world, await console.open(`/renegotiations/${joint}/1/draft?${query}`)]
  }
  const share = (numerator: string, denominator: string) => ({ numerator, denominator })
  /** M1 is reported by all three, each with its part of the baseline. */
  const jointly = {
    ...partnership,
    agreement: {
      ...partnership.agreement,
      targets: partnership.agreement.targets.map((target) =>
        target.key === 'M1'
          ? {
              ...target,
              reportedBy: ['479', '450', '482'],
              history: [],
              baseline: {
                year: 2012,
                source: 'kommunernes jobcentre',
                measured: share('47', '122'),
                byMember: [
                  { municipality: '479', measured: share('30', '80') },
                  { municipality: '450', measured: share('10', '30') },
                  { municipality: '482', measured: share('7', '12') },
                ],
              },
            }
          : target,
      ),
    },
  }

  it('Edge case 7: a merger: the successor takes over, counts are summed, the rider says so', async () => {
    const [world, form] = await draftOf('on=2016-01-01&into.482=479')
    expect(console.field(form, 'draft-proposal', 'field.M1.reportedBy')).toBe('479, 450')
    expect(console.field(form, 'draft-proposal', 'field.M1.baseline.byMember')).toBe(
      '479: 37 af 92\n450: 10 af 30',
    )
    expect(form.html).toContain('Langeland Kommune medlem fra 1. januar 2013 til 31. december 2015')
    await console.send(form, 'draft-proposal', { ...dated, 'field.expiresOn': '2016-12-31' })
    await approved(world, joint)
    await world.pass(joint, at('2015-04-20', '12:00'))
    for (const party of ['479', '450', '482'])
      await world.mail(joint, { from: 'signatory', party, values: accepted })
    await world.pass(joint, at('2015-04-21', '10:00'))
    const version = (await world.agreementState(joint)).versions.at(-1)
    expect(version?.version).toBe(2)
    expect(version?.content.parties).toContainEqual({
      municipality: '482',
      role: 'member',
      from: '2013-01-01',
      to: '2015-12-31',
    })
    expect(flat(await world.text(joint, 'rider'))).toContain(
      'Mål 1, kommuner, der indberetter ændres fra »Svendborg Kommune, Nyborg Kommune, Langeland Kommune« til »Svendborg Kommune, Nyborg Kommune«.',
    )
  })

  it('Edge case 7: a division: not judged until the parts are agreed, and then by the parts', async () => {
    const query = 'on=2016-01-01&into.482=479,450'
    const [world, form] = await draftOf(query)
    const [m1] = (await world.agreementState(joint)).versions[0]?.content.targets ?? []
    expect(m1?.awaits).toBeUndefined()
    const early = await console.send(form, 'draft-proposal', {
      ...dated,
      'apportioned.M1': 'yes',
      'field.M1.baseline.byMember': '479: 34 af 86',
    })
    expect(console.alerts(early).join()).toContain('Mål 1, basismåling for hver kommune: her skal stå')
    await console.send(form, 'draft-proposal', {
      ...dated,
      'apportioned.M1': 'yes',
      'field.M1.baseline.byMember': '479: 34 af 86\n450: 13 af 36',
    })
    const [agreed] = (await world.state(joint)).proposal?.content?.targets ?? []
    expect(agreed?.awaits).toBeUndefined()
    expect(agreed).toMatchObject({ reportedBy: ['479', '450'], baseline: { measured: share('47', '122') } })
  })

  it('takes successors as the reform of 2007 had them, and says which code is no municipality', async () => {
    const [, form] = await draftOf('on=2016-01-01&as.482=Christiansfeld')
    expect(console.field(form, 'draft-proposal', 'field.M1.reportedBy')).toBe('479, 450, 621, 510')
    const wrong = await console.open(`/renegotiations/${joint}/1/draft?on=2016-01-01&into.482=999`)
    expect(console.alerts(wrong).join()).toContain('er ikke en kommune i dag')
  })
})
