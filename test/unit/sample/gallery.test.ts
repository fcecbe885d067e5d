import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8')
const gallery = (name: string) => read('infra', 'local', 'sample', 'gallery', name)
const steps = (text: string) =>
  text.split('\n').flatMap((line) => (line.startsWith('## ') ? [line.split(' · ').at(-1) ?? ''] : []))

test('the README links each page of the gallery, and the pages are there', () => {
  const links = [...read('README.md').matchAll(/\]\((infra\/local\/sample\/gallery\/[^)]+)\)/g)].map(
    (match) => match[1]!,
  )
  expect(links).toHaveLength(2)
  expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([])
})

test('the gallery shows a renegotiation from its question to the rider, and an assessment from hearing to the final word', () => {
  expect(steps(gallery('renegotiation.md'))).toEqual(
    expect.arrayContaining(['genforhandling indledt', 'forslag til tillæg', 'tillæg']),
  )
  const disputed = steps(gallery('disputed-assessment.md'))
  expect(disputed).toEqual(
    expect.arrayContaining(['anmodning om indberetning', 'høring over udkast', 'endelig bedømmelse']),
  )
  expect(disputed.indexOf('høring over udkast')).toBeLessThan(disputed.indexOf('endelig bedømmelse'))
})

test('every address of the gallery is a sample', () => {
  const addresses = ['renegotiation.md', 'disputed-assessment.md'].flatMap((name) =>
    [...gallery(name).matchAll(/[\w.æøå-]+@[\w.-]+\w/gu)].map((match) => match[0]),
  )
  expect(addresses.length).toBeGreaterThan(10)
  expect(addresses.filter((address) => !address.endsWith('.example'))).toEqual([])
})
