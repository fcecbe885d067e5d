import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node'

/**
 * The numbered cases of the product's specifications, and the reporter that says which of them hold by the tests that
 * ran (`npm run test:intake`, `npm run test:judging`): at least one test bears the case in its title, and every such
 * test passes. A case without a test fails the run.
 */
interface Case {
  readonly name: string
  /** In a few words; a case of the intake is told by its test. */
  readonly what?: string
  /** Tested, but part of it is not there. */
  readonly lacks?: string
}

interface Group {
  readonly group: string
  readonly cases: readonly Case[]
}

const from = (first: number, last: number, stem: string): readonly Case[] =>
  Array.from({ length: last - first + 1 }, (_, at) => ({ name: `${stem}${first + at}` }))
const mail = (group: string, first: number, last: number): Group => ({
  group: `${group} (MAIL ${first}-${last})`,
  cases: from(first, last, 'MAIL '),
})
const edge = (number: number, what: string, more: Pick<Case, 'lacks'> = {}): Case => ({
  name: `Edge case ${number}`,
  what,
  ...more,
})
const invariant = (number: number, what: string): Case => ({ name: `Invariant I${number}`, what })

export const specifications: Readonly<Record<'intake' | 'judging', readonly Group[]>> = {
  intake: [
    mail('Identification', 1, 12),
    mail('Sender', 13, 25),
    mail('Machine mail', 26, 32),
    mail('Text extraction', 33, 66),
    mail('Numbers', 67, 79),
    mail('Attachments', 80, 96),
    mail('Protocol', 97, 108),
    mail('Keys, form and people', 109, 142),
    { group: 'Security (1-23)', cases: from(1, 23, 'MAIL security ') },
    { group: 'How a line is read (LETTERS 3.3)', cases: from(1, 14, 'LETTERS 3.3.') },
    { group: 'Replies and receipt (LETTERS 6)', cases: from(2, 5, 'LETTERS 6.') },
  ],
  judging: [
    {
      group: 'Agreement and versions',
      cases: [
        edge(6, 'a member leaves or joins in the year'),
        edge(7, 'municipalities merge or are divided'),
        edge(8, 'a target replaced on 1 July'),
        edge(9, 'a back-dated rider'),
        edge(12, 'a target that is its baseline'),
        edge(21, 'expiry while a question is open'),
        edge(22, 'a prolongation asked after the end'),
        edge(23, 'an appropriation not renewed or reduced'),
        edge(25, 'names of municipalities'),
        edge(32, 'the agreement as of a date'),
        edge(36, 'signed after the measuring date'),
        edge(52, 'a lapsed key'),
        invariant(1, 'no assessment without a signed version in force'),
        invariant(7, 'a renegotiation names its ground'),
        invariant(15, 'a rider and the assessed year'),
        invariant(17, 'a key names one target'),
      ],
    },
    {
      group: 'Judging',
      cases: [
        edge(5, 'a partnership, Simpson’s paradox'),
        edge(10, 'a definition break'),
        edge(11, 'nobody in the target group'),
        edge(13, 'worse than the baseline'),
        edge(14, 'more than the target'),
        edge(16, 'a correction of an earlier year'),
        edge(18, 'a survey that skips a year'),
        edge(19, 'an assumption hit that nobody wants to use'),
        edge(20, 'a share is not touched by a quota'),
        edge(34, 'a person in two municipalities'),
        edge(35, 'the quota for 2015 and the verdicts of 2014'),
        invariant(5, 'a grade is redone'),
        invariant(8, 'silence is never "not met"'),
        invariant(9, 'weights sum to 100'),
        invariant(11, 'observations outside the measuring period'),
      ],
    },
    {
      group: 'Collecting',
      cases: [
        edge(1, 'no reply after two reminders'),
        edge(3, 'before 24.00 on the due date'),
        edge(4, 'two submissions'),
        edge(15, 'percentages, points, parts larger than the whole'),
        edge(27, 'a reminder crossed with a reply'),
        edge(30, 'leap days and summer time'),
        edge(38, 'received in time, held until after'),
        edge(42, 'more time'),
        edge(43, 'a correction before and after the draft'),
        edge(44, 'one doubtful figure of ten'),
        edge(45, 'finished while figures are missing'),
        edge(46, 'a colleague, a consultant'),
        edge(47, 'a letter as PDF, typed in'),
        edge(51, 'a second presentation'),
        edge(56, 'an absence note over the due date'),
        edge(57, 'a figure not available before May'),
        edge(58, 'a value of the ministry is disputed'),
        edge(59, 'reservation for political approval'),
        edge(62, '15 January on a weekend'),
        invariant(12, 'no reminder while anything is held'),
        invariant(14, 'where a figure that counts comes from'),
      ],
    },
    {
      group: 'Hearing and final word',
      cases: [
        edge(2, 'a reply after the final assessment'),
        edge(17, 'a disputed assessment'),
        edge(31, 'dissemination not done'),
        edge(39, 'a hearing mail without delivery'),
        edge(40, 'silence in a hearing'),
        edge(41, 'thanks for the draft'),
        edge(55, 'nobody decides'),
        edge(63, 'a barred caseworker'),
        edge(67, 'a partnership’s hearing'),
        invariant(2, 'one final assessment is current'),
        invariant(13, 'no end by time without delivery'),
        invariant(18, 'no time limit approves'),
      ],
    },
    {
      group: 'Renegotiation',
      cases: [
        edge(48, 'accepted by somebody who is no signatory'),
        edge(54, 'one observation, 30 agreements'),
        edge(64, 'a lapse while a counter-proposal is held'),
      ],
    },
    {
      group: 'Letters and the record',
      cases: [
        edge(24, 'the ministry renamed'),
        edge(26, 'access to a draft'),
        edge(28, 'the same letter twice'),
        edge(29, 'a bounced mail'),
        edge(37, 'one municipality, two agreements'),
        edge(49, 'renamed on 28 June'),
        edge(50, 'rendered Friday, sent Monday'),
        edge(60, 'CPR numbers'),
        invariant(3, 'one entry for each document'),
        invariant(4, 'dates and numbers in Danish'),
        invariant(10, 'a retry sends no second letter'),
        invariant(16, 'a letter’s date is its sending date'),
        invariant(21, 'erased content'),
      ],
    },
    {
      group: 'Joint report and small numbers',
      cases: [
        edge(33, 'small counts'),
        edge(53, 'an error found after the report'),
        edge(61, 'silent at the fact check'),
        invariant(6, 'no cell of few persons, nor by subtraction'),
        invariant(19, 'a frozen report’s bytes'),
        invariant(20, 'the method note'),
      ],
    },
    {
      group: 'Money',
      cases: [
        edge(65, 'the final year’s return and account', {
          lacks:
            'the letter goes with the request of the last year’s review, not on 1 October: no review of that year is there then',
        }),
        edge(66, 'grants within the frame'),
      ],
    },
    {
      group: 'The joint report in full',
      cases: [
        'drafted from approved results',
        'with both parties’ words',
        'external factors for every material unmet target',
        'theme by theme',
        'the pack for the coordination group',
        'web page',
        'PDF with a real structure tree',
        'workbook',
        'CSV',
        'fact check by each municipality of its own pages',
        'silence stated',
        'frozen: files archived once',
        'canonical JSON reproduced',
        'rettelsesblad for later corrections',
        'advance payments with their ground and reason',
        'commitments, refusals, advance payments and lapses as decisions with reasons, hearing where adverse, complaint text from the configuration',
        'an IATI-shaped export (result, indicator, baseline, period, target, actual)',
      ].map((what, at) => ({ name: `Joint report ${at + 1}`, what })),
    },
  ],
}

