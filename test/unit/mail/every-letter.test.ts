import { Parser } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import { letterKinds } from '../../../functions/domain/casefile/letter-kinds.ts'
import { languages } from '../../../functions/domain/base/values.ts'
import { letters } from '../../../functions/mail/letters.ts'
import { renderGeneralLetter, renderLetter } from '../../../functions/mail/render-letter.ts'
import type { RenderedLetter } from '../../../functions/mail/render-letter.ts'
import { allLetters } from '../../fixtures/letters/all-letters.ts'
import { generalLetters } from '../../fixtures/letters/general-letters.ts'
import { sampleFrame } from '../../fixtures/letters/sample-frame.ts'

const frame = { ...sampleFrame, theirCaseNumber: '15/2207', controlNumber: '3f9a0c12b7e4' }
const rendered = (['da', 'en'] as const).flatMap((language) =>
  allLetters(language).map((body) => ({
    name: `${body.kind}, ${language}`,
    letter: renderLetter(body, frame),
  })),
)
/** To all municipalities: about no agreement, so with no case to name and no token. */
const toAll = (['da', 'en'] as const).flatMap((language) =>
  generalLetters(language).map((body) => ({
    name: `${body.kind}, ${language}`,
    letter: renderGeneralLetter(body, frame),
  })),
)

/** The HTML part's words as a screen reader meets them, numbers and bullets of lists included. */
const htmlWords = (html: string): string => {
  let text = ''
  let skipped = 0
  let item: number | null = null
  const parser = new Parser({
    onopentag: (name) => {
      if (name === 'head') skipped += 1
      if (name === 'ol') item = 1
      if (name === 'ul') item = null
      if (name === 'li') text += item === null ? ' - ' : ` ${item++}. `
    },
    onclosetag: (name) => {
      if (name === 'head') skipped -= 1
      text += name === 'a' ? '' : ' '
    },
    ontext: (part) => {
      if (skipped === 0) text += part
    },
  })
  parser.end(html)
  return text.split(/\s+/).filter(Boolean).join(' ')
}
const words = (text: string): string => text.split(/\s+/).filter(Boolean).join(' ')
const withoutTables = (html: string): boolean => !html.includes('<table>')

describe.each([...rendered, ...toAll])('$name', ({ letter }: { name: string; letter: RenderedLetter }) => {
  const lines = letter.text.split('\n')

  test('has lines of at most 72 characters, none of them a ruler, and no link', () => {
    expect(lines.filter((line) => line.length > 72)).toEqual([])
    expect(lines.filter((line) => /^\s*([-_=*])\1{2,}\s*$|^-- $/.test(line))).toEqual([])
    expect(letter.text).not.toMatch(/https?:|www\./)
    expect(letter.html).not.toMatch(/<a\b|<img|https?:|<script|style=/i)
  })

  test('has no empty placeholder and no code value in its words', () => {
    expect(letter.text).not.toMatch(/undefined|null|NaN|\[object|\{|\}|»«|""|\(\)/)
    expect(letter.text).not.toMatch(/ [,.;]/)
    expect(letter.text).not.toMatch(/\.\.(?!\.)|,\./)
  })

  test('speaks one language', () => {
    const foreign =
      letter.language === 'da'
        ? /\b(the|and|of|please|ministry|figure|target|reply|your)\b/i
        : /\b(og|ikke|bedes|tallet|målet|jeres|indberetning(?!-)|ministeriet|senest|svar)\b/i
    const own = letter.text
      .replaceAll(frame.ministry, '')
      .replace(/»Svar|Source: .*|Ministeriet for Børn[^\n]*/g, '')
      .replace(/§[^]*?\n\n/g, '')
      .replace(/Tillæg nr[^]*?\n\n/g, '')
      .replace(/kommer i Erfaringsbasen inden\s+sommerferien|ikke opgjort|Indberetning for \d+/g, '')
      .replace(/Vi fik mange nye[^]*?60 pct\./g, '')
      .replace(/I skrev: /g, '')
    expect(own.match(foreign)?.[0]).toBeUndefined()
  })

  test('never mixes the two forms of address', () => {
    const you = /\b(I|jer|jeres|du|din)\b/
    if (letter.language === 'da' && letters[letter.kind].address === 'municipality')
      expect(letter.text.replace(/\bI\s+(hovedtræk|januar)/g, '')).not.toMatch(you)
    else expect(letter.text).not.toMatch(/kommunen (bedes|skal|kan|får)/)
  })

  test('prints key lines alone, of at most 38 characters, without a value', () => {
    lines.forEach((line, index) => {
      if (!line.includes('____')) return
      expect(line.length).toBeLessThanOrEqual(38)
      expect(line).toMatch(/^\S.*: ____( \S+){0,2}$/)
      expect([lines[index - 1], lines[index + 1]]).toEqual(['', ''])
    })
    expect(lines.filter((line) => /^jeres sagsnr|^kommunens sagsnr|^your case no/i.test(line))).toEqual([])
  })

  test('has the same words in text and HTML, one h1, and its language', () => {
    expect(htmlWords(letter.html)).toBe(words(letter.text))
    expect(letter.html.match(/<h1>/g)).toHaveLength(1)
    expect(letter.html).toContain(`<html lang="${letter.language}">`)
    expect(withoutTables(letter.html) || /<th scope="col">/.test(letter.html)).toBe(true)
  })

  test('cites no statute as the ground', () => {
    expect(letter.text).not.toMatch(/integrationslov|§ ?6/i)
  })
})

describe.each(rendered)('$name', ({ letter }: { name: string; letter: RenderedLetter }) => {
  test('has a subject that begins with the kind’s word and holds case number and token', () => {
    expect(letter.subject).toMatch(
      /^(Resultatkontrakt|Performance contract|UDKAST|DRAFT|Samlet afrapportering|Joint report|SV):? /,
    )
    expect(letter.subject).toContain('2015-0479')
    expect(letter.subject).toContain('[#7QX4M2P9T3VW8HND]')
    expect(letter.subject.match(/SV:/g)?.length ?? 0).toBeLessThanOrEqual(1)
  })
})

describe.each(toAll)('$name', ({ letter }: { name: string; letter: RenderedLetter }) => {
  test('has a subject of its own and belongs to no case', () => {
    expect(letter.subject).toMatch(/^(Samlet afrapportering|Joint report) /)
    for (const part of [letter.subject, letter.text, letter.html])
      expect(part).not.toMatch(/2015-0479|15\/2207|7QX4|____|Kontrolnr|Sagsnr|Case no/)
  })
})

test('every kind of letter to a municipality is among the samples', () => {
  const sent = new Set([...rendered, ...toAll].map(({ letter }) => letter.kind))
  const toMunicipality = letterKinds.filter((kind) => letters[kind].address !== 'ministry')
  expect(toMunicipality.filter((kind) => !sent.has(kind))).toEqual([])
  expect(languages).toHaveLength(2)
})
