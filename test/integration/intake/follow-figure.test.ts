import { openXlsx, saveXlsx } from 'hucre/xlsx'
import { beforeEach, describe, expect, it } from 'vitest'
import { mailShown } from '../../../functions/handlers/console/archived-mail.ts'
import { mailContent } from '../../../functions/web/review/mail-page.ts'
import { figuresSection } from '../../../functions/web/review/figures.ts'
import type { MailParts } from './compose-mail.ts'
import { openPostOffice, type PostOffice } from './post-office.ts'

let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})
const base = '/reviews/2014/svendborg-rk'

/** The request's own workbook with figures in »Jeres tal«, saved again. */
const filledIn = async (figures: Readonly<Record<string, number>>): Promise<Uint8Array> => {
  const attached = office.request.message.attachments.find(({ filename }) => filename.endsWith('.xlsx'))
  const book = await openXlsx(attached!.content)
  book.sheets[0]?.rows.forEach((row, at) => {
    const value = figures[String(row[0])]
    if (value === undefined) return
    row[5] = value
    book.sheets[0]?.cells?.delete(`${at},5`)
  })
  return saveXlsx(book)
}

/** Follows a figure as a caseworker does: from the review's row by its link to the mail's page and the mark there. */
const follow = async (key: string): Promise<{ readonly mark: string; readonly page: string }> => {
  const state = await office.state()
  const review = (await figuresSection(state, base)).toString()
  const row = review.slice(review.indexOf(`>${key}</span>`))
  const [, mailKey = '', anchor = ''] = /href="[^"]*\/mails\/([^"#]+)#([^"]+)"/u.exec(row) ?? []
  const mail = state.mails.find((one) => one.mailKey === decodeURIComponent(mailKey))
  if (mail === undefined) throw new Error(`${key} leads to no mail`)
  const page = (
    await mailContent(mail, state, await mailShown(office.ports, mail), base, (id) => id)
  ).toString()
  const mark = new RegExp(`<mark id="${anchor}"[^>]*>([^<]*)</mark`, 'u').exec(page)?.[1] ?? ''
  return { mark, page: page.replaceAll(/\s+/gu, ' ') }
}

/** The row of the grid that holds a mark, as its cells. */
const rowOf = (page: string, key: string): readonly string[] => {
  const rows = page.split('<tr>').filter((row) => row.includes(`data-read="${key}"`))
  return [...(rows[0] ?? '').matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gu)].map(([, text = '']) =>
    text.replaceAll(/<[^>]*>/gu, '').trim(),
  )
}
const reply = (parts: MailParts) => office.reply({ text: 'Se vedhæftet.', ...parts })

describe('follow one figure', () => {
  it('leads to the cell of the attached workbook, with the rows and columns around it', async () => {
    await reply({
      attachments: [
        { filename: 'svendborg.xlsx', content: Buffer.from(await filledIn({ M2: 24.5, FS2: 83 })) },
      ],
    })
    const { mark, page } = await follow('M2')
    expect(mark).toBe('24,5')
    expect(page).toContain('svendborg.xlsx, ark Indberetning')
    expect(rowOf(page, 'M2')).toContain('uger')
    expect(rowOf(page, 'M2')).toContain('24,5 ← M2')
    expect(page).toContain('<th scope="col">F</th>')
    expect(page).toContain('Jeres tal')
    expect((await follow('FS2')).mark).toBe('83')
  })
  it('leads to the field of a CSV file’s row', async () => {
    await reply({
      attachments: [
        {
          filename: 'tal.csv',
          content: Buffer.from(
            'Nøgle;Jeres tal;Bemærkning\r\nM2;24,5;<b>median</b>\r\nFS2;83;\r\n',
            'latin1',
          ),
        },
      ],
    })
    const { mark, page } = await follow('M2')
    expect(mark).toBe('24,5')
    expect(rowOf(page, 'M2')).toEqual(['2', 'M2', '24,5 ← M2', '&lt;b&gt;median&lt;/b&gt; ← M2 bemærkning'])
    expect(page).not.toContain('<b>median')
    expect(page).toContain('tal.csv: regneark, celle B2')
  })
  it('leads to the cell of a table in an HTML mail, also the second of two', async () => {
    await office.reply({
      html: '<p>Hej</p><table><tr><td>Punkt</td><td>Dato</td></tr><tr><td>Møde</td><td>3. marts</td></tr></table><table><tr><td>Nøgle</td><td>Jeres tal</td></tr><tr><td>M2</td><td><b>24,5</b></td></tr></table>',
    })
    const { mark, page } = await follow('M2')
    expect(mark).toBe('24,5')
    expect(rowOf(page, 'M2')).toEqual(['2', 'M2', '24,5 ← M2'])
    expect(page).toContain('Tabel i mailen')
    expect(page).not.toContain('<td>Møde')
    // And to its line in the text beneath.
    expect(page).toMatch(/<mark id="linje-\d+" data-read="M2">M2\s24,5<\/mark/u)
  })
  it('leads to the line of a text mail', async () => {
    await office.reply({ text: 'Hej\nM2: 24,5 uger' })
    const { mark, page } = await follow('M2')
    expect(mark).toBe('M2: 24,5 uger')
    expect(page).not.toContain('Hvor tallene stod')
  })
})
