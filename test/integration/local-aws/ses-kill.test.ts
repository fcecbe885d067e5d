import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses'
import { expect, onTestFinished, test } from 'vitest'
import { mailSendingParts } from './mail-sending-process.ts'
import { temporaryFolder } from './temporary-folder.ts'

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
const raw = Buffer.from(
  'From: a@ministeriet.example\r\nTo: b@svendborg.example\r\nSubject: brev\r\n\r\nhej\r\n',
)

async function startProcess(folder: string, killAt: number) {
  const script = join(import.meta.dirname, 'mail-sending-process.ts')
  const child = spawn(process.execPath, [script, folder, String(killAt)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [url] = await once(createInterface({ input: child.stdout }), 'line')
  return { child, url: String(url) }
}

test.for([1, 7, 19])(
  'kill -9 at delivery %i, before it is told: every answered mail is there once, with its events once',
  async (killAt) => {
    const folder = temporaryFolder()
    const { child, url } = await startProcess(folder, killAt)
    const client = new SESClient({ endpoint: url, region: 'eu-west-1', credentials, maxAttempts: 1 })
    onTestFinished(() => client.destroy())
    const answered: string[] = []
    const sendOne = async () => {
      const command = new SendRawEmailCommand({ RawMessage: { Data: raw }, ConfigurationSetName: 'letters' })
      const { MessageId = '' } = await client.send(command)
      answered.push(MessageId)
    }
    const results = await Promise.allSettled(Array.from({ length: 30 }, sendOne))
    expect(results.some(({ status }) => status === 'rejected')).toBe(true)
    if (child.signalCode === null) await once(child, 'exit')
    expect(child.signalCode).toBe('SIGKILL')

    const { queues, mailboxes, open } = mailSendingParts(folder)
    await (await open()).close()
    await (await open()).close()
    const delivered = mailboxes.list('b@svendborg.example').map(({ id }) => id)
    expect(delivered).toEqual(expect.arrayContaining(answered))
    expect(delivered.length).toBeGreaterThanOrEqual(killAt)
    const events: string[] = []
    for (;;) {
      const records = queues.receive('ses-events')
      if (records.length === 0) break
      for (const { body } of records) {
        const event: { eventType: string; mail: { messageId: string } } = JSON.parse(body)
        events.push(`${event.mail.messageId} ${event.eventType}`)
      }
    }
    queues.close()
    expect(events.sort()).toEqual(delivered.flatMap((id) => [`${id} Delivery`, `${id} Send`]).sort())
  },
)
