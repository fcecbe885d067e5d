import { html } from 'hono/html'
import { erasureGrounds } from '../../domain/base/stream.ts'
import {
  erasureCommands,
  type ErasableMail,
  type Erasure,
  type ErasureCommand,
} from '../../domain/casefile/erasures.ts'
import type { OpenTask } from '../../domain/casefile/open-task.ts'
import { type NameOf, moment } from '../words.ts'
import { decisionForm } from '../form.ts'
import { alert, facts, nothing, type Markup } from '../markup.ts'
import { hasRole, page, type PageFrame } from '../page.ts'
import { erasureGroundWords, erasureStatus } from './erasure-words.ts'

/** Address of the page on which the content of a mail is erased. */
export const erasurePath = (stream: string, mailKey: string): string =>
  `/erasures/${encodeURIComponent(stream)}/${encodeURIComponent(mailKey)}`

/** An erasure that waits for the second person, as lists tell it. */
export const erasureTaskText = (
  stream: string,
  mails: readonly ErasableMail[],
  task: OpenTask,
): { readonly what: string; readonly href: string } => {
  const ground = mails.find(({ mailKey }) => mailKey === task.mailKey)?.erasure?.ground
  return {
    what: `en mails indhold skal måske slettes${ground === undefined ? '' : `: ${erasureGroundWords[ground]}`}`,
    href: erasurePath(stream, task.mailKey ?? ''),
  }
}

/** A mail whose content may be erased, as far as anybody may see it. */
export interface ErasureView {
  readonly href: string
  /** The case's or inbox's own page. */
  readonly back: string
  /** `Svendborg, 2014` */
  readonly whose: string
  readonly mailKey: string
  readonly receivedAt: string
  readonly status: string
  readonly rawSha256: string
  readonly erasure: Erasure | null
  /** Why it cannot be asked for now, in Danish; null when it can. */
  readonly notNow: string | null
  readonly municipalities: readonly string[]
}

const askForm = (frame: PageFrame, view: ErasureView): Markup =>
  decisionForm(
    frame,
    {
      action: 'ask-erasure',
      command: 'ask-erasure',
      to: view.href,
      heading: 'Bed om at få indholdet slettet',
    },
    (form) =>
      html`${form.radios('ground', {
        label: 'Hvorfor skal indholdet slettes?',
        choices: erasureGrounds.map((ground) => ({ value: ground, label: erasureGroundWords[ground] })),
      })}
      ${form.textArea('reason', {
        label: 'Begrundelse',
        hint: 'Bliver på sagen. Gentag ikke de oplysninger, der skal slettes.',
      })}`,
  )

const decideForms = (frame: PageFrame, view: ErasureView): Markup =>
  html`${decisionForm(
    frame,
    {
      action: 'confirm-erasure',
      command: 'confirm-erasure',
      to: view.href,
      heading: 'Slet indholdet',
    },
    () => html`<p>Indholdet kan ikke hentes frem igen.</p>`,
  )}
  ${decisionForm(
    frame,
    {
      action: 'decline-erasure',
      command: 'decline-erasure',
      to: view.href,
      heading: 'Slet ikke',
    },
    (form) =>
      form.textArea('reason', {
        label: 'Begrundelse',
        hint: 'Mailen vises igen, som før der blev bedt om sletning.',
      }),
  )}`

/** A mail's erasure: what goes and what stays, how far it has come, and the form of whoever is next. */
export const erasurePage = (frame: PageFrame, view: ErasureView, nameOf: NameOf): Markup => {
  const { erasure } = view
  const barred = view.municipalities.some((code) => frame.reader.barredFrom.includes(code))
  const may = (command: ErasureCommand['do']): boolean =>
    !barred && hasRole(frame.reader, erasureCommands.rolesFor(command))
  const open = erasure !== null && erasure.confirmedBy === null
  const mine = open && erasure.askedBy === frame.reader.id
  return page(frame, {
    title: 'Sletning af en mails indhold',
    path: view.href,
    content: html`${facts([
        ['Sag', view.whose],
        ['Modtaget', moment(view.receivedAt)],
        ['Status', view.status],
        ['SHA-256', view.rawSha256],
        ...(erasure === null
          ? []
          : [
              ['Grund', erasureGroundWords[erasure.ground]] as const,
              ...(erasure.reason === '' ? [] : [['Begrundelse', erasure.reason] as const]),
            ]),
      ])}
      ${erasure === null ? nothing : alert('info', 'Sletning', erasureStatus(erasure, nameOf))}
      <h2>Hvad slettes, og hvad bliver</h2>
      <p>
        Slettes: mailen, som den blev modtaget, med vedhæftede filer; afsender, emne og al tekst, der er taget
        fra den eller tastet fra den; og de breve, der har gentaget den. To personer skal stå bag.
      </p>
      <p>
        Bliver: mailens SHA-256 og tidspunkter, hvem der bad om sletning, hvem der besluttede den, hvornår og
        hvorfor, og de tal, der er læst i den, med oplysning om, at kilden er slettet.
      </p>
      ${
        erasure === null
          ? view.notNow !== null
            ? alert('info', 'Kan ikke slettes nu', view.notNow)
            : may('ask-erasure')
              ? askForm(frame, view)
              : nothing
          : nothing
      }
      ${
        open && may('confirm-erasure')
          ? mine
            ? alert(
                'info',
                'En anden skal tage stilling',
                'Du har bedt om sletningen og kan ikke også beslutte den.',
              )
            : decideForms(frame, view)
          : nothing
      }
      <p><a href="${view.back}">Tilbage</a></p>`,
  })
}
