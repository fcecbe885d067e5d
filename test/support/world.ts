import { memoryPorts } from '../../functions/adapters/memory/ports.ts'
import { makeMimeComposer, makeMimeParser } from '../../functions/adapters/mime.ts'
import { makeSpreadsheetReader } from '../../functions/adapters/spreadsheet-reader.ts'
import { makeWorkbookWriter } from '../../functions/adapters/workbook-writer.ts'
import type { Decider } from '../../functions/domain/base/command.ts'
import { runStream, type StreamId } from '../../functions/domain/base/stream-id.ts'
import { agreementIdSchema } from '../../functions/domain/base/values.ts'
import { atCopenhagen } from '../../functions/domain/base/time.ts'
import { reviewCommands, type ReviewCommand } from '../../functions/domain/review/commands.ts'
import { readTypedFigure } from '../../functions/handlers/console/typed-figures.ts'
import { runCommands, type RunCommand } from '../../functions/domain/year-run/commands.ts'
import { receivedMailSchema, type ReceivedMail } from '../../functions/handlers/intake/received-mail.ts'
import { makeTakeDeliveryEvent } from '../../functions/handlers/letters/take-delivery-event.ts'
import { performNoted } from '../../functions/handlers/record/outbox.ts'
import { performOwedActs } from '../../functions/handlers/streams.ts'
import { loadCase } from '../../functions/handlers/record/perform.ts'
import { reviewCase, runCase } from '../../functions/handlers/streams/cases.ts'
import type { Ports } from '../../functions/ports/ports.ts'
import { domainsOf } from '../../functions/domain/directory/senders.ts'
import { anders, directory, sofie } from './ministry.ts'

/** An instant in Copenhagen: `on('2015-03-02', '23:59')`. */
export const on = (date: string, time = '09:00'): string => atCopenhagen(date, time)

/** A mail's envelope and what SES found of it; all passes unless said otherwise. */
export interface Envelope {
  readonly source?: string
  readonly recipients?: readonly string[]
  readonly verdicts?: Partial<Record<'spf' | 'dkim' | 'dmarc' | 'spam' | 'virus', string>>
  readonly at?: string
}

/** What lies outside, in memory and empty, with the real readers and writers of mails and workbooks. */
export const outside = (startAt: string, options: { readonly answersAnHour?: number } = {}) => ({
  ...memoryPorts(startAt, options),
  mime: makeMimeParser(),
  composer: makeMimeComposer(),
  workbooks: makeWorkbookWriter(),
  spreadsheets: makeSpreadsheetReader(),
  settings: {
    stage: 'test',
    consoleUrl: 'http://konsol.example',
    journalMailbox: 'journal@ministeriet.example',
    complaintText: '',
    domains: domainsOf(directory),
  },
})

/** The same with the ministry's people in it. */
export const openPorts = async (
  startAt: string,
  options: { readonly answersAnHour?: number; readonly directory?: typeof directory } = {},
) => {
  const ports = outside(startAt, options)
  await ports.directory.write(options.directory ?? directory)
  return ports
}
export type WorldPorts = Awaited<ReturnType<typeof openPorts>>

/** The same, on another clock or another engine of workflows. */
type Moved = Omit<WorldPorts, 'clock' | 'workflows' | 'waits'> & Pick<Ports, 'clock' | 'workflows' | 'waits'>

const run = runStream(2014)

/** What every test of the handlers does with its ports: mails reach people, people press buttons, the record is read. */
export const worldOf = (ports: Moved) => {
  let [delivered, decisions] = [0, 0]
  const done = (performed: Awaited<ReturnType<typeof performNoted>>): void => {
    if (performed.outcome === 'refused') throw new Error(performed.refusal.message)
  }
  const by = (who: Decider) => ({ by: 'person' as const, personId: who.id, roles: who.roles })
  const nextId = (command: { readonly do: string }) => `console/${command.do}/${(decisions += 1)}`
  return {
    state: async (stream: StreamId) => (await loadCase(ports, reviewCase, stream)).state,
    runState: async () => (await loadCase(ports, runCase, run)).state,
    isAnyUndelivered: (): boolean => delivered < ports.mail.sent.length,
    /** Every mail that is out reaches everybody it was sent to. */
    deliver: async (): Promise<void> => {
      for (; delivered < ports.mail.sent.length; delivered += 1) {
        const mail = ports.mail.sent[delivered]!
        await makeTakeDeliveryEvent(ports)({
          eventType: 'Delivery',
          mail: { messageId: mail.messageId, tags: { letter: [mail.tag] } },
          delivery: { timestamp: ports.clock.now(), recipients: [...mail.to] },
        })
      }
    },
    /** SES's word of a mail that lies under `key`. */
    received: (key: string, envelope: Envelope & { readonly source: string }): ReceivedMail => {
      const verdict = (name: 'spf' | 'dkim' | 'dmarc' | 'spam' | 'virus') => ({
        status: envelope.verdicts?.[name] ?? 'PASS',
      })
      return receivedMailSchema.parse({
        notificationType: 'Received',
        mail: { timestamp: envelope.at ?? ports.clock.now(), messageId: key, source: envelope.source },
        receipt: {
          recipients: envelope.recipients ?? [],
          spfVerdict: verdict('spf'),
          dkimVerdict: verdict('dkim'),
          dmarcVerdict: verdict('dmarc'),
          spamVerdict: verdict('spam'),
          virusVerdict: verdict('virus'),
          action: { objectKey: key },
        },
      })
    },
    /** A person decides in a review; what the record then owes is done. */
    decide: async (stream: StreamId, command: ReviewCommand, who = sofie): Promise<void> => {
      const { agreement } = (await loadCase(ports, reviewCase, stream)).state
      const contacts = await ports.contacts.of(agreementIdSchema.parse(agreement))
      done(
        await performNoted(
          ports,
          reviewCase,
          stream,
          {
            id: nextId(command),
            actor: by(who),
            decide: (state, now) =>
              reviewCommands.decide(state, command, who, now, { contacts, readFigure: readTypedFigure }),
          },
          (decided) => performOwedActs(ports, decided),
        ),
      )
    },
    decideRun: async (command: RunCommand, who = anders): Promise<void> => {
      done(
        await performNoted(
          ports,
          runCase,
          run,
          {
            id: nextId(command),
            actor: by(who),
            decide: (state, now) => runCommands.decide(state, command, who, now, {}),
          },
          async () => undefined,
        ),
      )
    },
  }
}
