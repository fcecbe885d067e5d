/**
 * The numbered edge cases (DOMAIN.md 8) and invariants (DOMAIN.md 12), by group. Every one has a test named with
 * its number (`Edge case 11: …`, `Invariant I8: …`), or a reason here why it has none, or what of it is lacking.
 */
export interface Entry {
  readonly id: `Edge case ${number}` | `Invariant I${number}`
  readonly what: string
  /** No test: what is missing, or why it does not apply to code. */
  readonly notYet?: string
  /** Tested, but part of it is not there. */
  readonly lacks?: string
}

export interface Group {
  readonly group: string
  readonly entries: readonly Entry[]
}

const edge = (number: number, what: string, more: Pick<Entry, 'notYet' | 'lacks'> = {}): Entry => ({
  id: `Edge case ${number}`,
  what,
  ...more,
})
const invariant = (number: number, what: string, more: Pick<Entry, 'notYet' | 'lacks'> = {}): Entry => ({
  id: `Invariant I${number}`,
  what,
  ...more,
})

export const catalogue: readonly Group[] = [
  {
    group: 'Agreement and versions',
    entries: [
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
    entries: [
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
    entries: [
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
    entries: [
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
    entries: [
      edge(48, 'accepted by somebody who is no signatory'),
      edge(54, 'one observation, 30 agreements'),
      edge(64, 'a lapse while a counter-proposal is held'),
    ],
  },
  {
    group: 'Letters and the record',
    entries: [
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
    entries: [
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
    entries: [
      edge(65, 'the final year’s return and account', {
        lacks:
          'the letter goes with the request of the last year’s review, not on 1 October: no review of that year is there then',
      }),
      edge(66, 'grants within the frame'),
    ],
  },
]

export const entries: readonly Entry[] = catalogue.flatMap(({ entries: all }) => all)

/** The numbers a test's full name says it is about: `Edge case 28, Invariant I10: …`. */
export const idsIn = (name: string): readonly string[] => name.match(/Edge case \d+|Invariant I\d+/g) ?? []