/** `MAIL 1, 6-8` in a title names 1, 6, 7 and 8. */
export const casesIn = (title: string): readonly string[] =>
  [
    ...title.matchAll(
      /\b(MAIL security|MAIL|LETTERS|Edge case|Invariant|Joint report) (I?\d[\d.]*(?:(?:-|, | and )[\d.]*\d)*)/g,
    ),
  ].flatMap(([, list = '', numbers = '']) =>
    numbers.split(/, | and /).flatMap((part) => {
      const [, stem = '', first = '', last = first] =
        /^(I?(?:\d+\.)*)(\d+)(?:-[\d.]*?(\d+))?$/.exec(part) ?? []
      return from(Number(first), Number(last), `${list} ${stem}`).map(({ name }) => name)
    }),
  )

const say = (line: string): void => void process.stdout.write(`${line}\n`)

// oxlint-disable-next-line import/no-default-export -- vitest asks a reporter's file for it
export default class NumberedCases implements Reporter {
  #pattern: RegExp | undefined

  onInit({ config }: Vitest): void {
    this.#pattern = config.testNamePattern
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const ran = modules
      .flatMap((module) => [...module.children.allTests()])
      .filter((test) => test.result().state !== 'skipped')
    // Those whose tests were asked for.
    const told = Object.values(specifications).filter(
      ([first]) => this.#pattern?.test(first?.cases[0]?.name ?? '') ?? true,
    )
    const open = told.flatMap((groups) => tell(groups, ran))
    const failed = ran.filter((test) => !test.ok())
    say(`${ran.length} tests, ${failed.length} failed`)
    for (const test of failed) say(`  failed: ${test.fullName}: ${test.result().errors?.[0]?.message ?? ''}`)
    const broken = modules.flatMap((module) => module.errors().map(({ message }) => ({ module, message })))
    for (const { module, message } of broken) say(`  cannot be run: ${module.moduleId}: ${message}`)
    if (open.length + failed.length + broken.length + errors.length > 0) process.exitCode = 1
  }
}

/** Says group by group how many cases hold, and then why the others do not; those are returned. */
const tell = (groups: readonly Group[], tests: readonly TestCase[]): readonly Case[] => {
  const bearing = Map.groupBy(
    tests.flatMap((test) => casesIn(test.fullName).map((name) => ({ name, isOk: test.ok() }))),
    ({ name }) => name,
  )
  const holds = ({ name }: Case): boolean => bearing.get(name)?.every(({ isOk }) => isOk) ?? false
  const line = (title: string, cases: readonly Case[]): void => {
    const held = cases.filter(holds)
    const inPart = held.filter(({ lacks }) => lacks !== undefined).length
    say(`${title.padEnd(40)} ${held.length} of ${cases.length}${inPart > 0 ? ` (${inPart} in part)` : ''}`)
  }
  for (const { group, cases } of groups) line(group, cases)
  const all = groups.flatMap(({ cases }) => cases)
  line('All', all)
  for (const { name, what, lacks } of all)
    if (lacks !== undefined) say(`  in part: ${name}, ${what ?? ''}: ${lacks}`)
  const open = all.filter((one) => !holds(one))
  for (const { name, what = '' } of open)
    say(`  open: ${name} ${what}: ${bearing.has(name) ? 'a test of it fails' : 'no test bears it'}`)
  return open
}
