import { printDate, printNumber } from '../domain/base/danish.ts'
import type { LetterKind } from '../domain/casefile/letter-kinds.ts'
import { heading, paragraph, title, toHtml, toText, type Block } from './block.ts'
import { declareLetter, type DeclaredLetter } from './declared-letter.ts'

/**
 * Mails to the ministry's own people (LETTERS 4.8). They carry the address of a page, as plain text;
 * nothing is decided by opening it.
 */
export interface MinistryMail {
  readonly kind: LetterKind
  readonly subject: string
  readonly text: string
  readonly html: string
}

const ministryMail = (kind: LetterKind, subject: string, blocks: readonly Block[]): MinistryMail => ({
  kind,
  subject,
  text: toText([title(subject), ...blocks]),
  html: toHtml([title(subject), ...blocks], subject, 'da'),
})

/** The page's address on a line of its own, never cut: a cut address opens nothing. */
const address = (url: string): readonly Block[] => [{ block: 'line', text: url }]

const cases = (count: number): string => (count === 1 ? '1 sag' : `${printNumber(String(count))} sager`)

export interface WaitingCase {
  /** `Svendborg` */
  readonly municipality: string
  /** `bedømmelse af 2014` */
  readonly what: string
  /** `indstilling: mål 1 delvist, mål 2 og 3 opfyldt`; empty when there is none. */
  readonly recommendation: string
  /** `høring skal sendes senest 12. marts`; empty when nothing presses. */
  readonly due: string
  /** `sidste år: mål 1 ikke opfyldt`; empty when there is nothing to say. */
  readonly lastYear: string
  /** Nothing in the case asks for more than a yes. */
  readonly withoutRemarks: boolean
}

/** Questions raised by one observation: one line, one decision. */
export interface WaitingMatter {
  /** `Kommunekvoter for 2015` */
  readonly title: string
  readonly agreements: number
}

interface DecisionsWaitingData {
  readonly on: string
  readonly cases: readonly WaitingCase[]
  readonly matters: readonly WaitingMatter[]
  readonly page: string
}

const caseLine = (one: WaitingCase): string =>
  [one.municipality, one.what, one.recommendation, one.due, one.lastYear]
    .filter((part) => part !== '')
    .join(' · ')

const matterLine = ({ title: name, agreements }: WaitingMatter): string =>
  `${name}: ${agreements === 1 ? '1 aftale' : `${agreements} aftaler`}, én samlet stillingtagen`

/** A1: what waits for an approver's decision, at 7.30 on working days; null when nothing waits. */
export const decisionsWaiting = (data: DecisionsWaitingData): MinistryMail | null => {
  const count = data.cases.length + data.matters.length
  if (count === 0) return null
  const plain = data.cases.filter((one) => one.withoutRemarks)
  const open = data.cases.filter((one) => !one.withoutRemarks)
  const demanding = open.length + data.matters.length
  const bulleted = (items: readonly string[]): readonly Block[] =>
    items.length === 0 ? [] : [{ block: 'bulleted', items }]
  return ministryMail(
    'decisions-waiting',
    `${cases(count)} venter på din stillingtagen (${printDate(data.on)})`,
    [
      heading(`Uden bemærkninger: ${plain.length}`),
      ...bulleted(plain.map(caseLine)),
      heading(`Kræver stillingtagen: ${demanding}`),
      ...bulleted([...data.matters.map(matterLine), ...open.map(caseLine)]),
      ...address(data.page),
    ],
  )
}

interface ReleaseWaitingData {
  readonly year: number
  readonly ready: number
  /** What is missing, per agreement: `Fanø: ingen kontakt`. */
  readonly lacking: readonly string[]
  readonly page: string
}

/** A2: the requests wait for their release. */
export const releaseWaiting = ({ year, ready, lacking, page }: ReleaseWaitingData): MinistryMail =>
  ministryMail('release-waiting', `Udsendelsen af anmodningerne for ${year} venter på din frigivelse`, [
    {
      block: 'paragraph',
      text: `${ready} er klar, ${lacking.length === 0 ? 'ingen mangler noget.' : `${lacking.length} mangler noget:`}`,
    },
    ...(lacking.length === 0 ? [] : [{ block: 'bulleted', items: lacking } as const]),
    ...address(page),
  ])

