import { describe, expect, test } from 'vitest'
import { makeSpreadsheetReader } from '../../../functions/adapters/spreadsheet-reader.ts'
import { makeWorkbookWriter } from '../../../functions/adapters/workbook-writer.ts'
import { makeMimeParser } from '../../../functions/adapters/mime.ts'
import type { AgreementFile } from '../../../functions/domain/agreement/content.ts'
import {
  contactConfirmationForm,
  disseminationForm,
  factCheckForm,
  formFor,
  hearingForm,
  laterTargets,
  proposalForm,
  readableFields,
} from '../../../functions/domain/form/form.ts'
import type { FormField } from '../../../functions/domain/form/field.ts'
import type { Reading } from '../../../functions/domain/casefile/reading.ts'
import type { SheetRows } from '../../../functions/intake/message.ts'
import { natureOf } from '../../../functions/intake/machine/nature.ts'
import { readReply } from '../../../functions/intake/read-reply.ts'
import { renderLetter } from '../../../functions/mail/render-letter.ts'
import { request } from '../../../functions/mail/request.ts'
import { workbookOf } from '../../../functions/mail/workbook.ts'
import { composeAnswer } from '../../../infra/local/players/compose-answer.ts'
import { directoryOf } from '../../../infra/local/players/directory.ts'
import { composeRaw } from '../../../infra/local/players/outbox.ts'
import { readLetter, type SeenLetter } from '../../../infra/local/players/read-letter.ts'
import type { PlayerAnswer } from '../../../infra/local/players/script.ts'
import { readSampleSet } from '../../../infra/local/sample/read-set.ts'
import { sampleFrame } from '../../fixtures/letters/sample-frame.ts'

const read = readSampleSet(`${import.meta.dirname}/../../../infra/local/sample/set`)
if (!read.ok) throw new Error('The sample set has errors')
const { players, figures, agreements } = read.loaded
const files = agreements.map(({ file }) => file)
const directory = directoryOf(files, players, figures)
const svar = 'svar+x-2014-7qx4m2p9t3vw8hnd@svar.ministeriet.example'
const year = 2014

/** The request as the product writes it and the reader's mail program shows it. */
async function requestTo({ agreement, contacts }: AgreementFile, municipality: string): Promise<SeenLetter> {
  const options = { year, municipality, askedOn: '2015-01-15' }
  const contact = contacts.find((one) => one.municipality === municipality && one.role === 'contact')!
  const form = {
    fields: formFor(agreement, options),
    resultsYear: year,
    kind: agreement.kind,
    language: contact.language,
    municipality,
    caseNumber: agreement.caseNumber,
    token: '7QX4M2P9T3VW8HND',
  }
  const facts = {
    kind: agreement.kind,
    signedOn: '2012-11-12',
    clauses: agreement.clauses,
    resultsYear: year,
    language: contact.language,
    contractingMinistry: null,
  }
  const workbook = workbookOf(form, municipality, 'Sofie Eksempel')
  const letter = renderLetter(
    request({
      facts,
      dueOn: '2015-03-02',
      form,
      observed: [],
      later: laterTargets(agreement, options).map(({ target, on }) => ({
        title: target.title,
        key: target.key,
        on,
      })),
      workbook,
    }),
    { ...sampleFrame, agreementKind: agreement.kind, caseNumber: agreement.caseNumber },
  )
  const raw = await composeRaw('request', {
    from: { name: 'Ministeriet', email: svar },
    to: contact.email,
    atMs: Date.parse('2015-01-15T08:00:00Z'),
    automatic: false,
    answer: {
      mail: { subject: letter.subject, text: letter.text, html: null, inReplyTo: null, references: [] },
      attachment: { filename: workbook.fileName, bytes: await makeWorkbookWriter().write(workbook) },
    },
  })
  return readLetter(raw)
}

/** What the intake reads in an answer, after a whole way through MIME. */
async function readBack(
  file: AgreementFile,
  municipality: string,
  letter: SeenLetter,
  answer: PlayerAnswer,
  more: readonly FormField[] = [],
): Promise<Reading> {
  const writer = directory.personOf(municipality, answer.from ?? 'contact')!
  const atMs = Date.parse('2015-02-24T13:07:00Z')
  const known = directory.figuresOf(file.agreement.id, municipality)
  const composed = await composeAnswer(answer, letter, { ...writer, municipality, figures: known }, atMs)
  const raw = await composeRaw('answer', { from: writer, to: svar, atMs, automatic: false, answer: composed })
  const message = await makeMimeParser().parse(raw)
  expect(natureOf({ message, envelopeFrom: writer.email, receivedOn: '2015-02-24' })).toEqual({
    is: 'person',
  })
  const sheets: SheetRows[] = []
  for (const [nth, attachment] of message.attachments.entries()) {
    const result = await makeSpreadsheetReader()(attachment, nth)
    if (result !== null && 'sheets' in result) sheets.push(...result.sheets)
  }
  return readReply({
    message,
    workbook: sheets,
    form: [...readableFields(file.agreement, { year, municipality }), ...more],
    sent: [letter.text],
    year,
    receivedOn: '2015-02-24',
    agreementKeys: [
      ...file.agreement.targets,
      ...file.agreement.assumptions,
      ...(file.agreement.actionPlan?.actions ?? []),
    ].map(({ key }) => key),
  })
}

