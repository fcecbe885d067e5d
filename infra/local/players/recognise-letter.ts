import type { LetterKind } from '../../../functions/domain/casefile/letter-kinds.ts'

/** What a reader takes a mail of the ministry for; `other` is put aside unanswered. */
export type SeenKind = LetterKind | 'other'

interface Sign {
  readonly kind: LetterKind
  readonly subject?: RegExp
  readonly text?: RegExp
}

// Letters the ministry sends of its own accord: the subject says what they are (LETTERS 4, English 5).
// The order decides: a reminder's subject also says "indberetning", a proposal's reminder also "forslag".
const letters: readonly Sign[] = [
  { kind: 'contact-confirmation', subject: /er I fortsat kontakt|still the contact/i },
  {
    kind: 'first-time-next-year',
    subject: /indberetter første gang|report for the first time/i,
  },
  { kind: 'held-mail-notice', subject: /er denne mail fra jer|is this mail from you/i },
  { kind: 'hearing', subject: /^(?:UDKAST til bedømmelse|DRAFT assessment)/i },
  { kind: 'correction-sheet', subject: /rettelsesblad nr\.|correction sheet no\./i },
  { kind: 'fact-check', subject: /faktatjek|fact check/i },
  { kind: 'experiences', subject: /erfaringer fra årets aftaler|experiences from the year/i },
  { kind: 'dissemination', subject: /formidling af erfaringer|dissemination of/i },
  { kind: 'final-return', subject: /slutindberetning|final return/i },
  {
    kind: 'proposal-reminder',
    subject: /(?:påmindelse|reminder).*(?:tillæg|rider)|(?:tillæg|rider).*(?:påmindelse|reminder)/i,
  },
  { kind: 'rider', subject: /tillæg nr\. \d+ er tiltrådt|rider no\. \d+ (?:has been )?accepted/i },
  { kind: 'counter-proposal-answer', subject: /ændringsforslag|counter-proposal/i },
  { kind: 'intended-decision', subject: /: påtænkt afgørelse om |: intended decision on /i },
  { kind: 'decision-on-money', subject: /: afgørelse om |: decision on /i },
  { kind: 'proposal-lapsed', subject: /bortfald|lapsed/i },
  { kind: 'withdrawal', subject: /trækkes tilbage|trukket tilbage|withdrawn/i },
  { kind: 'proposal', subject: /forslag til tillæg|proposal for rider|proposed rider/i },
  {
    kind: 'renegotiation-declined',
    subject: /ikke grundlag for genforhandling|no ground for renegotiation/i,
  },
  { kind: 'renegotiation-opened', subject: /genforhandling af mål|renegotiation of target/i },
  { kind: 'observed-value', subject: /forudsætning \d+ er opgjort|assumption \d+ is known/i },
  { kind: 'later-figure', subject: /ét tal mere|tal mere for|one more figure/i },
  { kind: 'to-deputy', subject: /til stedfortræder|to the deputy/i },
  { kind: 'courtesy-notice', subject: /frist om to uger|due in two weeks/i },
  { kind: 'reminder-2', subject: /sidste påmindelse|last reminder/i },
  {
    kind: 'reminder-1',
    subject: /påmindelse om indberetning|vi mangler .* for \d{4}|reminder of results|missing for \d{4}/i,
  },
  { kind: 'collection-closed', subject: /foretages nu|are assessed now/i },
  { kind: 'final-assessment', subject: /: bedømmelse af resultaterne|assessment of the results/i },
  { kind: 'contact-changed', subject: /: ny kontakt|: new contact/i },
  { kind: 'mail-erased', subject: /: en mail fra jer er slettet|: a mail from you has been erased/i },
  { kind: 'neutral-notice', subject: /en mail med jeres adresse|a mail with your address/i },
  { kind: 'request', subject: /: (?:indberetning for \d{4}, frist|results for \d{4}, due)/i },
]

// Answers to a mail of ours: the subject is ours again, so only the first lines tell (LETTERS 4.3-4.5). One
// that tells nothing is put aside: taken by its subject for a letter it would be answered again and again.
const answers: readonly Sign[] = [
  {
    kind: 'no-authority',
    text: /^(?:Tak\. Tillægget træder i kraft, når|Thank you\. The rider takes effect when)/,
  },
  {
    kind: 'fact-check-answer',
    text: /svar af .{5,30} på faktatjekket|your answer of .{5,30} to the fact check/,
  },
  // A receipt to the answer to a question bears the question's subject too: the first words tell them apart.
  {
    kind: 'receipt',
    text: /^(?:Tak\b(?! for indberetningen)|Thank you(?! for the return)|Vi har allerede modtaget|We have already received)/,
  },
  { kind: 'question', subject: /spørgsmål om jeres tal|questions? about your/i },
  { kind: 'extension-received', text: /^(?:Anmodningen er modtaget|Your request has been received)/ },
  { kind: 'extension-granted', text: /I får udsættelse\.|extension is granted\./ },
  { kind: 'extension-refused', text: /kan ikke give udsættelse|cannot give an extension/ },
  {
    kind: 'renegotiation-wish-received',
    text: /modtaget kommunens ønske om genforhandling|received the municipality's wish to renegotiate/,
  },
  { kind: 'party-declined', text: /at kommunen ikke tiltræder|municipality declines the proposal/ },
  { kind: 'party-accepted', text: /modtaget, at .{3,60} tiltræder tillægget|accepts the rider\./ },
  {
    kind: 'hearing-comment',
    subject: /en anden parts bemærkning i høringen|another party's comment in the hearing/i,
  },
  {
    kind: 'hearing-receipt',
    text: /modtaget, at kommunen ingen bemærkninger har|modtaget kommunens bemærkninger|municipality(?: has no|'s) comments/,
  },
  { kind: 'pdf-notice', text: /kan ikke læse tal automatisk i en PDF|cannot read figures from a PDF/ },
  {
    kind: 'unplaced-notice',
    text: /kan ikke se, hvilken sag jeres mail|cannot see which case your mail/,
  },
  { kind: 'too-large-notice', text: /mail er for stor til at blive læst|mail is too large to be read/ },
  { kind: 'citizen-data-notice', text: /indeholder oplysninger om borgere|contains data about citizens/ },
]

/** Takes a mail for one of the letters a municipality knows, by subject and text, as a person would. */
export function recogniseLetter(subject: string, text: string): SeenKind {
  const start = text.slice(0, 2000).replaceAll(/\s+/g, ' ').trim()
  const isAnswer = /^\s*(?:SV|Re|VS)\s*:/i.test(subject)
  const bare = subject.replace(/^\s*(?:(?:SV|Re|VS)\s*:\s*)+/i, '')
  const signs = isAnswer ? answers : [...letters, ...answers]
  const found = signs.find((sign) => (sign.subject?.test(bare) ?? true) && (sign.text?.test(start) ?? true))
  return found?.kind ?? 'other'
}
