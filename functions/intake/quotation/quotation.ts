import { withoutEnd } from '../../domain/base/text.ts'
/** How a quotation begins: what stands above it, and what that says of whose words follow. */
export interface Opening {
  /** How many lines it takes. */
  readonly lines: number
  /** Its words in one line, bounded: whose words follow, when and about what. */
  readonly said: string
  /** Of a header block that nothing divides from what stands above it: from whom and when, as it stands there. */
  readonly header?: { readonly from: string; readonly sent: string; readonly subject: string }
}

type Label = 'from' | 'sent' | 'to' | 'subject' | 'other'

/** The names mail programs print before the lines of a header, in the languages their users have set. */
const labelWords: Readonly<Record<Label, readonly string[]>> = {
  from: ['fra', 'afsender', 'from', 'sender', 'von', 'från', 'van', 'de', 'lähettäjä', 'da', 'od', 'frá'],
  sent: [
    'sendt', 'dato', 'sendt den', 'sent', 'date', 'skickat', 'gesendet', 'datum', 'verzonden', 'envoyé', 'lähetetty', 'päiväys', 'enviado', 'fecha', 'enviado el', 'inviato', 'data', 'wysłano', 'dagsetning', 'date sent',
  ],
  to: ['til', 'to', 'an', 'till', 'aan', 'à', 'vastaanottaja', 'para', 'a', 'do'],
  subject: ['emne', 'vedr', 'subject', 'betreff', 'ämne', 'onderwerp', 'objet', 'aihe', 'asunto', 'oggetto', 'assunto', 'temat', 'efni'],
  other: [
    'cc', 'kopi', 'kopi til', 'bcc', 'vedhæftet', 'vedhæftede filer', 'attachments', 'anlagen', 'bifogade filer', 'prioritet', 'importance', 'vigtighed', 'svar til', 'reply-to', 'på vegne af', 'kopia', 'kopie', 'kopio', 'bijlagen',
  ],
} // prettier-ignore
const labels = new Map(
  Object.entries(labelWords).flatMap(([label, words]) => words.map((word) => [word, label] as const)),
)
/** No label is longer, emphasis and all. */
const longestLabel = 30

/** The label a line begins with, whatever emphasis a mail program has put around it, and what follows. */
const labelled = (line: string): { readonly label: string; readonly value: string } | null => {
  const colon = line.slice(0, longestLabel).indexOf(':')
  if (colon < 1) return null
  const label = labels.get(
    line
      .slice(0, colon)
      .replace(/[*_\s.]+/gu, ' ')
      .trim()
      .toLowerCase(),
  )
  return label === undefined ? null : { label, value: line.slice(colon + 1).replace(/^[*_\s]+/u, '') }
}

