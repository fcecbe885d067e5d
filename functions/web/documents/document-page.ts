import { html } from 'hono/html'
import {
  isOpenOn,
  type CaseDocument,
  type DocumentType,
  type Exemption,
} from '../../domain/documents/document-list.ts'
import { csvOf } from '../columns.ts'
import { facts, table, type Markup } from '../markup.ts'
import { page, type PageFrame } from '../page.ts'
import { letterPath } from '../review/correspondence.ts'
import { mailPath } from '../review/figures.ts'
import { letters } from '../../mail/letters.ts'
import { day, municipalityNames } from '../words.ts'

/** Address of a case's list of documents. */
export const documentsPath = (stream: string): string => `/documents/${encodeURIComponent(stream)}`

/** A case with the list of its documents. */
export interface DocumentListView {
  readonly href: string
  /** The case's own page. */
  readonly back: string
  /** Whether its mails and letters have pages of their own. */
  readonly hasPages: boolean
  readonly title: string
  readonly caseNumber: string
  readonly municipalities: readonly string[]
  readonly documents: readonly CaseDocument[]
}

const directionWords = { in: 'ind', out: 'ud', internal: 'intern' } as const

const typeWords: Readonly<Record<DocumentType, string>> = {
  mail: 'mail',
  'automatic-mail': 'automatisk svar',
  letter: 'brev',
  note: 'notat',
  'typed-figures': 'notat om indtastede tal',
  draft: 'udkast',
  recommendation: 'indstilling',
  remarks: 'bemærkninger til udkast',
  'decision-on-objection': 'afgørelse af uenighed',
  answers: 'svar på bemærkninger',
}

const exemptionWords: Readonly<Record<Exemption, string>> = {
  'draft-not-sent': 'internt, indtil det er sendt',
  'internal-remarks': 'internt, sendes ikke',
  'citizen-data': 'lagt til side: oplysninger om borgere',
  erased: 'indholdet er slettet',
}

/** What the list says of whether a document is handed out on the day. */
export const accessWords = (document: CaseDocument, today: string): string => {
  const { access } = document
  switch (access.is) {
    case 'open':
      return isOpenOn(document, today) ? 'nej' : `til ${day(access.from)}, dagen efter afsendelsen`
    case 'exempt':
      return `ja: ${exemptionWords[access.because]}`
    case 'facts-alone':
      return 'ja: internt; oplysninger om sagens faktiske forhold trækkes ud ved anmodning'
    default:
      return access satisfies never
  }
}

const titleOf = ({ title, type, page: where, access }: CaseDocument): string => {
  if (access.is === 'exempt' && access.because === 'citizen-data') return '(vises ikke)'
  if (where.of === 'letter') return title === '' ? letters[where.kind].name : title
  return title === '' ? typeWords[type] : title
}

const linked = (view: DocumentListView, document: CaseDocument): Markup => {
  const { page: where } = document
  const href =
    !view.hasPages || where.of === 'case'
      ? view.back
      : where.of === 'mail'
        ? mailPath(view.back, where.mailKey)
        : letterPath(view.back, where.letterKey)
  return html`<a href="${href}">${titleOf(document)}</a>`
}

const headings = ['Nr.', 'Dato', 'Retning', 'Dokument', 'Part', 'Type', 'Undtaget fra aktindsigt'] as const

const cells = (document: CaseDocument, today: string) => ({
  number: String(document.number),
  on: day(document.on),
  direction: directionWords[document.direction],
  party: municipalityNames(document.parties),
  type: typeWords[document.type],
  exempt: accessWords(document, today),
})

/** The list of a case's documents (aktliste), from which a request for access is answered. */
export const documentPage = (frame: PageFrame, view: DocumentListView): Markup =>
  page(frame, {
    title: 'Aktliste',
    path: view.href,
    content: html`${facts([
        ['Sag', view.title],
        ['Sagsnr.', view.caseNumber],
        ['Parter', municipalityNames(view.municipalities)],
        ['Opgjort', day(frame.today)],
      ])}
      <p>
        Udkast, indstilling og interne bemærkninger er interne, indtil de er sendt. Et brev kan ses fra dagen
        efter, at det er sendt. Ministeriet tager stilling til hver anmodning; listen er grundlaget.
      </p>
      <p><a href="${view.href}/aktliste.csv" download>Hent listen som CSV</a></p>
      ${table(
        'Sagens dokumenter i den rækkefølge, de er kommet til',
        headings.map((title) => ({ title })),
        view.documents.map((document) => {
          const { number, on, direction, party, type, exempt } = cells(document, frame.today)
          return [number, on, direction, linked(view, document), party, type, exempt]
        }),
      )}
      <p><a href="${view.back}">Tilbage til sagen</a></p>`,
  })

/** The same as a table for others: dates as in the record, and the hash of what lies in the archive. */
export const documentCsv = (view: DocumentListView, today: string): string =>
  csvOf({
    headings: ['Sagsnr.', ...headings, 'SHA-256'],
    rows: view.documents.map((document) => {
      const { number, direction, party, type, exempt } = cells(document, today)
      return [
        view.caseNumber,
        { number },
        document.on,
        direction,
        titleOf(document),
        party,
        type,
        exempt,
        document.sha256,
      ]
    }),
  })
