import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeXlsx } from 'hucre'
import { createTransport } from 'nodemailer'
import { LocalClock } from '../../../infra/local/clock.ts'
import { openMaildirs, type Maildirs } from '../../../infra/local/mail/maildir.ts'
import { openSmtpIn } from '../../../infra/local/mail/smtp-in.ts'
import { openContactPlayers, type ContactPlayers } from '../../../infra/local/players/contact-player.ts'
import { directoryOf } from '../../../infra/local/players/directory.ts'
import { readSampleSet } from '../../../infra/local/sample/read-set.ts'

const read = readSampleSet(join(import.meta.dirname, '../../../infra/local/sample/set'))
if (!read.ok) throw new Error('The sample set has errors')
const { players: script, figures, agreements } = read.loaded
export const files = agreements.map(({ file }) => file)
export const directory = directoryOf(files, script, figures)

export const svar = 'svar+svendborg-rk-2014-7qx4m2p9t3vw8hnd@svar.ministeriet.example'
const form =
  'M1 i alt: ____ personer\n\nM1 heraf: ____ personer\n\nM1: ____ personer\n\nM2: ____ uger\n\nM2 i alt: ____ personer\n\nM2 heraf: ____ personer\n\nM3: ____\n\nFS2: ____ personer\n\nH1 udgift: ____ kr.\n\nFormidling: ____\n'

export interface Ground {
  readonly root: string
  readonly clock: LocalClock
  readonly maildirs: Maildirs
  readonly received: { readonly atMs: number; readonly raw: Buffer }[]
  readonly players: ContactPlayers
  readonly troubles: unknown[]
  /** Runs to 08.00 UTC of a day; does nothing when it is later already. */
  moveTo(day: string): Promise<void>
  /** Stops everything; the data stay for the next. */
  stop(): Promise<void>
  close(): Promise<void>
}

/** Mailboxes, the receiving server, the moved clock and the players: all that players touch. */
export async function openGround(
  options: { root?: string; except?: readonly string[]; broken?: () => boolean } = {},
): Promise<Ground> {
  const root = options.root ?? mkdtempSync(join(tmpdir(), 'players-'))
  const clock = new LocalClock({
    mode: 'moved',
    startMs: Date.parse('2015-01-15T08:00:00Z'),
    file: join(root, 'clock.json'),
  })
  const maildirs = openMaildirs(join(root, 'mailboxes'))
  const received: { atMs: number; raw: Buffer }[] = []
  const smtp = await openSmtpIn({
    port: 0,
    clock,
    domains: ['svar.ministeriet.example'],
    verdicts: {},
    landing: {
      bucketName: 'landing',
      topicArn: 'arn:aws:sns:eu-west-1:000000000000:received',
      put: (_key, raw) => {
        if (options.broken?.() === true) throw new Error('The disk is full')
        received.push({ atMs: clock.now(), raw })
      },
    },
    enqueue: () => undefined,
  })
  const troubles: unknown[] = []
  const players = await openContactPlayers({
    script,
    directory,
    except: new Set(options.except),
    maildirs,
    smtpPort: smtp.port,
    outboxFolder: join(root, 'players'),
    clock,
    onTrouble: (trouble) => troubles.push(trouble),
  })
  const stop = async (): Promise<void> => {
    clock.stop()
    await players.close()
    await smtp.close()
  }
  return {
    root,
    clock,
    maildirs,
    received,
    players,
    troubles,
    async moveTo(day) {
      const at = `${day}T08:00:00.000Z`
      if (Date.parse(at) < clock.now()) return
      const moved = await clock.moveTo(at)
      if (!moved.reached) throw new Error(moved.because)
    },
    stop,
    async close() {
      await stop()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

/** A letter of the ministry with the whole form, and a workbook with two of its rows. */
export async function letter(over: {
  to: string
  caseNumber: string
  subject?: string
  text?: string
  dated?: string
  id?: string
}): Promise<Buffer> {
  const workbook = await writeXlsx({
    sheets: [
      {
        name: 'Indberetning',
        rows: [
          ['Indberetning for 2014'],
          [],
          [],
          ['Nøgle', 'Enhed', 'Jeres tal (udfyldes)', 'Bemærkning'],
          ['M1 i alt', 'personer', null, null],
          ['M3', '', null, null],
        ],
      },
    ],
  })
  const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail({
    from: { name: 'Ministeriet', address: svar },
    to: over.to,
    subject: `${over.subject ?? 'Resultatkontrakt: indberetning for 2014, frist 2. marts 2015'} (sagsnr. ${over.caseNumber}) [#7QX4M2P9T3VW8HND]`,
    date: new Date(over.dated ?? '2015-01-15T08:00:00Z'),
    messageId: `<${over.id ?? `request-${over.caseNumber}`}@eu-west-1.amazonses.com>`,
    text: over.text ?? form,
    attachments: [{ filename: 'indberetning-2014.xlsx', content: Buffer.from(workbook) }],
  })
  return message as Buffer
}
