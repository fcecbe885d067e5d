import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

/** A page of the parts that exist on one machine only: the mailboxes and the login. No script. */
export const plainPage = (title: string, content: Markup): Markup =>
  html`<!doctype html>
    <html lang="da">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          body {
            font:
              1.0625rem/1.5 system-ui,
              sans-serif;
            max-width: 52rem;
            margin: 2rem auto;
            padding: 0 1rem;
            color: #1a1a1a;
            background: #fff;
            overflow-wrap: anywhere;
          }
          a {
            color: #004d99;
          }
          :focus-visible {
            outline: 3px solid #0059b3;
            outline-offset: 2px;
          }
          table {
            border-collapse: collapse;
            width: 100%;
          }
          th,
          td {
            text-align: left;
            padding: 0.375rem 0.75rem 0.375rem 0;
            border-bottom: 1px solid #bfbfbf;
            vertical-align: top;
          }
          th,
          .whole {
            overflow-wrap: normal;
          }
          dt {
            font-weight: 600;
          }
          dd {
            margin: 0 0 0.5rem;
          }
          pre {
            white-space: pre-wrap;
            overflow-wrap: anywhere;
            font:
              1rem/1.5 ui-monospace,
              monospace;
            border-left: 4px solid #bfbfbf;
            padding-left: 1rem;
          }
          iframe {
            width: 100%;
            height: 32rem;
            border: 1px solid #bfbfbf;
          }
          label {
            display: block;
            margin-top: 1rem;
            font-weight: 600;
          }
          textarea {
            width: 100%;
            box-sizing: border-box;
            font:
              1rem/1.5 ui-monospace,
              monospace;
          }
          button {
            font: inherit;
            margin: 1rem 0 0;
            padding: 0.625rem 1rem;
            border: 1px solid #454545;
            border-radius: 4px;
            background: #fff;
            cursor: pointer;
          }
          button:hover {
            background: #eef5fc;
          }
          .people {
            list-style: none;
            padding: 0;
          }
          .people button {
            width: 100%;
            margin: 0.25rem 0;
            text-align: left;
          }
          .note {
            border: 1px solid #454545;
            border-radius: 4px;
            padding: 0.5rem 1rem;
            background: #f5f5f5;
          }
          @media (max-width: 40rem) {
            h1 {
              font-size: 1.5rem;
            }
          }
          small {
            display: block;
            color: #454545;
          }
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`
