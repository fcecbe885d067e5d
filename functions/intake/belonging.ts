import { normaliseToken, tokenAlphabet } from '../domain/base/token.ts'
import { cleanText } from './clean-text.ts'
import type { ParsedMessage, SheetRows } from './message.ts'
import { bodyOf } from './message-body.ts'

/** Where identifiers of a request were found, most specific first (intake/README.md, "Whose mail it is"). */
interface FoundTokens {
  readonly envelope: readonly string[]
  readonly subject: readonly string[]
  readonly body: readonly string[]
  /** In-Reply-To and the latest References, the nearest first: SES's ids and our own, for the register. */
  readonly messageIds: readonly string[]
}

/** So many of a thread's ids are looked at, the latest; whoever answers us stands near what they answer. */
const mostReferences = 20

const sign = `[${tokenAlphabet}]`
const groups = new RegExp(
  `Svarnr\\.?\\s*(?::\\s*)?((?:${sign}{4}[\\s>|*-]*){3}${sign}{4})(?![\\p{L}\\p{N}])`,
  'giu',
)
const bracketed = new RegExp(`\\[\\s*#\\s*(${sign}{16})\\s*\\]`, 'giu')

const tokensAmong = (written: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(
    written.flatMap((text) => {
      const token = text === undefined ? null : normaliseToken(text.replace(/[>|*]/gu, ''))
      return token === null ? [] : [token]
    }),
  ),
]

/** The token of an address `svar+k479-2014-<token>@...`, in any case; undefined when it has none. */
const tokenOfAddress = (address: string): string | undefined =>
  /^[^+@]+\+(?:[a-z0-9]+-)*([a-z0-9]{16})@/iu.exec(address.trim())?.[1]

/**
 * Every identifier of a request in a mail. Envelope recipients are the receiving system's; tokens in attached or
 * forwarded parts are never looked at, since the parser keeps those apart.
 */
export const findTokens = (
  message: Pick<ParsedMessage, 'subject' | 'text' | 'html' | 'inReplyTo' | 'references'>,
  envelopeRecipients: readonly string[],
): FoundTokens => {
  const subject = cleanText(message.subject).slice(0, 4000)
  const body = cleanText(`${message.text ?? ''}\n${message.html?.replace(/<[^<>]*>|&nbsp;/gu, ' ') ?? ''}`)
  const latest = message.references.slice(-mostReferences).toReversed()
  const ids = [message.inReplyTo ?? '', ...latest].flatMap((text) => text.match(/<[^<>\s]{1,250}>/gu) ?? [])
  return {
    envelope: tokensAmong(envelopeRecipients.map(tokenOfAddress)),
    subject: tokensAmong([...subject.matchAll(bracketed)].map((match) => match[1])),
    body: tokensAmong([...body.matchAll(groups)].map((match) => match[1])),
    messageIds: [...new Set(ids)],
  }
}

/** Which request a mail names: one, several (held for a person), or none by token. */
type NamedRequest =
  | { readonly named: 'one'; readonly token: string; readonly by: 'envelope' | 'subject' | 'body' }
  | { readonly named: 'conflict'; readonly tokens: readonly string[] }
  | { readonly named: 'none' }

/** Conflicting identifiers are held: both cases stay untouched (MAIL 8, 131). */
export const namedRequest = (found: FoundTokens): NamedRequest => {
  const all = [...new Set([...found.envelope, ...found.subject, ...found.body])]
  const [token] = all
  if (token === undefined) return { named: 'none' }
  if (all.length > 1) return { named: 'conflict', tokens: all }
  const by = found.envelope.length > 0 ? 'envelope' : found.subject.length > 0 ? 'subject' : 'body'
  return { named: 'one', token, by }
}

/** What a mail itself says it is about, beside its token. */
interface CaseSigns {
  /** Results' years of forms and workbooks inside: »Indberetning for 2014, resultatkontrakt«. */
  readonly formYears: readonly number[]
  /** Case numbers of ours in subject, form and workbook: `2015-0479`. */
  readonly caseNumbers: readonly string[]
}

const formTitle =
  /\b(?:Indberetning|Return) (?:for|af resultater for) (20\d{2}),\s*(?:resultatkontrakt|partnerskab|performance contract|partnership)/giu
const caseNumber = /\b(?:Sagsnr|Case no)[\s.:]{0,6}(20\d{2}-\d{4})(?!\d)/giu

const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)]

/** Reads the signs from subject, text, HTML and workbooks. */
export const caseSigns = (message: ParsedMessage, workbook: readonly SheetRows[] = []): CaseSigns => {
  const heads = workbook
    .filter(({ isText }) => isText !== true)
    .flatMap(({ rows }) => rows.slice(0, 3).flatMap((row) => row.map(({ text }) => text)))
  const hidden = workbook.flatMap(
    ({ identity }) => /(?:^|[\s"])(20\d\d)(?=[\s"]|$)/u.exec(identity ?? '')?.[1] ?? [],
  )
  const body = bodyOf(message).lines.map(({ text: line }) => line)
  const text = [cleanText(message.subject), ...body, ...heads].join('\n')
  return {
    formYears: distinct(
      [...text.matchAll(formTitle)].map((match) => Number(match[1])).concat(hidden.map(Number)),
    ),
    caseNumbers: distinct([...text.matchAll(caseNumber)].flatMap((match) => match[1] ?? [])),
  }
}

/**
 * Whether a mail contradicts the request its token names: a form or a workbook for another year (MAIL 128), or
 * the case number of another agreement of theirs (MAIL 131; any other number is their own). Such a mail is held
 * and fills neither.
 */
export const contradiction = (
  signs: CaseSigns,
  request: {
    readonly year: number
    readonly caseNumber: string
    readonly otherCaseNumbers: readonly string[]
  },
):
  | { readonly kind: 'other-year'; readonly year: number }
  | { readonly kind: 'other-case'; readonly caseNumber: string }
  | null => {
  const other = signs.caseNumbers.find((number) => request.otherCaseNumbers.includes(number))
  if (other !== undefined) return { kind: 'other-case', caseNumber: other }
  const year = signs.formYears.find((found) => found !== request.year)
  return year === undefined || signs.formYears.includes(request.year) ? null : { kind: 'other-year', year }
}