const waitedFor = {
  caseworker: 'sagsbehandling',
  approver: 'godkendelse',
  'head-of-department': 'afdelingschefens afgørelse',
} as const

interface WaitingTooLongData {
  readonly waitingFor: keyof typeof waitedFor
  readonly cases: readonly {
    readonly municipality: string
    readonly what: string
    readonly workingDays: number
  }[]
  readonly page: string
}

/** A3: something has waited too long. No time limit ever approves. */
export const waitingTooLong = ({ waitingFor, cases: waiting, page }: WaitingTooLongData): MinistryMail =>
  ministryMail('waiting-too-long', `${cases(waiting.length)} har ventet på ${waitedFor[waitingFor]}`, [
    {
      block: 'bulleted',
      items: waiting.map(
        (one) =>
          `${one.municipality} · ${one.what} · ${one.workingDays === 1 ? '1 arbejdsdag' : `${one.workingDays} arbejdsdage`}`,
      ),
    },
    ...address(page),
  ])

interface HeldUntouchedData {
  readonly mails: readonly {
    readonly municipality: string
    readonly receivedOn: string
    readonly why: string
  }[]
  readonly page: string
}

/** A4: held mails nobody has looked at for two working days. */
export const heldUntouched = ({ mails, page }: HeldUntouchedData): MinistryMail =>
  ministryMail(
    'held-untouched',
    `${mails.length === 1 ? '1 tilbageholdt mail' : `${mails.length} tilbageholdte mails`} er ikke set på i to arbejdsdage`,
    [
      {
        block: 'bulleted',
        items: mails.map(
          (mail) => `${mail.municipality} · modtaget ${printDate(mail.receivedOn)} · ${mail.why}`,
        ),
      },
      ...address(page),
    ],
  )

const toStaff = <K extends LetterKind>(kind: K, name: string): DeclaredLetter<K> =>
  declareLetter(kind, { name, signedBy: 'nobody', address: 'ministry' })

export const decisionsWaitingMail = toStaff('decisions-waiting', 'Sager venter')
export const releaseWaitingMail = toStaff('release-waiting', 'Frigivelse venter')
export const waitingTooLongMail = toStaff('waiting-too-long', 'Sager har ventet længe')
export const heldUntouchedMail = toStaff('held-untouched', 'Tilbageholdt mail urørt')

interface JournalListData {
  readonly on: string
  readonly streams: number
  readonly sha256: string
  /** The list before; null for the first. */
  readonly previous: { readonly on: string; readonly sha256: string } | null
  readonly publicKey: string
}

/**
 * The mail that puts a nightly list into the ministry's journal, outside the reach of whoever runs the system
 * (handlers/README.md, "Chained and anchored"). The list itself is attached.
 */
export const journalList = (
  data: JournalListData,
): { readonly subject: string; readonly text: string; readonly html: string } => {
  const subject = `Årshjul: kontrolliste over sagerne den ${printDate(data.on)}`
  const blocks = [
    title(subject),
    paragraph(
      `Vedhæftet er den underskrevne liste over de seneste poster i alle ${printNumber(String(data.streams))} sager og aftaler. Den journaliseres, så det senere kan efterprøves, at intet er fjernet eller ændret. Mailen skal ikke besvares.`,
    ),
    heading('Listens fingeraftryk (SHA-256)'),
    { block: 'line', text: data.sha256 } as const,
    heading(data.previous === null ? 'Første liste' : `Den foregående liste, ${printDate(data.previous.on)}`),
    { block: 'line', text: data.previous?.sha256 ?? '-' } as const,
    heading('Offentlig nøgle (Ed25519)'),
    { block: 'line', text: data.publicKey } as const,
  ]
  return { subject, text: toText(blocks), html: toHtml(blocks, subject, 'da') }
}
