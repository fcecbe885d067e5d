import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { makeRegister } from '../../../functions/adapters/dynamodb/register.ts'
import { makeStreamStore } from '../../../functions/adapters/dynamodb/stream-store.ts'
import { makeTable } from '../../../functions/adapters/dynamodb/table.ts'
import { makeMimeParser } from '../../../functions/adapters/mime.ts'
import type { LetterRecord } from '../../../functions/domain/casefile/letters.ts'
import type { MailRecord } from '../../../functions/domain/casefile/mails.ts'
import type { BaseEvent } from '../../../functions/domain/base/stream.ts'
import {
  agreementStream,
  renegotiationStream,
  reviewStream,
  type StreamId,
} from '../../../functions/domain/base/stream-id.ts'
import { agreementCase, renegotiationCase, reviewCase } from '../../../functions/handlers/streams/cases.ts'
import type { CaseKind } from '../../../functions/handlers/record/case-kind.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import { letters as declaredLetters } from '../../../functions/mail/letters.ts'
import { startTable } from '../table.ts'

/**
 * Writes the gallery: every letter and reply of one whole renegotiation and of one disputed assessment, as the
 * product sent and received them in a played year. `npm run -s gallery -- DATA_FOLDER [YEAR]`; nobody may be
 * running on the folder.
 */
const [given, year = '2014'] = process.argv.slice(2)
if (given === undefined || !existsSync(join(resolve(given), 'table'))) {
  process.stderr.write('gallery: give the data folder of a played year: npm run -s gallery -- DATA_FOLDER\n')
  process.exit(1)
}
const folder = resolve(given)
const gallery = join(import.meta.dirname, 'gallery')

/** A case's mails in both directions. */
interface Correspondence {
  readonly stream: StreamId
  readonly title: string
  readonly letters: readonly LetterRecord[]
  readonly mails: readonly MailRecord[]
  readonly score: number
}

const isDanish = (letters: readonly LetterRecord[]): boolean =>
  letters.length > 0 &&
  letters.every(({ text }) => text !== null && !/Kind regards|Yours sincerely/u.test(text))

/** The richest of its kind; of equals the first by stream, so that the same year gives the same gallery. */
const richest = (found: readonly Correspondence[], what: string): Correspondence => {
  const [first] = found
    .filter(({ letters }) => isDanish(letters))
    .toSorted((a, b) => b.score - a.score || (a.stream < b.stream ? -1 : 1))
  if (first === undefined) throw new Error(`the year has no ${what} in Danish`)
  return first
}

const table = await startTable({ folder: join(folder, 'table'), tableName: 'aarshjul-local' })
const client = new DynamoDBClient({
  endpoint: table.endpoint,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
})
const items = makeTable(client, table.tableName)
const ports = { streams: makeStreamStore(items) }
const stateOf = async <S, E extends BaseEvent>(kind: CaseKind<S, E>, stream: StreamId): Promise<S> =>
  (await loadCase(ports, kind, stream)).state

const assessments: Correspondence[] = []
const renegotiations: Correspondence[] = []
for (const id of await makeRegister(items).agreements()) {
  const agreement = await stateOf(agreementCase, agreementStream(id))
  const stream = reviewStream(Number(year), id)
  const review = await stateOf(reviewCase, stream)
  const title = review.content?.title ?? id
  if (review.finals.length > 0 && review.commentAnswers.length > 0)
    assessments.push({
      stream,
      title,
      letters: review.letters,
      mails: review.mails,
      score:
        review.letters.filter(({ order }) => order.kind === 'hearing').length * 100 + review.mails.length,
    })
  for (const { seq, outcome } of agreement.questions) {
    if (outcome !== 'rider') continue
    const own = renegotiationStream(id, seq)
    const { letters, mails } = await stateOf(renegotiationCase, own)
    renegotiations.push({ stream: own, title, letters, mails, score: mails.length * 100 + letters.length })
  }
}
client.destroy()
await table.close()

/** What is quoted of our own letters stands for itself further up. */
const withoutQuotation = (text: string): string => {
  const lines = text.replaceAll('\r\n', '\n').trimEnd().split('\n')
  const header = lines.findIndex((line) => /^(?:-{3,} ?Oprindelig|Fra:|From:|Den .{6,60} skrev )/u.test(line))
  const kept = header === -1 ? lines : [...lines.slice(0, header), '[…]']
  return kept
    .map((line) => (line.startsWith('>') ? '> […]' : line))
    .join('\n')
    .replace(/(?:> \[…\]\n?)+/gu, '> […]\n')
    .trimEnd()
}

const fenced = (text: string): string => `\`\`\`text\n${text.trimEnd().replaceAll('```', "'''")}\n\`\`\``

/** Names of the day and the direction, the subject, and the text as it went. */
const entry = (heading: string, subject: string, text: string): string =>
  `## ${heading}\n\n**${subject.replaceAll('*', '\\*')}**\n\n${fenced(text)}\n`

const parser = makeMimeParser()
const received = async (mail: MailRecord): Promise<string> => {
  const raw = readFileSync(join(folder, 'buckets', 'aarshjul-local-archive', 'mail', mail.rawSha256))
  const message = await parser.parse(Uint8Array.from(raw))
  const files = message.attachments.flatMap(({ filename }) => (filename === null ? [] : [filename]))
  const body = withoutQuotation(message.text ?? '(HTML alone)')
  return entry(
    `${mail.receivedAt.slice(0, 10)} · from ${message.from[0]?.address ?? 'unknown'}`,
    message.subject,
    files.length === 0 ? body : `${body}\n\n[${files.join(', ')}]`,
  )
}

const sent = (letter: LetterRecord): string =>
  entry(
    `${letter.datedOn} · to ${letter.to.join(', ')} · ${declaredLetters[letter.order.kind].name.toLocaleLowerCase('da')}`,
    letter.subject ?? '',
    letter.text ?? '',
  )

const write = async (name: string, heading: string, found: Correspondence): Promise<void> => {
  // A receipt has the time of the mail it answers: that mail stands first.
  const both = [
    // Typed in by a caseworker: no mail of theirs.
    ...found.mails
      .filter(({ typed }) => typed === null)
      .map((mail) => ({ at: mail.receivedAt, text: () => received(mail) })),
    ...found.letters.map((letter) => ({ at: letter.sentAt, text: () => Promise.resolve(sent(letter)) })),
  ].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const parts: string[] = []
  for (const { text } of both) parts.push(await text())
  writeFileSync(
    join(gallery, name),
    `# ${heading}\n\n${found.title}, case \`${found.stream}\`. Written by \`npm run -s gallery\` from a played sample year: the ministry's letters as they were sent, the players' mails as they were received, without what they quote. People, addresses and figures are samples.\n\n${parts.join('\n')}`,
  )
  process.stdout.write(`${join('infra/local/sample/gallery', name)}: ${both.length} mails, ${found.title}\n`)
}

mkdirSync(gallery, { recursive: true })
await write(
  'renegotiation.md',
  'A renegotiation from the observation to the rider',
  richest(renegotiations, 'agreed renegotiation'),
)
await write(
  'disputed-assessment.md',
  'A disputed assessment from the request to the final word',
  richest(assessments, 'disputed assessment'),
)
