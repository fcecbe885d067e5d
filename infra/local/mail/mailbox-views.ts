import { html } from 'hono/html'
import type { Email } from 'postal-mime'
import { quotationOf, replyAddressOf, showTime } from './mailbox-reply.ts'
import { plainPage, type Markup } from './plain-page.ts'

/** Paths of the pages; each part of a path is encoded. */
export const mailboxPath = (base: string, ...parts: readonly string[]): string =>
  [base, ...parts.map(encodeURIComponent)].join('/')

export interface MailboxCount {
  readonly address: string
  readonly unread: number
  readonly total: number
}

/** All mailboxes with their counts. */
export const mailboxListPage = (base: string, mailboxes: readonly MailboxCount[]): Markup =>
  plainPage(
    'Lokale postkasser',
    mailboxes.length === 0
      ? html`<p>Der er endnu ikke sendt nogen mail.</p>`
      : html`<p>Her ligger de mails, som det lokale system har afleveret. Alle personer er eksempler.</p>
          <table>
            <thead>
              <tr>
                <th scope="col">Adresse</th>
                <th scope="col">Ulæste</th>
                <th scope="col">I alt</th>
              </tr>
            </thead>
            <tbody>
              ${mailboxes.map(
                ({ address, unread, total }) =>
                  html`<tr>
                    <td><a href="${mailboxPath(base, address)}">${address}</a></td>
                    <td class="whole">${unread}</td>
                    <td class="whole">${total}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`,
  )

export interface MailLine {
  readonly id: string
  readonly seen: boolean
  readonly date: string
  readonly from: string
  readonly subject: string
}

/** The mails of one mailbox, newest first. */
export const mailboxPage = (base: string, address: string, mails: readonly MailLine[]): Markup =>
  plainPage(
    address,
    html`<p><a href="${base}">Alle postkasser</a></p>
      <table>
        <thead>
          <tr>
            <th scope="col">Modtaget</th>
            <th scope="col">Mail</th>
          </tr>
        </thead>
        <tbody>
          ${mails.map(
            ({ id, seen, date, from, subject }) =>
              html`<tr>
                <td class="whole">${showTime(date)}</td>
                <td>
                  <a href="${mailboxPath(base, address, id)}">${subject === '' ? '(intet emne)' : subject}</a>
                  <small>${seen ? 'læst' : 'ulæst'}, fra ${from}</small>
                </td>
              </tr>`,
          )}
        </tbody>
      </table>`,
  )

export interface ShownMail {
  readonly address: string
  readonly id: string
  readonly seen: boolean
  readonly mail: Email
  /** A sentence above the mail, after something was done. */
  readonly notice?: string | undefined
}

const people = (list: Email['to']): string =>
  (list ?? [])
    .map(({ name, address }) => (name === '' ? (address ?? '') : `${name} <${address ?? ''}>`))
    .join(', ')

/** One mail: its text, its HTML in a frame that can do nothing, its attachments, and the reply form. */
export function mailPage(base: string, shown: ShownMail): Markup {
  const { address, id, mail } = shown
  const path = (...parts: readonly string[]): string => mailboxPath(base, address, id, ...parts)
  return plainPage(
    mail.subject ?? '(intet emne)',
    html`<p><a href="${mailboxPath(base, address)}">Tilbage til ${address}</a></p>
      ${shown.notice === undefined ? '' : html`<p class="note" role="status">${shown.notice}</p>`}
      <dl>
        <dt>Fra</dt>
        <dd>${mail.from === undefined ? '' : people([mail.from])}</dd>
        <dt>Til</dt>
        <dd>${people(mail.to)}</dd>
        ${
          mail.cc === undefined
            ? ''
            : html`<dt>Kopi</dt>
                <dd>${people(mail.cc)}</dd>`
        }
        <dt>Dato</dt>
        <dd>${showTime(mail.date)}</dd>
      </dl>
      ${
        shown.seen
          ? ''
          : html`<form method="post" action="${path('seen')}"><button>Markér som læst</button></form>`
      }
      <h2>Tekst</h2>
      ${mail.text === undefined ? html`<p>Mailen har ingen tekstdel.</p>` : html`<pre>${mail.text}</pre>`}
      ${
        mail.attachments.length === 0
          ? ''
          : html`<h2>Vedhæftet</h2>
              <ul>
                ${mail.attachments.map(
                  ({ filename }, index) =>
                    html`<li>
                      <a href="${path('attachments', `${index}`)}" download>${filename ?? 'uden navn'}</a>
                    </li>`,
                )}
              </ul>`
      }
      ${
        mail.html === undefined
          ? ''
          : html`<h2>HTML-udgave</h2>
              <iframe sandbox="" title="HTML-udgaven af mailen" srcdoc="${mail.html}"></iframe>`
      }
      ${replyForm(path('reply'), address, mail)}`,
  )
}

const replyForm = (action: string, address: string, mail: Email): Markup => {
  const to = replyAddressOf(mail)
  if (to === undefined) return html`<p>Mailen har ingen afsender, der kan svares.</p>`
  return html`<h2>Svar</h2>
    <form method="post" action="${action}" enctype="multipart/form-data">
      <p>Fra ${address} til ${to}</p>
      <label for="text">Dit svar</label>
      <textarea id="text" name="text" rows="10" required></textarea>
      <label
        ><input type="checkbox" name="quote" value="yes" checked /> Tag den oprindelige mail med som
        citat</label
      >
      <label for="quotation">Citatet (kan rettes, fx udfyldes)</label>
      <textarea id="quotation" name="quotation" rows="10">${`\n${quotationOf(mail)}`}</textarea>
      <label for="attachment">Vedhæft filer</label>
      <input id="attachment" name="attachment" type="file" multiple />
      <div><button>Send svar</button></div>
    </form>`
}

/** What was asked for is not there, or could not be done. */
export const problemPage = (base: string, message: string): Markup =>
  plainPage(
    'Det lykkedes ikke',
    html`<p role="alert">${message}</p>
      <p><a href="${base}">Alle postkasser</a></p>`,
  )
