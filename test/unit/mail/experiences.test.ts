import { expect, test } from 'vitest'
import { experiences } from '../../../functions/mail/experiences.ts'
import { renderGeneralLetter } from '../../../functions/mail/render-letter.ts'
import { generalLetters } from '../../fixtures/letters/general-letters.ts'
import { sampleFrame } from '../../fixtures/letters/sample-frame.ts'

const frame = { ...sampleFrame, letterOn: '2015-09-02', recipient: null }
const flat = (text: string): string => text.split(/\s+/).filter(Boolean).join(' ')

test('L16 in the specification’s words: by theme, each card under its municipality', () => {
  const [letter] = generalLetters('da').map((body) => renderGeneralLetter(body, frame))
  expect(letter?.subject).toBe('Samlet afrapportering for 2014: erfaringer fra årets aftaler')
  expect(flat(letter?.text ?? '')).toContain(
    '2. september 2015 Til Svendborg Kommune Erfaringer fra årets aftaler, 2014 Her er tre erfaringer fra årets aftaler, ordnet efter tema. Kommunerne bag har sagt ja til at dele dem. Arbejde Svendborg Kommune: Mentorer fra virksomhederne fik flere i job. Danskkundskaber Morsø Kommune: Sprogmakkere virker. Aftenhold gav færre afbrud. Aarhus Kommune: Aftenhold gav færre afbrud. I skal ikke svare.',
  )
  // A theme is named once, above its first card.
  expect(letter?.html.match(/<h2>/g)).toHaveLength(2)
})

test('one experience is told as one', () => {
  const [, one] = generalLetters('da').map((body) => renderGeneralLetter(body, frame))
  expect(flat(one?.text ?? '')).toContain(
    'Her er én erfaring fra årets aftaler, ordnet efter tema. Kommunen bag har sagt ja til at dele den.',
  )
})

test('a card carries no link, no markup and no invisible signs of its writer’s', () => {
  const { text, html } = renderGeneralLetter(
    experiences({
      language: 'da',
      year: 2014,
      cards: [
        {
          theme: 'crime',
          municipality: 'Fanø Kommune',
          text: 'Se <b>her</b>: https://kort.example/x\u202E\n\nog www.andet.example',
        },
      ],
    }),
    frame,
  )
  expect(text).not.toMatch(/https?:|www\.|\u202E/)
  expect(html).toContain('Se &lt;b&gt;her&lt;/b&gt;: …')
})