const original =
  /^-{2,}\s*(?:oprindelig (?:meddelelse|besked)|opprinnelig melding|ursprungligt meddelande|ursprüngliche nachricht|original message|videresendt (?:meddelelse|mail|besked|melding)|forwarded message|weitergeleitete nachricht|vidarebefordrat meddelande|doorgestuurd bericht|message (?:transféré|transmis|d'origine)|mensaje reenviado|messaggio inoltrato|edelleenlähetetty viesti|mensagem (?:re)?encaminhada)\s*-*$/iu
/** How Apple's programs begin what they forward. */
const forwarded =
  /^(?:start på videresendt besked|begin forwarded message|videresendt melding|start på videresendt melding|vidarebefordrat (?:mejl|brev|meddelande)|anfang der weitergeleiteten (?:nachricht|e-mail)|begin doorgestuurd bericht|välitetty viesti alkaa|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado|inizio messaggio inoltrato|início da mensagem (?:re)?encaminhada|początek przekazywanej wiadomości|začátek přeposílané zprávy)\s?:$/iu
const ruler = /^_{10,}$/u

/** A name with its address in brackets, as programs print it and nobody writes: one line of a header is enough. */
const addressEnds = /[<[(](?:mailto:)?[^\s<>[\]()@]{1,64}@[^\s<>[\]()@]{1,120}[>\])]$/u
/** An address, or a ministry by its name. */
const named = /@|ministeri/iu
const dated = /\d{4}|\d{1,2}[.:/-]\d{1,2}/u

/** As much of an opening as is kept. */
const most = 600
const said = (lines: readonly string[], at: number, end: number): string =>
  lines.slice(at, end).map((line) => line.trim()).filter((line) => line !== '').join(' ').slice(0, most) // prettier-ignore

const text = (lines: readonly string[], at: number): string => (lines[at] ?? '').trim()

/** The first line from here on that holds anything, at most `within` lines further. */
const filledFrom = (lines: readonly string[], at: number, within: number): number => {
  let next = at
  while (next < at + within && next < lines.length && text(lines, next) === '') next += 1
  return next
}

/** The labelled lines of a header block, whatever their order, blank lines between and folded values among them. */
const headerLines = (
  lines: readonly string[],
  from: number,
): { readonly values: ReadonlyMap<string, string>; readonly count: number; readonly end: number } => {
  const values = new Map<string, string>()
  let [at, end, count] = [from, from, 0]
  while (count < 12 && at < from + 60) {
    const line = labelled(text(lines, at))
    if (line === null) {
      // A folded value, or blank lines: another label stands close below.
      const next = [at + 1, at + 2, at + 3].find((below) => labelled(text(lines, below)) !== null)
      if (count === 0 || next === undefined) break
      at = next
      continue
    }
    if (line.label !== 'other' && values.has(line.label)) break
    // Some programs set the value on the line below its label.
    const below = line.value === '' && labelled(text(lines, at + 1)) === null ? text(lines, at + 1) : ''
    values.set(line.label, line.value === '' ? below : line.value)
    count += 1
    at += below === '' ? 1 : 2
    end = at
  }
  return { values, count, end }
}

/** Does a value read as somebody's name, with or without an address? A form's "Fra: 1. januar" does not. */
const isName = (value: string): boolean => /^[^\d]*\p{L}{2}/u.test(value)

/**
 * A header block with its divider: with an address or the ministry's name two lines of it are enough; a display name
 * alone, as Outlook prints internal senders, needs the date or the subject beside it.
 */
const headerBlockAt = (lines: readonly string[], at: number): Opening | null => {
  const first = text(lines, at)
  const isRuler = ruler.test(first)
  const isDivider =
    (first.startsWith('--') && original.test(first)) || (first.endsWith(':') && forwarded.test(first))
  const from = isRuler || isDivider ? filledFrom(lines, at + 1, 3) : at
  if (labelled(text(lines, from)) === null) return null
  const { values, count, end } = headerLines(lines, from)
  const sender = values.get('from')
  if (sender === undefined) return null
  // A long name is folded: its address stands on the line below.
  let senderAt = from
  while (senderAt < end && labelled(text(lines, senderAt))?.label !== 'from') senderAt += 1
  const next = text(lines, senderAt + 1)
  const isNamed = named.test(labelled(next) === null ? `${sender} ${next}` : sender)
  const isDated = dated.test(values.get('sent') ?? '')
  const opens =
    (isNamed && (isRuler || isDivider || count >= 2)) ||
    (isName(sender) && addressEnds.test(sender)) ||
    (isName(sender) &&
      (isDivider || (isDated && /\d{4}/u.test(values.get('sent') ?? '')) || (values.has('to') && values.has('subject')))) // prettier-ignore
  if (!opens) return null
  const opening = { lines: end - at, said: said(lines, at, end) }
  return isRuler || isDivider
    ? opening
    : {
        ...opening,
        header: { from: sender, sent: values.get('sent') ?? '', subject: values.get('subject') ?? '' },
      }
}

const notesName = /^\p{Lu}[\p{L}.'\u2019 -]{1,60}(?:\/[\p{L}\d&. -]{1,40}){1,4}(?:@\S{1,60})?$/u
const notesDate = /\d{1,2}[-./]\d{1,2}[-./]\d{2,4}(?: \d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?$/u

/** Notes: the sender's name with department and organisation, the date, and only then labels. */
const notesBlockAt = (lines: readonly string[], at: number): Opening | null => {
  const first = text(lines, at)
  if (!first.includes('/') || first.length > 200) return null
  const date = notesDate.exec(first)
  const name = date === null ? first : first.slice(0, date.index).trim()
  if (!notesName.test(name)) return null
  const below = filledFrom(lines, at + 1, 3)
  if (date === null && !notesDate.test(text(lines, below))) return null
  const from = date === null ? filledFrom(lines, below + 1, 4) : below
  const { values, count, end } = headerLines(lines, from)
  return count > 0 && (values.has('to') || values.has('subject'))
    ? { lines: end - at, said: said(lines, at, end) }
    : null
}

const wrote =
  /(?<![\p{L}])(?:skrev|wrote|schrieb|skreiv|écrit|schreef|geschreven|kirjoitti|escribió|scritto|escreveu)(?![\p{L}])/iu
const startsAttribution =
  /^(?:Den|På|On|Am|El)\b|^\d{4}-\d{2}-\d{2}\b|^(?:man|tir|ons|tor|fre|lør|søn)\.?\s/iu

/** What stands in an attribution beside a name, a date and an address. */
const between = new Set(
  'den d the på on am um uhr at kl klokken følgende the following det och og and af von van via følgjande le il giorno op heeft a ha em em em pm gmt cet cest utc mandag tirsdag onsdag torsdag fredag lørdag søndag man tir tirs ons tor tors fre lør søn monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun montag dienstag mittwoch donnerstag freitag samstag sonntag måndag tisdag lördag söndag mån lör sön januar februar marts april maj juni juli august september oktober november december january february march may june july october januari februari mars augusti märz mai dezember desember jan feb febr mar apr jun jul aug sep sept okt oct nov dec dez des'.split(
    ' ',
  ),
)
/** Of prose that says who wrote what: no name begins with one. */
const ofProse = new Set('vi jeg i du han hun de man we you he she they ich wir er sie som hvad her tal tallet tallene as what here figures'.split(' ')) // prettier-ignore
/** A day told from the mail's own: `i går`, `i mandags`. */
const relativeDay =
  /(?<!\p{L})(?:i (?:går|forgårs|dag|morges|formiddags|eftermiddags|aftes|(?:man|tirs|ons|tors|fre|lør|søn)dags)|yesterday|today|this (?:morning|afternoon))(?!\p{L})/giu

/** The names in an attribution, or null where it holds other words: prose that says who wrote what. */
const namesIn = (line: string): readonly string[] | null => {
  const bare = line
    .replace(/<[^<>]*>|"[^"]*"/gu, ' ')
    .replace(/\S+/gu, (word) => (word.includes('@') ? ' ' : word))
    .replace(wrote, ' ')
    .replace(relativeDay, ' ')
  const words = bare.split(/[\s,;:()[\]»«“”]+/u).filter((word) => {
    const plain = withoutEnd(word, (sign) => sign === '.').toLowerCase()
    return plain !== '' && !/\d/u.test(plain) && !between.has(plain)
  })
  if (words.length > 10 || words.some((word) => !/^\p{Lu}/u.test(word) && word !== '-')) return null
  return words.some((word) => ofProse.has(word.toLowerCase())) ? null : words
}

const timed = /\d{1,2}[.:]\d{2}(?!\d)/u

/**
 * An attribution of nothing but a name, a date and "wrote", in any order; with an address no verb is needed (Gmail of
 * old), and with a name no date (MAIL 292): who writes that another wrote what follows is asked about it.
 */
const isBareAttribution = (line: string): boolean => {
  const isAddressed = line.includes('@')
  if (!dated.test(line) && !isAddressed && !wrote.test(line)) return false
  const names = namesIn(line)
  if (names === null) return false
  const isQuotedName = /"[^"]+"/u.test(line)
  if (!dated.test(line)) {
    if (!isAddressed) return names.length > 0
    return (names.length > 0 || isQuotedName) && (line.trimEnd().endsWith('>:') || (wrote.test(line) && /<[^<>]*@/u.test(line)))
  } // prettier-ignore
  if (!wrote.test(line) && !isAddressed) return names.length >= 2 && /\d{4}/u.test(line) && timed.test(line)
  if (!wrote.test(line)) return isAddressed && timed.test(line) && line.trimEnd().endsWith('>:')
  if (isAddressed || isQuotedName || names.length >= 2) return true
  return names.length === 1 && /\d{4}/u.test(line) && timed.test(line)
}

/** An attribution ("Den ... skrev X <a@b>:"), over at most three lines. */
const attributionAt = (lines: readonly string[], at: number): Opening | null => {
  const first = text(lines, at)
  if (first === '' || first.length > 300) return null
  const ruled = /^-{2,}\s*([^-].{0,200}:)\s*-{2,}$/u.exec(first)?.[1]
  if (ruled !== undefined)
    return isBareAttribution(ruled) ? { lines: 1, said: said(lines, at, at + 1) } : null
  // One ends with a colon, on its first line or one of the next two.
  if (![0, 1, 2].some((next) => lines[at + next]?.trimEnd().endsWith(':'))) return null
  let joined = ''
  for (let count = 1; count <= 3; count += 1) {
    const line = text(lines, at + count - 1)
    if (line === '' && count > 1) return null
    joined = `${joined} ${line}`.slice(0, 400)
    if (!joined.trimEnd().endsWith(':')) {
      // Nothing else goes on over the line's end but what begins as an attribution.
      if (!startsAttribution.test(first) && !/[\d<@]/u.test(joined)) return null
      continue
    }
    const isKnown =
      startsAttribution.test(first) && wrote.test(joined) && /\d/u.test(joined) && named.test(joined)
    return isKnown || isBareAttribution(joined) ? { lines: count, said: said(lines, at, at + count) } : null
  }
  return null
}

/** Notes of later years: the sender, the date and the first words between rows of dashes. */
const dashedAt = (lines: readonly string[], at: number): Opening | null =>
  lines[at]?.includes('---') === true &&
  /^[^-:]{2,80}---\d{1,2}[-./]\d{1,2}[-./]\d{4} \d{1,2}[:.]\d{2}/u.test(text(lines, at))
    ? { lines: 1, said: said(lines, at, at + 1) }
    : null

const divider =
  /^(?:oprindelig|original|videresendt|forwarded)\s(?:meddelelse|besked|e-?mail|mail|message)\s?:?$/iu
const cited = /^(?:citat|quote|quoting)(?: fra| af| from)?:? /iu
/** `Citat fra Fornavn Efternavn:`. */
const isCited = (line: string): boolean =>
  cited.test(line) && line.includes(':') && (namesIn(line.replace(cited, '')) ?? []).length > 0

const passedOn =
  /^-*\s?(?:videresendt af|forwarded by|vidarebefordrat av|weitergeleitet von)\s\p{Lu}[^:]{2,100}\s(?:den|on|am)\s\d/iu

/** A divider with nothing of a header below it, typed by hand or left when the header was cut away (MAIL 292). */
const dividerAt = (lines: readonly string[], at: number): Opening | null => {
  const line = text(lines, at)
  if (line === '' || line.length > 200) return null
  return original.test(line) ||
    forwarded.test(line) ||
    divider.test(line) ||
    passedOn.test(line) ||
    isCited(line)
    ? { lines: 1, said: said(lines, at, at + 1) }
    : null
}

/** The opening of a quotation that begins at this line; null when none does. */
export const openingAt = (lines: readonly string[], at: number): Opening | null =>
  headerBlockAt(lines, at) ??
  attributionAt(lines, at) ??
  notesBlockAt(lines, at) ??
  dashedAt(lines, at) ??
  dividerAt(lines, at)
