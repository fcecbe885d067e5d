import { describe, expect, test } from 'vitest'
import { labelLines } from '../../../functions/intake/quotation/segments.ts'
import { doubts, marked, outlookQuote, read, request, values } from './mail.ts'
import { blocks, name } from './people-words.ts'

/** Own figures above, and below them what opens an older mail, whose figures are none now. */
const own = 'Hej Sofie\n\nM1 i alt: 140\n\nMvh Mette\n\n'
const older = 'M1 i alt: 134\nM2: 99'

const apple = [
  'Start på videresendt besked:', 'Begin forwarded message:', 'Videresendt melding:', 'Vidarebefordrat mejl:', 'Anfang der weitergeleiteten Nachricht:', 'Begin doorgestuurd bericht:', 'Välitetty viesti alkaa:',
  'Début du message réexpédié :', 'Début du message transféré :', 'Inicio del mensaje reenviado:', 'Inizio messaggio inoltrato:', 'Início da mensagem encaminhada:', 'Początek przekazywanej wiadomości:',
  '-------- Videresendt meddelelse --------', '---------- Forwarded message ---------', '-------- Vidarebefordrat meddelande --------', '-----Original Message-----', '-----Oprindelig besked-----',
] // prettier-ignore

describe('what opens an older mail', () => {
  test.each(blocks)('MAIL 280: %s: the figures below are an older mail, and none now', (_, block) => {
    for (const body of [`${block}\n\n${older}`, `${block}\n${marked(older)}`]) {
      const reading = read(`${own}${body}`, { received: [older] })
      expect(values(reading)).toEqual({ 'M1 i alt': '140' })
      expect(reading.doubts).toEqual([])
      expect(reading.freeText).toBe('')
    }
  })
  test.each(blocks)('MAIL 280: %s: what was never sent to us is asked about', (_, block) => {
    const reading = read(`${own}${block}\n\n${older}`)
    expect(values(reading)).toEqual({ 'M1 i alt': '140' })
    expect(doubts(reading)).toEqual(['quoted M2'])
  })
  test.each(apple)('MAIL 282: after "%s" a display name alone opens a mail', (divider) => {
    for (const gap of ['\n', '\n\n']) {
      const reading = read(`${own}${divider}${gap}Fra: ${name}\nDato: 24. februar 2015\n\n${older}`)
      expect(values(reading)).toEqual({ 'M1 i alt': '140' })
      expect(doubts(reading)).toEqual(['quoted M2'])
    }
  })
  test.each([
    'Fra: 1. januar 2014\nTil: 31. december 2014',
    'Tilskud fra: staten\nTilskud til: kommunen',
    'Den 1. oktober fik vi tallene, som skolechefen skrev om i sin mail:',
    'Vi skrev den 24. februar 2015 10:12:',
    'Som Sofie skrev i 2014:',
    'Tallene for 2014, som jobcentret skrev i sin rapport den 3. marts 2015:',
    'Kilde: Jobindsats.dk\nDato: 24. februar 2015',
    'Til: Sofie\nCc: Anders',
  ])('MAIL 280: "%s" opens nothing, and no figure is lost', (line) => {
    expect(values(read(`${line}\nM1 i alt: 140\nM2: 24,5`))).toEqual({ 'M1 i alt': '140', M2: '24.5' })
  })
  test('MAIL 280: every line comes back, each with what opens it', () => {
    for (const [, block] of blocks) {
      const body = `${own}${block}\n\n${older}`
      const lines = labelLines(body)
      expect(lines.map(({ number }) => number)).toEqual(body.split('\n').map((_, at) => at + 1))
      expect(lines.at(-1)?.opening).toContain('Mette')
      expect(lines[0]?.opening).toBe('')
    }
  })
})

