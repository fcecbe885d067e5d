/** The numbers of the intake's specification, by group. */
export interface Group {
  readonly name: string
  readonly numbers: readonly string[]
}

const numbers = (list: string, from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `${list} ${from + at}`)

export const groups: readonly Group[] = [
  { name: 'Identification (MAIL 1-12)', numbers: numbers('MAIL', 1, 12) },
  { name: 'Sender (13-25)', numbers: numbers('MAIL', 13, 25) },
  { name: 'Machine mail (26-32)', numbers: numbers('MAIL', 26, 32) },
  { name: 'Text extraction (33-66)', numbers: numbers('MAIL', 33, 66) },
  { name: 'Numbers (67-79)', numbers: numbers('MAIL', 67, 79) },
  { name: 'Attachments (80-96)', numbers: numbers('MAIL', 80, 96) },
  { name: 'Protocol (97-108)', numbers: numbers('MAIL', 97, 108) },
  { name: 'Keys, form and people (109-142)', numbers: numbers('MAIL', 109, 142) },
  { name: 'Security (1-23)', numbers: numbers('MAIL security', 1, 23) },
  {
    name: 'How a line is read (LETTERS 3.3)',
    numbers: numbers('LETTERS', 1, 14).map((one) => one.replace(' ', ' 3.3.')),
  },
  {
    name: 'Replies and receipt (LETTERS 6)',
    numbers: ['LETTERS 6.2', 'LETTERS 6.3', 'LETTERS 6.4', 'LETTERS 6.5'],
  },
]

/** Numbers that ask for nothing this product does, with the reason. */
export const notApplicable: ReadonlyMap<string, string> = new Map([])

/**
 * Numbers of which the reading's half is tested and the handlers' half is open, with what is missing: they do not
 * count as held, whatever tests bear them.
 */
export const halfOpen: ReadonlyMap<string, string> = new Map([])

/** Numbers that tests of other areas prove, by their file and titles. */
export const elsewhere: ReadonlyMap<string, { readonly file: string; readonly titles: readonly string[] }> =
  new Map([
    [
      'MAIL security 5',
      {
        file: 'test/unit/web/pages.test.ts',
        titles: [
          'has no script, no inline style and no form that decides on a GET',
          'gives every deciding form the token of the session and a nonce of its own',
        ],
      },
    ],
    [
      'MAIL security 6',
      { file: 'test/unit/web/pages.test.ts', titles: ['escapes whatever people wrote, wherever it stands'] },
    ],
    [
      'MAIL security 12',
      {
        file: 'test/unit/report/report-files.test.ts',
        titles: ['a cell that a spreadsheet would run is marked as text; numbers are not'],
      },
    ],
    [
      'MAIL security 22',
      {
        file: 'test/integration/local-aws/smtp-in.test.ts',
        titles: ['other domains and mails above the limit are refused'],
      },
    ],
    [
      'MAIL security 21',
      {
        file: 'test/infra/cdk/mail.test.ts',
        titles: [
          'is scanned, encrypted on its way, stored, and then announced',
          'is put into the landing bucket by that rule of this account alone',
          'let SES publish for one rule and one configuration set of this account, over TLS',
        ],
      },
    ],
  ])
