/**
 * What the joint report is to be in full, sentence by sentence, and the test that proves each part: file (under
 * `test/`) and the beginning of its name. A part with no proof says what is lacking.
 */
interface Part {
  readonly says: string
  readonly proofs: readonly (readonly [file: string, name: string])[]
  /** Not there yet. */
  readonly lacks?: string
}

const part = (says: string, ...proofs: Part['proofs']): Part => ({ says, proofs })

export const jointReportParts: readonly Part[] = [
  part(
    'drafted from approved results',
    ['unit/report/compile.test.ts', 'the sample year: 31 agreements by name, all targets judged'],
    [
      'unit/report/compile.test.ts',
      'an unfinished review stands so: its targets have no verdict and no figure',
    ],
    ['unit/report/compile.test.ts', 'a verdict changed by hand stands with the rule’s own and the reason'],
  ),
  part('with both parties’ words', [
    'unit/report/compile.test.ts',
    'comments stand beside the ministry’s answer',
  ]),
  part('external factors for every material unmet target', [
    'unit/report/themes.test.ts',
    'at every unmet target stand the external factors of its assessment; where none is named that is said',
  ]),
  part('theme by theme', ['unit/report/themes.test.ts', 'every target stands under its theme once']),
  part(
    'the pack for the coordination group',
    ['unit/report/themes.test.ts', 'says the overview, the unmet targets with their factors'],
    ['unit/report/themes.test.ts', 'is among the report’s files as a page and as its print'],
  ),
  part(
    'web page',
    [
      'unit/report/report-files.test.ts',
      'has a language, one first heading, no skipped level, and unique ids',
    ],
    ['unit/report/report-files.test.ts', 'every table has a caption and headers'],
  ),
  part('PDF with a real structure tree', [
    'unit/report/report-formats.test.ts',
    'has a structure tree with every heading, table and figure of the page',
  ]),
  part('workbook', [
    'unit/report/report-formats.test.ts',
    'every sheet is one table with headings; numbers are numbers and text is text',
  ]),
  part('CSV', ['unit/report/report-files.test.ts', 'one row for each target and one for each member’s part']),
  part(
    'fact check by each municipality of its own pages',
    ['unit/report/report-files.test.ts', 'an agreement’s own pages hold that agreement alone'],
    ['unit/report/compile.test.ts', 'an accepted correction changes the words alone'],
  ),
  part(
    'silence stated',
    ['unit/domain/numbered/report.test.ts', 'Edge case 61: one municipality silent at the fact check'],
    ['integration/report/report-tasks.test.ts', 'compiled again after the fact check it says who was silent'],
  ),
  part('frozen: files archived once', [
    'integration/report/report-tasks.test.ts',
    'on the reporting date, the bytes compiled and approved; repeated, the same files',
  ]),
  part(
    'canonical JSON reproduced',
    [
      'integration/report/verify-report.test.ts',
      'whatever happened since, the record as it was gives the same report',
    ],
    ['unit/report/compile.test.ts', 'compiled again from the same record, in whatever order it was read'],
  ),
  part(
    'rettelsesblad for later corrections',
    [
      'integration/report/reopening.test.ts',
      'Edge case 53: a mail, a question, a new draft, hearing and assessment',
    ],
    ['integration/report/correction-sheet.test.ts', 'Edge case 53: a new assessment after the freeze'],
    ['unit/report/correction-disclosure.test.ts', 'Invariant I6: whoever subtracts one sheet from another'],
  ),
  part('advance payments with their ground and reason', [
    'unit/report/report-files.test.ts',
    'Edge case 66: effort stands beside resources',
  ]),
  part(
    'commitments, refusals, advance payments and lapses as decisions with reasons, hearing where adverse, complaint text from the configuration',
    [
      'integration/letters/money-decisions.test.ts',
      'a commitment is drafted by one, approved by another, and told with ground and reasons',
    ],
    [
      'integration/letters/money-decisions.test.ts',
      'a year without a passed Finance Act is committed with the reservation, and the complaint text is the configuration’s',
    ],
    [
      'integration/letters/money-decisions.test.ts',
      'an adverse one is intended first, heard two weeks from delivery, and decided with the comments weighed',
    ],
    ['integration/letters/money-decisions.test.ts', 'silence decides nothing'],
  ),
  part(
    'an IATI-shaped export (result, indicator, baseline, period, target, actual)',
    [
      'unit/report/report-formats.test.ts',
      'each target is a result with its indicator, baseline, target and actual',
    ],
    ['unit/report/report-formats.test.ts', 'is as the IATI standard asks'],
  ),
]