/** The first answer with figures that a municipality would send, whatever makes it do so at last. */
function figuresAnswerOf(municipality: string): PlayerAnswer | undefined {
  const rules = [...(players.municipalities[municipality]?.rules ?? []), ...players.habits]
  const silent = rules.find(({ on }) => on.includes('request'))
  const kinds =
    silent?.answers.length === 0
      ? (['reminder-1', 'reminder-2'] as const)
      : (['request', 'extension-granted', 'extension-refused'] as const)
  for (const kind of kinds) {
    const found = rules
      .filter(({ on }) => on.includes(kind))
      .flatMap(({ answers }) => answers)
      .find(({ saying }) => saying.say === 'figures')
    if (found !== undefined) return found
  }
  return undefined
}

const answering = files
  .filter(({ agreement }) => agreement.kind !== 'partnerskab-2015')
  .flatMap((file) =>
    file.agreement.parties.map(({ municipality }) => ({
      name: `${file.agreement.id} ${municipality}`,
      file,
      municipality,
    })),
  )
  .flatMap((one) => {
    const answer = ['482', '825'].includes(one.municipality) ? undefined : figuresAnswerOf(one.municipality)
    return answer === undefined ? [] : [{ ...one, answer }]
  })

describe('every municipality’s answer, as the intake reads it', () => {
  test('there is one of all but the silent', () => {
    expect(answering).toHaveLength(31)
  })

  test.each(
    answering.filter(({ municipality, answer }) => municipality !== '540' && answer.saying.say === 'figures'),
  )('$name: every figure asked for, and no doubt', async ({ file, municipality, answer }) => {
    const letter = await requestTo(file, municipality)
    expect(letter.kind).toBe('request')
    const reading = await readBack(file, municipality, letter, answer)
    expect(reading.doubts).toEqual([])
    const required = formFor(file.agreement, { year, municipality, askedOn: '2015-01-15' })
      .filter((field) => field.required)
      .map(({ key }) => key)
    const left = answer.saying.say === 'figures' ? (answer.saying.without ?? []) : []
    const answered = new Set(reading.answers.map(({ key }) => key))
    expect(required.filter((key) => !answered.has(key)).sort()).toEqual([...left].sort())
    const known = directory.figuresOf(file.agreement.id, municipality)
    for (const { key, value } of reading.answers)
      if (value.is === 'number' && /^\d+$/.test(known[key] ?? '')) expect(value.value, key).toBe(known[key])
  })

  test('the two figures that are mixed up are asked back', async () => {
    const one = answering.find(({ municipality }) => municipality === '540')!
    const reading = await readBack(one.file, '540', await requestTo(one.file, '540'), one.answer)
    expect(reading.doubts.map(({ kind }) => kind)).toEqual(['swapped'])
  })

  test('a wish to renegotiate and its withdrawal are read as such', async () => {
    const one = answering.find(({ municipality }) => municipality === '630')!
    const letter = await requestTo(one.file, '630')
    expect((await readBack(one.file, '630', letter, one.answer)).wishes).toMatchObject([
      { wish: 'renegotiation', assumptionKeys: ['FS2'] },
    ])
    const back = players.municipalities['630']!.rules.find(({ id }) => id === 'traekker-oensket-tilbage')!
      .answers[0]!
    const reading = await readBack(one.file, '630', letter, back)
    expect(reading.wishes).toEqual([])
    expect(reading.answers).toMatchObject([{ key: 'Genforhandling', value: { is: 'yes-no', yes: false } }])
  })

  test('an absence note that quotes the form is one, and its own words alone tell until when', async () => {
    const file = files.find(({ agreement }) => agreement.id === 'thisted-pa')!
    const answer = players.municipalities['787']!.rules[0]!.answers.find(({ automatic }) => automatic)!
    const letter = await requestTo(file, '787')
    const writer = { ...directory.personOf('787', 'contact')!, municipality: '787', figures: {} }
    const atMs = Date.parse('2015-01-15T08:01:00Z')
    const raw = await composeRaw('note', {
      from: writer,
      to: svar,
      atMs,
      automatic: true,
      answer: await composeAnswer(answer, letter, writer, atMs),
    })
    const message = await makeMimeParser().parse(raw)
    expect(natureOf({ message, envelopeFrom: '', receivedOn: '2015-01-15' })).toMatchObject({
      is: 'absence',
      until: '2015-02-02',
    })
  })

  test.each([
    ['450', 'beder-om-udsaettelse', '2015-03-13'],
    ['561', 'beder-om-lang-udsaettelse', '2015-05-01'],
  ])('%s asks for more time until a date', async (municipality, rule, until) => {
    const file = files.find(({ agreement }) => agreement.parties[0]?.municipality === municipality)!
    const answer = players.municipalities[municipality]!.rules.find(({ id }) => id === rule)!.answers[0]!
    const reading = await readBack(file, municipality, await requestTo(file, municipality), answer)
    expect(reading.wishes).toMatchObject([{ wish: 'extension', until, byKey: true }])
    expect(reading.answers).toEqual([])
  })
})

