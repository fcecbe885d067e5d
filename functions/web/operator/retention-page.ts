import { html } from 'hono/html'
import {
  type AfterRetention,
  type KeptFrom,
  type RetentionGround,
  retentionRows,
  type StoredKind,
} from '../../domain/base/retention.ts'
import { nothing, table, type Markup } from '../markup.ts'
import { page, type PageFrame } from '../page.ts'
import { executionsPath, retentionPath } from './operator-parts.ts'

const kindWords: Readonly<Record<StoredKind, string>> = {
  'raw-mail': 'Mails, som de blev modtaget',
  letter: 'Breve med bilag og skemaer, som de blev sendt',
  'letter-sheet': 'Brevenes oplysningsark',
  rider: 'Tillæg',
  report: 'Den samlede afrapportering og rettelsesblade',
  'signed-list': 'Nattens lister over journalens hashværdier',
  'landed-mail': 'Mails, der venter på at blive arkiveret',
  'unfinished-upload': 'Filer, der kun delvis nåede arkivet',
  record: 'Sagernes journal: hændelser, afgørelser, notater og registre',
  'private-part': 'Fritekst og adresser ved siden af journalen',
  contacts: 'Kontaktpersoner og deres adresser',
  'work-in-hand': 'Arbejde, der er i gang: breve på vej og ventetider',
  'answer-counter': 'Tællere over automatiske svar',
  'table-copy': 'Databasens løbende sikkerhedskopi, også af slettet indhold',
  'queue-message': 'Beskeder i kø, også de uafhentede',
  session: 'Logins',
  'request-counter': 'Tællere over forespørgsler, uden adresser',
  'access-log': 'Sidernes adgangslog med besøgendes adresser',
  'download-note': 'Log over, hvem der hentede hvilken fil',
  'function-log': 'Funktionernes log, uden indhold og adresser',
  'workflow-log': 'Forløbenes log, uden indhold og adresser',
  'execution-history': 'Forløbenes trin',
}
const fromWords: Readonly<Record<KeptFrom, string>> = {
  received: 'modtagelsen',
  archived: 'arkiveringen',
  written: 'skrivningen',
  ended: 'afslutningen',
  begun: 'begyndelsen',
  replaced: 'ændringen eller sletningen',
}
const afterWords: Readonly<Record<AfterRetention, string>> = {
  deleted: 'slettes af sig selv',
  unlocked: 'låsen ophører; afleveres eller slettes af en person',
  stays: 'bliver',
}
const groundWords: Readonly<Record<RetentionGround, string>> = {
  'retention-rule':
    'ministeriets egen bevaringsregel, som dets jurister fastsætter: indtil aflevering til Rigsarkivet, højst ti år',
  journal: 'offentlighedsloven § 13 (notater) og § 15 (journal)',
  agreement: 'aftalen, så længe den følges; kontakten oplyses om det i hver anmodning',
  operation: 'driften: ingen lov kræver det',
  security: 'sikkerheden: så længe et angreb kan undersøges',
}
const unitWords = {
  days: ['dag', 'dage'],
  hours: ['time', 'timer'],
  minutes: ['minut', 'minutter'],
} as const

type Kept = NonNullable<(typeof retentionRows)[number][1]['kept']>

/** `90 dage`. */
export const keptWords = ({ count, unit }: Kept): string => `${count} ${unitWords[unit][count === 1 ? 0 : 1]}`

const longWords = ({ kept, setting, after }: (typeof retentionRows)[number][1]): Markup | string => {
  if (kept === null) return after === 'deleted' ? 'til det er gjort' : 'uden udløb'
  return setting === undefined
    ? keptWords(kept)
    : html`${keptWords(kept)}, hvis ikke installationen har sat <code>${setting}</code>`
}

/** How long each kind of stored thing is kept, from when, what then happens and why. */
export const retentionPage = (frame: PageFrame): Markup =>
  page(frame, {
    title: 'Hvor længe hvad bevares',
    path: retentionPath,
    content: html`<p>
        Systemet selv sletter kun det, der står her. Det, som Rigsarkivet skal have, afleveres, før noget
        slettes.
        <span lang="en"
          >How long each kind of stored thing is kept, from when, what then happens, and why.</span
        >
      </p>
      ${table(
        'Hvor længe hvad bevares',
        [
          { title: 'Hvad' },
          { title: 'Hvor længe' },
          { title: 'Regnet fra' },
          { title: 'Derefter' },
          { title: 'Grund' },
        ],
        retentionRows.map(([kind, row]) => [
          kindWords[kind],
          longWords(row),
          fromWords[row.from],
          html`${afterWords[row.after]}${row.erasable ? html`; kan slettes før af to personer` : nothing}`,
          groundWords[row.ground],
        ]),
      )}
      <p><a href="${executionsPath}">Alle forløb</a></p>`,
  })
