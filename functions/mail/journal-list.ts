import { printDate, printNumber } from '../domain/base/danish.ts'
import { heading, paragraph, title } from './block.ts'
import { toHtml } from './html-part.ts'
import { toText } from './plain-text.ts'

export interface JournalListData {
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
