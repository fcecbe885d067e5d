import { beforeEach, describe, expect, it } from 'vitest'
import type { ReviewCommand } from '../../../functions/domain/review/commands.ts'
import { openPostOffice, words, type PostOffice } from '../intake/post-office.ts'
import { isMoneyHearingOver, moneyHearingEndsOn } from '../../../functions/domain/review/slices/money.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})

type Draft = Extract<ReviewCommand, { do: 'draft-money' }>
const draft = (of: Partial<Draft> & Pick<Draft, 'kind'>): Draft => ({
  do: 'draft-money',
  caseId: 'money-case-1',
  draftId: 'money-case-1',
  forYear: 2014,
  kroner: '320000',
  breach: null,
  legalGround: 'finanslovens § 18.32.23.10 og kontraktens pkt. 9',
  reasons: 'betingelserne er opfyldt',
  heard: '',
  ...of,
})
const approve = (draftId = 'money-case-1') =>
  ({ do: 'approve-money', caseId: 'money-case-1', draftId }) as const
const money = async () => (await office.state()).money[0]
const letters = async (kind: string) =>
  (await office.state()).letters.filter(({ order }) => order.kind === kind)
const textOf = async (kind: string): Promise<string> => {
  const [letter] = await letters(kind)
  const sent = office.ports.mail.sent.find(({ messageId }) => messageId === letter?.messageId)
  return words(await office.ports.mime.parse(sent?.raw ?? Buffer.from('')))
}
const reply = async (text: string) => {
  const [letter] = await letters('intended-decision')
  const sent = office.ports.mail.sent.find(({ messageId }) => messageId === letter?.messageId)
  const message = await office.ports.mime.parse(sent?.raw ?? Buffer.from(''))
  return office.reply({
    text,
    subject: `SV: ${message.subject}`,
    inReplyTo: letter?.messageId ?? '',
    references: [letter?.messageId ?? ''],
  })
}

