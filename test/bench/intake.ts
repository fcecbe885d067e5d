/**
 * `npm run bench:intake`: mails read in a second and the peak of memory, for the ordinary text reply, the HTML reply
 * and the reply with a workbook, beside postal-mime's bare parse of the same bytes in the same run. Each is measured
 * in a process of its own; the cost is the median of many short turns of one and the other in one process, since the
 * machine's pace changes meanwhile. The aim: text 4, HTML 5, a workbook 10 times the bare
 * parse. Nothing is kept from one mail to the next but what is bounded and the same for every case.
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import PostalMime from 'postal-mime'
import { digest } from '../../functions/adapters/signing.ts'
import { makeMimeParser } from '../../functions/adapters/mime.ts'
import { makeWorkbookWriter } from '../../functions/adapters/workbook-writer.ts'
import { inspect } from '../../functions/intake/inspect.ts'
import { caseSigns, findTokens } from '../../functions/intake/belonging.ts'
import { keyInputs } from '../../functions/intake/message.ts'
import { readReply } from '../../functions/intake/read-reply.ts'
import { sampleRequest } from '../fixtures/letters/sample-request.ts'
import { compose } from '../integration/intake/compose-mail.ts'
import { asParagraphs, page, shapes } from '../integration/intake/quoted-shapes.ts'
import { sheetsOf } from '../integration/intake/read-mime.ts'
import { agreementKeys, fixture, form, request } from '../unit/intake/mail.ts'

const seconds = Number(process.env['BENCH_SECONDS'] ?? 3)
const kinds = ['text', 'HTML', 'workbook'] as const
const ways = ['bare', 'whole', 'cost'] as const
type Kind = (typeof kinds)[number]
type Way = (typeof ways)[number]
const self = fileURLToPath(import.meta.url)
const outlook = shapes[0]
const gmail = shapes.find(({ number }) => number === 38)

const mailOf = async (kind: Kind): Promise<Buffer> => {
  if (outlook === undefined || gmail === undefined) throw new Error('no shapes')
  const own = fixture('reply-1.txt')
  if (kind === 'text') return compose({ text: `${own}\n\n${gmail.text(request, 'da')}` })
  if (kind === 'HTML')
    return compose({
      text: `${own}\n\n${outlook.text(request, 'da')}`,
      html: page(asParagraphs(own), outlook.html(request, 'da')),
    })
  const content = Buffer.from(await makeWorkbookWriter().write(sampleRequest().workbook))
  return compose({
    text: `Se venligst vedhæftede.\n\n${gmail.text(request, 'da')}`,
    attachments: [{ filename: 'indberetning-2014-svendborg.xlsx', content }],
  })
}

const parser = makeMimeParser()
const readWhole = async (raw: Uint8Array): Promise<number> => {
  const message = await parser.parse(raw)
  const keys = [...Object.values(keyInputs(message)), raw].map(digest)
  const tokens = findTokens(message, ['svar@svar.ministeriet.example'])
  const { nature } = inspect({
    message,
    verdicts: { spf: 'PASS', dkim: 'PASS', dmarc: 'PASS', spam: 'PASS', virus: 'PASS' },
    source: 'a@b.example',
    receivedOn: '2015-02-24',
    ownDomains: [],
  })
  const { workbook, unreadable } = await sheetsOf(message)
  const signs = caseSigns(message, workbook)
  const reading = readReply({
    message,
    form,
    sent: [request],
    year: 2014,
    receivedOn: '2015-02-24',
    agreementKeys,
    workbook,
    unreadable,
  })
  return (
    keys.length +
    tokens.messageIds.length +
    nature.is.length +
    signs.formYears.length +
    reading.answers.length
  )
}

type Once = () => Promise<unknown>

/** Mails a second over the given time. */
const paceOf = async (once: Once, ms: number): Promise<number> => {
  const from = performance.now()
  let mails = 0
  while (performance.now() - from < ms) {
    await once()
    mails += 1
  }
  return mails / ((performance.now() - from) / 1000)
}

const turnMs = 50

/** How many times the bare parse the whole reading costs: the median of alternating turns. */
const costOf = async (bare: Once, whole: Once): Promise<number> => {
  const ratios: number[] = []
  for (let at = 0; at < (seconds * 1000) / (2 * turnMs); at += 1)
    ratios.push((await paceOf(bare, turnMs)) / (await paceOf(whole, turnMs)))
  return ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? Number.NaN
}

const measure = async (kind: Kind, way: Way): Promise<void> => {
  const raw = await mailOf(kind)
  const bare: Once = () => PostalMime.parse(raw)
  const whole: Once = () => readWhole(raw)
  for (let warm = 0; warm < 100; warm += 1) await (way === 'bare' ? bare() : whole())
  const figure =
    way === 'cost' ? await costOf(bare, whole) : await paceOf(way === 'bare' ? bare : whole, seconds * 1000)
  process.stdout.write(
    JSON.stringify({ figure, bytes: raw.length, peakMb: process.resourceUsage().maxRSS / 1024 }),
  )
}

const [kindAsked, wayAsked] = process.argv.slice(2)
const kind = kinds.find((one) => one === kindAsked)
const way = ways.find((one) => one === wayAsked)
if (kind !== undefined && way !== undefined) await measure(kind, way)
else {
  process.stdout.write('reply        bytes   bare parse        whole reading     cost\n')
  for (const of of kinds) {
    const [bare, whole, cost] = ways.map((by): { figure: number; bytes: number; peakMb: number } =>
      JSON.parse(execFileSync(process.execPath, [self, of, by], { encoding: 'utf8' })),
    )
    if (bare === undefined || whole === undefined || cost === undefined) throw new Error('not measured')
    const shown = ({ figure, peakMb }: typeof bare): string =>
      `${figure.toFixed(0).padStart(6)}/s ${peakMb.toFixed(0).padStart(4)} MB  `
    process.stdout.write(
      `${of.padEnd(10)} ${String(bare.bytes).padStart(7)}  ${shown(bare)} ${shown(whole)} ${cost.figure.toFixed(1)} times\n`,
    )
  }
}
