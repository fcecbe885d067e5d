import { describe, expect, test } from 'vitest'
import { request, values } from '../../../unit/intake/mail.ts'
import { asParagraphs, languages, page, shapes, wordsOf } from '../quoted-shapes.ts'
import { readMail } from '../read-mime.ts'

const figures = { 'M1 i alt': '134', 'M1 heraf': '61', M2: '24.5' }
const own = 'M1 i alt: 134\nM1 heraf: 61 personer\nM2: 24,5'
const filled = request
  .replace('M1 i alt: ____', 'M1 i alt: 134')
  .replace('M1 heraf: ____', 'M1 heraf: 61')
  .replace('M2: ____', 'M2: 24,5')

const cases = shapes.flatMap((shape) =>
  languages.map((language) => ({
    ...shape,
    language,
    title: `MAIL ${shape.number}: ${shape.name} (${language})`,
  })),
)

describe('own figures above the quoted request', () => {
  test.each(cases)('$title, as text', async ({ text, language }) => {
    const words = wordsOf[language]
    const reading = await readMail({
      text: `${words.greeting}\n\n${own}\n\n${words.closing}\nMette\n\n${text(request, language)}`,
    })
    expect(values(reading)).toEqual(figures)
    expect(reading.doubts).toEqual([])
    expect(reading.freeText).toBe('')
  })
  test.each(cases)('$title, as HTML', async ({ html, language }) => {
    const words = wordsOf[language]
    const body = asParagraphs(`${words.greeting}\n\n${own}\n\n${words.closing}\nMette`)
    const reading = await readMail({ html: page(body, html(request, language)) })
    expect(values(reading)).toEqual(figures)
    expect(reading.doubts).toEqual([])
    expect(reading.freeText).toBe('')
  })
  test.each(cases)('$title, in both parts', async ({ text, html, language }) => {
    const reading = await readMail({
      text: `${own}\n\n${text(request, language)}`,
      html: page(asParagraphs(own), html(request, language)),
    })
    expect(values(reading)).toEqual(figures)
    expect(reading.doubts).toEqual([])
  })
})

describe('nothing but the quoted request', () => {
  test.each(cases)('$title, unchanged: no figure', async ({ text, html, language }) => {
    for (const parts of [{ text: text(request, language) }, { html: page(html(request, language)) }]) {
      const reading = await readMail(parts)
      expect(reading.answers).toEqual([])
      expect(reading.doubts).toEqual([])
      expect(reading.freeText).toBe('')
    }
  })
})

describe('filled in inside the quoted request', () => {
  test.each(cases)('$title, filled in inside', async ({ text, html, language }) => {
    for (const parts of [
      { text: `Se nedenfor.\n\n${text(filled, language)}` },
      { html: page('<p>Se nedenfor.</p>', html(filled, language)) },
    ]) {
      const reading = await readMail(parts)
      expect(values(reading)).toEqual(figures)
      expect(reading.doubts).toEqual([])
    }
  })

  test('MAIL 42: filled in below an Outlook header block, without any mark', async () => {
    const [block] = shapes
    const reading = await readMail({ text: `Svar er indsat.\n\n${block!.text(filled, 'da')}` })
    expect(values(reading)).toEqual(figures)
    const bare = await readMail({ text: `Svar er indsat.\n\n${block!.text(own, 'da')}` })
    expect(values(bare)).toEqual(figures)
    const html = await readMail({ html: page('<p>Svar er indsat.</p>', block!.html(own, 'da')) })
    expect(values(html)).toEqual(figures)
  })
})

test('MAIL 43: prose that looks like an attribution loses no figure', async () => {
  const text = `Den 1. oktober fik vi tallene, som skolechefen skrev om i sin mail:\n\n${own}`
  expect(values(await readMail({ text }))).toEqual(figures)
  expect(values(await readMail({ html: page(asParagraphs(text)) }))).toEqual(figures)
})

test('MAIL 44: rulers between figures lose none', async () => {
  const text = 'M1 i alt: 134\n-----------\nM1 heraf: 61\n____________\nM2: 24,5\n=========='
  expect(values(await readMail({ text }))).toEqual(figures)
  expect(
    values(await readMail({ html: '<p>M1 i alt: 134</p><hr><p>M1 heraf: 61</p><hr><p>M2: 24,5</p>' })),
  ).toEqual(figures)
})
