import { DomUtils, parseDocument } from 'htmlparser2'
import { expect, test } from 'vitest'
import { agreementIdSchema, personIdSchema } from '../../../functions/domain/base/values.ts'
import { experiencesPage } from '../../../functions/web/year/experiences-page.ts'
import type { ExperiencesView } from '../../../functions/web/year/experiences-view.ts'
import { frame, reader, textOf } from './page-parts.ts'

const agreement = agreementIdSchema.parse('svendborg-rk')
const about = { agreement, municipality: '479' } as const
const view: ExperiencesView = {
  year: 2014,
  cards: [
    {
      ...about,
      mailKey: 'mail-0001',
      theme: 'danish',
      text: 'Sprogmakkere <b>virker</b>',
      publishedOn: '2015-09-02',
      by: personIdSchema.parse('sofie'),
    },
  ],
  undecided: [
    { ...about, mailKey: 'mail-0002', receivedOn: '2015-02-24', text: 'Mentorer', themes: ['employment'] },
  ],
  unprintable: [],
  letter: null,
}
const shown = async (role: 'caseworker' | 'auditor') =>
  parseDocument(await textOf(experiencesPage(frame(reader(role)), view)))

test('cards stand under their theme with what people wrote escaped; a caseworker has the forms, an auditor none', async () => {
  const page = await shown('caseworker')
  const text = DomUtils.textContent(page).replace(/\s+/g, ' ')
  expect(text).toContain('Danskkundskaber')
  expect(text).toContain('Sprogmakkere <b>virker</b>')
  expect(text).toContain('Udgivet den 2. september 2015')
  const actions = (dom: typeof page) =>
    DomUtils.getElementsByTagName('form', dom, true).flatMap((form) => form.attribs['data-action'] ?? [])
  expect(actions(page)).toEqual(
    expect.arrayContaining(['publish-experience/svendborg-rk-479', 'leave-out-experience/svendborg-rk-479']),
  )
  expect(actions(await shown('auditor')).filter((action) => action.includes('experience'))).toEqual([])
})

test('before the report is frozen nothing is said of the letter; then how far it is, and its release to an approver alone', async () => {
  const letter = {
    subject: 'a'.repeat(64),
    awaitsRelease: true,
    released: null,
    sent: 0,
    left: 98,
    bounced: [] as string[],
    withoutMailbox: [] as string[],
  }
  const render = async (role: 'caseworker' | 'approver', more: Partial<typeof letter> | null) =>
    parseDocument(
      await textOf(
        experiencesPage(frame(reader(role)), {
          ...view,
          letter: more === null ? null : { ...letter, ...more },
        }),
      ),
    )
  const words = (dom: ReturnType<typeof parseDocument>) => DomUtils.textContent(dom).replace(/\s+/g, ' ')
  const forms = (dom: ReturnType<typeof parseDocument>) =>
    DomUtils.getElementsByTagName('form', dom, true).flatMap((form) => form.attribs['data-action'] ?? [])
  expect(words(await render('approver', null))).not.toContain('Brevet til alle kommuner')
  const page = await render('approver', {})
  expect(words(page)).toContain('Venter på en godkender')
  expect(forms(page)).toContain('release-experiences')
  expect(forms(await render('caseworker', {}))).not.toContain('release-experiences')
  expect(forms(await render('approver', { awaitsRelease: false }))).not.toContain('release-experiences')
  const out = words(
    await render('approver', {
      awaitsRelease: false,
      sent: 97,
      left: 1,
      bounced: ['101'],
      withoutMailbox: ['825'],
    }),
  )
  expect(out).toContain('Sendt til 97 kommuner')
  expect(out).toMatch(/Kom retur fra\s+København/)
  expect(out).toMatch(/Ingen hovedpostkasse kendt\s+Læsø/)
})

test('a card that holds a number beside a hidden figure is written anew by a caseworker', async () => {
  const [card] = view.cards
  const page = async (role: 'caseworker' | 'auditor') =>
    textOf(experiencesPage(frame(reader(role)), { ...view, undecided: [], unprintable: [card!] }))
  const forms = (text: string) => text.match(/data-action="publish-experience[^"]*"/g)
  expect(await page('caseworker')).toContain('Et kort skal skrives om')
  expect(forms(await page('caseworker'))).toEqual(['data-action="publish-experience/svendborg-rk-479"'])
  expect(forms(await page('auditor'))).toBeNull()
})
