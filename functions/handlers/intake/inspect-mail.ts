import { todayInCopenhagen } from '../../domain/base/time.ts'
import { replyDomains } from '../../domain/directory/directory.ts'
import { inspect, type Inspected } from '../../intake/inspect.ts'
import { keyInputs, type ParsedMessage, type SheetRows } from '../../intake/message.ts'
import type { Ports } from '../../ports/ports.ts'
import type { Envelope } from './received-mail.ts'

/** What the attached spreadsheets hold; what is refused is named. */
export interface Workbooks {
  readonly sheets: readonly SheetRows[]
  readonly unreadable: readonly { readonly filename: string; readonly refusal: string }[]
}

/** A mail as it goes through the intake: parsed and looked at once, read by nobody yet. */
export interface InspectedMail extends Inspected {
  readonly message: ParsedMessage
  readonly envelope: Envelope
  readonly mailKey: string
  readonly bodyKey: string
  readonly dateKey: string
  readonly rawSha256: string
  readonly receivedAt: string
  /** The attached spreadsheets, opened once and only when somebody asks. */
  readonly workbooks: () => Promise<Workbooks>
}

const openWorkbooks = async (
  ports: Pick<Ports, 'spreadsheets'>,
  message: ParsedMessage,
): Promise<Workbooks> => {
  const sheets: SheetRows[] = []
  const unreadable: { filename: string; refusal: string }[] = []
  for (const [file, attachment] of message.attachments.entries()) {
    const read = await ports.spreadsheets(attachment, file)
    if (read?.ok === true) sheets.push(...read.sheets)
    if (read?.ok === false) unreadable.push({ filename: attachment.filename, refusal: read.refusal })
  }
  return { sheets, unreadable }
}

/** Looks at a mail, once for everybody it passes. */
export const inspectMail = async (
  ports: Pick<Ports, 'digest' | 'directory' | 'spreadsheets'>,
  arrived: Pick<InspectedMail, 'message' | 'envelope' | 'rawSha256' | 'receivedAt'>,
): Promise<InspectedMail> => {
  const { message, envelope, receivedAt } = arrived
  const keys = keyInputs(message)
  let opened: Promise<Workbooks> | undefined
  return {
    ...arrived,
    ...inspect({
      message,
      verdicts: envelope.verdicts,
      source: envelope.source,
      receivedOn: todayInCopenhagen(receivedAt),
      ownDomains: replyDomains(await ports.directory.read()),
    }),
    mailKey: ports.digest(keys.mail),
    bodyKey: ports.digest(keys.body),
    dateKey: ports.digest(message.date ?? ''),
    workbooks: () => (opened ??= openWorkbooks(ports, message)),
  }
}