/** The other letters, as far as a reader quotes them. */
const letterOf = (file: AgreementFile, subject: string, text: string): Promise<SeenLetter> =>
  composeRaw('letter', {
    from: { name: 'Ministeriet', email: svar },
    to: 'kontakt@x.example',
    atMs: Date.parse('2015-03-10T08:00:00Z'),
    automatic: false,
    answer: {
      mail: {
        subject: `${subject} (sagsnr. ${file.agreement.caseNumber})`,
        text,
        html: null,
        inReplyTo: null,
        references: [],
      },
      attachment: null,
    },
  }).then(readLetter)

describe('the answers to the other letters', () => {
  const older = files.filter(({ agreement }) => agreement.kind !== 'partnerskab-2015')
  const answersTo = (
    kind: string,
  ): { file: AgreementFile; municipality: string; answer: PlayerAnswer; id: string }[] =>
    older.flatMap((file) =>
      file.agreement.parties.flatMap(({ municipality }) => {
        const own = (players.municipalities[municipality]?.rules ?? []).filter(({ on }) =>
          on.some((one) => one === kind),
        )
        const habits = players.habits.filter(({ on }) => on.some((one) => one === kind))
        return [...own, ...habits].flatMap(({ answers, id }) =>
          answers.map((answer) => ({ file, municipality, answer, id })),
        )
      }),
    )

  test('in a hearing are no comments, comments, a correction or free text', async () => {
    const seen = new Set<string>()
    for (const { file, municipality, answer, id } of answersTo('hearing')) {
      const letter = await letterOf(
        file,
        'UDKAST til bedømmelse: resultatkontrakt, resultater for 2014, frist 24. marts 2015',
        'Høringssvar: ____\n\nM1 bemærkning: ____\n\nBemærkninger: ____\n',
      )
      const reading = await readBack(
        file,
        municipality,
        letter,
        answer,
        hearingForm(file.agreement, { year }),
      )
      expect(reading.doubts, `${municipality} ${id}`).toEqual([])
      const reply = reading.answers.find(({ key }) => key === 'Høringssvar')?.value
      seen.add(
        reply?.is === 'hearing-reply'
          ? `comments: ${reply.comments}`
          : reading.answers.length > 0
            ? `correction of ${reading.answers[0]?.key}`
            : reading.freeText,
      )
    }
    expect([...seen].sort()).toEqual([
      'Tak for udkastet, god weekend.',
      'comments: false',
      'comments: true',
      'correction of M2 heraf',
    ])
  })

  test('to a proposal accept it or decline it with a reason', async () => {
    const seen = new Set<string>()
    for (const { file, municipality, answer } of [...answersTo('proposal'), ...answersTo('no-authority')]) {
      const letter = await letterOf(
        file,
        'Resultatkontrakt: forslag til tillæg nr. 1, svar senest 1. juni 2015',
        'Svar: ____\n\nBegrundelse: ____\n\nM1 ny målværdi: ____ personer\n',
      )
      const reading = await readBack(file, municipality, letter, answer, proposalForm(file.agreement, ['M1']))
      expect(reading.doubts).toEqual([])
      for (const { key, value } of reading.answers)
        seen.add(value.is === 'proposal-answer' ? value.answer : key)
    }
    expect([...seen].sort()).toEqual(['Begrundelse', 'accepted', 'declined'])
  })

  test('to the fact check, the dissemination and the confirmation are read as such', async () => {
    for (const [kind, subject, blanks, form] of [
      [
        'fact-check',
        'Samlet afrapportering for 2014: faktatjek af jeres sider',
        'Faktatjek: ____',
        factCheckForm(),
      ],
      [
        'dissemination',
        'Resultatkontrakt: formidling af erfaringer fra 2014',
        'Formidling: ____',
        disseminationForm(),
      ],
      [
        'contact-confirmation',
        'Resultatkontrakt: er I fortsat kontakt?',
        'Kontakt: ____',
        contactConfirmationForm(),
      ],
    ] as const)
      for (const { file, municipality, answer } of answersTo(kind)) {
        const reading = await readBack(
          file,
          municipality,
          await letterOf(file, subject, blanks),
          answer,
          form,
        )
        expect(reading.doubts, `${kind} ${municipality}`).toEqual([])
        expect(reading.confirms || reading.answers.length === 1, `${kind} ${municipality}`).toBe(true)
      }
  })
})