describe("words of another's than our request", () => {
  const colleague =
    'Fra: Jonas Prøve <jonas.proeve@svendborg-kommune.example>\nSendt: 20. februar 2014 10:00\nTil: Mette Prøve\nEmne: tal for 2013\n'
  const caseworker =
    'Fra: Sofie Eksempel <sofie.eksempel@ministeriet.example>\nSendt: 20. februar 2015 10:00\nTil: Mette Prøve\nEmne: Jeres tal\n'
  test.each([
    ["a colleague's of last year, for information", `${colleague}\nM2: 30`],
    ["a caseworker's own mail", `${caseworker}\nSidste år skrev I M2: 30\nM2: 30`],
    ["a colleague's, marked", `Den 20. februar 2014 kl. 10.00 skrev Jonas Prøve <jonas.proeve@svendborg-kommune.example>:\n\n> M2: 30`],
    ["a colleague's in a mail sent on", `---------- Videresendt meddelelse ---------\n${colleague}\nM2: 30`],
    ['marks alone, no key of our form', '> M 2 = 30'],
    ['last year\'s form', marked(request.replaceAll('2014', '2013').replace('M2: ____', 'M2: 30'))],
    ['last year\'s form from our address of that year', outlookQuote(request.replaceAll('2014', '2013').replace('M2: ____', 'M2: 30')).replaceAll('k479-2014', 'k479-2013')],
    ['our subject, answered', `Fra: Jonas Prøve\nSendt: 20. februar 2015 10:00\nTil: Mette Prøve\nEmne: SV: Resultatkontrakt: indberetning for 2014 [#7QX4M2P9T3VW8HND]\n\nM2: 30`],
  ])('MAIL 281: %s: at most a doubt', (_, quotation) => {
    const alone = read(`Til orientering.\n\n${quotation}`)
    expect(values(alone)).toEqual({})
    expect(doubts(alone)).toEqual(['quoted M2'])
    const beside = read(`M2: 24,5\n\n${quotation}`)
    expect(values(beside)).toEqual({ M2: '24.5' })
    expect(beside.doubts).toEqual([])
    expect(read(`Tak.\n\n${quotation}`, { received: ['M2: 24,5'] }).doubts).toEqual([])
  }) // prettier-ignore
  test.each([
    ['marked', (form: string) => marked(form)],
    ['below our header', (form: string) => outlookQuote(form)],
    ["sent on by a colleague who filled it in", (form: string) => `${colleague}\n${form}`],
    ['below an attribution that bears our name', (form: string) => `Den 15. januar 2015 kl. 9.00 skrev Ministeriet for Børn:\n\n${marked(form)}`],
    ['nothing but the line, below our address', () => outlookQuote('M2: 24,5 uger')],
    ['nothing but the line, marked', () => marked('M2: 24,5 uger')],
    ['below our name and subject, no address', (form: string) => `Fra: Ministeriet for Børn\nSendt: 15. januar 2015 09:00\nTil: Mette Prøve\nEmne: Resultatkontrakt: indberetning for 2014 [#7QX4M2P9T3VW8HND]\n\n${form}`],
  ])('MAIL 281: our own form filled in counts: %s', (_, quote) => {
    const reading = read(`Se nedenfor.\n\n${quote(request.replace('M2: ____', 'M2: 24,5'))}`)
    expect(values(reading)).toEqual({ M2: '24.5' })
    expect(reading.doubts).toEqual([])
  }) // prettier-ignore
  test('MAIL 281: filled in inside the letter that is answered it was written now, whatever an earlier mail said', () => {
    const received = ['M2: 24,5 uger']
    const filled = request.replace('M2: ____', 'M2: 24,5')
    expect(values(read(`Se nedenfor.\n\n${outlookQuote(filled)}`, { received }))).toEqual({ M2: '24.5' })
    const named = `Den 15. januar 2015 kl. 9.00 skrev Ministeriet for Børn:\n${marked(filled)}`
    expect(values(read(`Se nedenfor.\n\n${named}`, { received }))).toEqual({ M2: '24.5' })
    const ownReply = `Fra: Mette Prøve\nSendt: 24. februar 2015 10:00\nTil: Ministeriet\nEmne: SV: indberetning\n\nSe nedenfor.\n\n${outlookQuote(filled)}`
    expect(values(read(`Tak.\n\n${ownReply}`, { received }))).toEqual({})
  })
  test("MAIL 281: a wish, a note or an OK in another's words is nothing", () => {
    const reading = read(
      `Til orientering.\n\n${colleague}\nOK\nUdsættelse til: 13. marts 2015\nBemærkninger: alt vel`,
    )
    expect(reading).toMatchObject({ answers: [], doubts: [], wishes: [], confirms: false })
  })
})
