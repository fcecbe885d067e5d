import { html, raw } from 'hono/html'
import type { Markup } from '../markup.ts'

/** Everything the page needs is in it: it is archived, attached and opened without the console. */
const css = `
body { margin: 0; font: 1rem/1.5 "IBM Plex Sans", Arial, sans-serif; color: #1a1a1a; background: #fff; }
main, header.top, footer.end { max-width: 62rem; margin: 0 auto; padding: 1rem; }
a { color: #004e8c; }
h1, h2, h3, h4 { line-height: 1.25; margin: 1.5em 0 .5em; }
section.agreement { border-top: 1px solid #6b6b6b; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid #bdbdbd; }
thead th { border-bottom: 2px solid #1a1a1a; }
tbody th { font-weight: 400; }
.align-text-right { text-align: right; }
.table--responsive-scroll { overflow-x: auto; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: #fff; padding: .5rem; }
figure { margin: 1rem 0; }
svg { max-width: 100%; height: auto; }
dt { font-weight: 600; margin-top: .75rem; }
dd { margin: 0; }
:focus-visible { outline: 3px solid #747474; outline-offset: 2px; }
@media print { section.agreement { break-inside: avoid-page; } .skip { display: none; } }
`

/** A complete Danish page. */
export const standalonePage = (page: {
  readonly title: string
  readonly authority: string
  readonly content: Markup
}): Markup =>
  html`<!doctype html>
    <html lang="da">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title} – ${page.authority}</title>
        <style>
          ${raw(css)}
        </style>
      </head>
      <body>
        <a class="skip" href="#indhold">Spring til indholdet</a>
        <header class="top"><p>${page.authority}</p></header>
        <main id="indhold">
          <h1>${page.title}</h1>
          ${page.content}
        </main>
      </body>
    </html>`

/** Markup as text. */
export const asText = async (markup: Markup): Promise<string> => `${(await markup).toString()}\n`
