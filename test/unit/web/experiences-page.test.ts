import { DomUtils, parseDocument } from 'htmlparser2'
import { expect, test } from 'vitest'
import { agreementIdSchema } from '../../../functions/domain/values.ts'
import { experiencesPage, type ExperiencesView } from '../../../functions/web/year/experiences-page.ts'
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
    },
  ],
  undecided: [
    { ...about, mailKey: 'mail-0002', receivedOn: '2015-02-24', text: 'Mentorer', themes: ['employment'] },
  ],
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
