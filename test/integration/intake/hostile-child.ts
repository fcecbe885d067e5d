/**
 * Takes in one hostile mail in a process of its own and prints what became of it, with the processor's time it took,
 * whatever else the machine does, and the peak of the whole process's memory, start included.
 */
import { constants, deflateRawSync } from 'node:zlib'
import { hostileZip } from './hostile-zip.ts'
import { openPostOffice } from './post-office.ts'

const head = (type: string): string =>
  `From: <mette.proeve@svendborg-kommune.example>\r\nTo: svar@svar.ministeriet.example\r\nSubject: SV: tal\r\nMessage-ID: <hostile@svendborg-kommune.example>\r\nDate: Tue, 24 Feb 2015 14:07:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: ${type}\r\n\r\n`
const text = (body: string): Buffer => Buffer.from(`${head('text/plain; charset=utf-8')}${body}`)
const withFile = (content: Buffer, filename = 'indberetning.xlsx'): Buffer =>
  Buffer.from(
    `${head('multipart/mixed; boundary=x')}--x\r\nContent-Type: text/plain\r\n\r\nSe vedhæftede\r\n--x\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=${filename}\r\nContent-Transfer-Encoding: base64\r\n\r\n${content.toString('base64').replace(/.{76}/gu, '$&\r\n')}\r\n--x--\r\n`,
  )

/** 600 MB of nothing, packed a megabyte at a time: the whole is never in memory here. */
const bombSize = 600 * 1024 * 1024
const bomb = (): Buffer => {
  const megabyte = Buffer.alloc(1024 * 1024)
  const piece = deflateRawSync(megabyte, { finishFlush: constants.Z_FULL_FLUSH })
  return Buffer.concat([...Array.from({ length: 599 }, () => piece), deflateRawSync(megabyte)])
}

const mails: Readonly<Record<string, () => Buffer>> = {
  'zip bomb': () => withFile(hostileZip([{ name: 'xl/workbook.xml', packed: bomb(), size: bombSize }])),
  'zip bomb that lies': () => withFile(hostileZip([{ name: 'xl/workbook.xml', packed: bomb(), size: 4000 }])),
  '40 MB mail': () => text('M2: 24,5\r\n'.repeat(4 * 1024 * 1024)),
  '14 MB of text': () => text('M2: 24,5\r\n'.repeat(1_400_000)),
  '14 MB in one line': () => text('M2: '.repeat(3_500_000)),
  '1,000 nested parts': () =>
    Buffer.from(
      `${head('multipart/mixed; boundary=b0')}${Array.from({ length: 1000 }, (_, at) => `--b${at}\r\nContent-Type: multipart/mixed; boundary=b${at + 1}\r\n\r\n`).join('')}--b1000\r\nContent-Type: text/plain\r\n\r\nM2: 24,5`,
    ),
  '10,000 parts beside each other': () =>
    Buffer.from(
      `${head('multipart/mixed; boundary=x')}${'--x\r\nContent-Type: text/plain\r\n\r\nM2: 24,5\r\n'.repeat(10_000)}--x--`,
    ),
  '200,000 lines of >': () => text('> > > > >\r\n'.repeat(200_000)),
  '200,000 quoted keys': () => text('> M1 i alt: 1 M1 heraf: 2 M2: 3\r\n'.repeat(200_000)),
  '1 MB of >': () => text('>'.repeat(1_000_000)),
  '1 MB of Den': () => text('Den 1. '.repeat(150_000)),
  '1 MB of _': () => text('_'.repeat(1_000_000)),
  '1 MB of brackets': () => text(`M1 i alt ${'('.repeat(1_000_000)}`),
  '5 MB of tags': () =>
    Buffer.from(`${head('text/html; charset=utf-8')}${'<div><table><tr><td>'.repeat(250_000)}M2: 24,5`),
  '100,000 addresses': () =>
    Buffer.from(`Cc: ${'<a@b.example>, '.repeat(15_000)}<z@b.example>\r\n${text('M2: 24,5').toString()}`),
  'a million cells of CSV': () => withFile(Buffer.from('M2;24,5;'.repeat(500_000)), 'tal.csv'),
}

const name = process.argv[2] ?? ''
const make = mails[name]
if (make === undefined) {
  process.stdout.write(JSON.stringify(Object.keys(mails)))
} else {
  const office = await openPostOffice()
  const raw = make()
  const from = process.cpuUsage()
  const { mail, inbox, answers } = await office.receive(raw)
  const { user, system } = process.cpuUsage(from)
  process.stdout.write(
    JSON.stringify({
      kept: mail !== null || inbox !== null,
      standing: mail?.standing ?? inbox?.reason ?? '',
      answers: answers.map(({ kind }) => kind),
      archived: office.ports.archive.keys().some((key) => key.startsWith('mail/')),
      seconds: (user + system) / 1_000_000,
      peakMb: process.resourceUsage().maxRSS / 1024,
    }),
  )
}