describe('L14, decisions on money', () => {
  it('Joint report 16: a commitment is drafted by one, approved by another, and told with ground and reasons, the main mailbox in copy', async () => {
    await office.decide(draft({ kind: 'commitment' }))
    expect((await money())?.status).toBe('drafted')
    expect(await letters('decision-on-money')).toEqual([])
    await office.decide(approve(), 'anders')
    const text = await textOf('decision-on-money')
    expect(text).toContain(
      'Ministeriet har truffet afgørelse om, at kommunen får tilsagn om 320.000 kr. for 2014',
    )
    expect(text).toContain('Afgørelsen er truffet efter finanslovens § 18.32.23.10 og kontraktens pkt. 9.')
    expect(text).toContain('Ministeriet har lagt vægt på, at betingelserne er opfyldt.')
    expect(text).not.toMatch(/klage|påklages/iu)
    const [letter] = await letters('decision-on-money')
    expect(letter?.to).toHaveLength(2)
    expect((await money())?.status).toBe('decided')
  })

  it('Joint report 16: a year without a passed Finance Act is committed with the reservation, and the complaint text is the configuration’s', async () => {
    const directory = await office.ports.directory.read()
    await office.ports.directory.write({
      ...directory,
      ministry: { ...directory.ministry, complaint: 'Vejledning fra opsætningen.' },
      frames: [],
    })
    await office.decide(draft({ kind: 'commitment' }))
    await office.decide(approve(), 'anders')
    const text = await textOf('decision-on-money')
    expect(text).toContain(
      'Tilsagnet for 2014 gives med forbehold for den nødvendige bevilling på finansloven.',
    )
    expect(text).toContain('Vejledning fra opsætningen.')
  })

  it('Joint report 16: an adverse one is intended first, heard two weeks from delivery, and decided with the comments weighed', async () => {
    await office.decide(
      draft({ kind: 'lapse', breach: 'not-started', reasons: 'aktiviteten ikke er begyndt' }),
    )
    await office.decide(approve(), 'anders')
    expect(await letters('decision-on-money')).toEqual([])
    const intended = await textOf('intended-decision')
    expect(intended).toContain(
      'Ministeriet påtænker at træffe afgørelse om, at tilsagnet om 320.000 kr. for 2014 bortfalder',
    )
    expect(intended).toContain(
      'Vilkåret, der ikke er opfyldt: aktiviteten er ikke begyndt inden for seks måneder.',
    )
    expect(intended).toContain('Kommunen kan fremkomme med bemærkninger senest tirsdag den 10. marts 2015')
    expect(intended).toContain('det anses ikke for et samtykke')
    expect(moneyHearingEndsOn(await office.state(), { caseId: 'money-case-1' })).toBe('2015-03-10')

    const next = draft({
      kind: 'lapse',
      breach: 'not-started',
      draftId: 'money-draft-2',
      reasons: 'aktiviteten er sent i gang',
    })
    await expect(office.decide(next)).rejects.toThrow('the time to comment is not over')
    const { mail, answers } = await reply('Aktiviteten begyndte den 2. marts 2015.')
    expect(mail?.standing).toBe('counts')
    expect(answers.map(({ kind }) => kind)).toEqual(['hearing-receipt'])
    expect(words(answers[0]!.message)).toContain('De indgår i afgørelsen.')
    expect((await money())?.comments).toMatchObject([{ party: '479', mailKey: mail?.mailKey }])

    office.ports.clock.set(office.at('2015-03-11', '10:00'))
    await expect(office.decide(next)).rejects.toThrow('the comments have no answer')
    await expect(office.decide({ ...next, heard: 'De er set', kroner: '320001' })).rejects.toThrow(
      'the agreement grants',
    )
    await office.decide({ ...next, heard: 'Begyndelsen er sen, men ministeriet fastholder fristen' })
    await office.decide(approve('money-draft-2'), 'anders')
    const text = await textOf('decision-on-money')
    expect(text).toContain('at tilsagnet om 320.000 kr. for 2014 bortfalder')
    expect(text).toContain(
      'Den påtænkte afgørelse blev sendt til kommunen den 24. februar 2015. Bemærkningerne af 24. februar 2015 er indgået i afgørelsen.',
    )
    expect(text).toContain('Begyndelsen er sen, men ministeriet fastholder fristen.')
    expect((await money())?.status).toBe('decided')
  })

  it('Joint report 16: silence decides nothing: the hearing’s end only lets a person go on', async () => {
    await office.decide(draft({ kind: 'repayment', kroner: '50000', breach: 'unused' }))
    await office.decide(approve(), 'anders')
    office.ports.clock.set(office.at('2015-12-01', '10:00'))
    const state = await office.state()
    expect(state.money[0]?.status).toBe('intended')
    expect(isMoneyHearingOver(state, state.money[0]!, office.ports.clock.now())).toBe(true)
    expect(await letters('decision-on-money')).toEqual([])
  })

  it('what was intended and is given up is told too', async () => {
    await office.decide(draft({ kind: 'repayment', kroner: '50000', breach: 'unused' }))
    await office.decide(approve(), 'anders')
    await office.decide({ do: 'drop-money', caseId: 'money-case-1', reason: 'midlerne er brugt' }, 'anders')
    const text = await textOf('decision-on-money')
    expect(text).toContain(
      'Ministeriet træffer ikke den påtænkte afgørelse om, at kommunen tilbagebetaler 50.000 kr.',
    )
    expect(text).toContain('Ministeriet har lagt vægt på, at midlerne er brugt.')
  })

  it('refuses money taken back for anything but a breach, more than was granted, and an approval outside the hours of sending', async () => {
    await expect(office.decide(draft({ kind: 'lapse' }))).rejects.toThrow('a breach of its conditions alone')
    await expect(office.decide(draft({ kind: 'commitment', kroner: '99000000' }))).rejects.toThrow(
      'the agreement grants',
    )
    await expect(office.decide(draft({ kind: 'advance', kroner: '1000' }))).rejects.toThrow(
      'no ground for an advance',
    )
    await office.decide(draft({ kind: 'commitment' }))
    await expect(office.decide(approve('money-other-1'), 'anders')).rejects.toThrow('no longer the draft')
    office.ports.clock.set(office.at('2015-02-28', '10:00'))
    await expect(office.decide(approve(), 'anders')).rejects.toThrow('from 9 on a working day')
  })
})
