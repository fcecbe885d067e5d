import * as z from 'zod'
import type { Contact } from '../domain/agreement/content.ts'
import { isWithin } from '../domain/base/time.ts'
import type { Wish } from '../domain/casefile/reading.ts'
import { canonicalAddress } from './mailbox.ts'
import type { ParsedMessage } from './message.ts'

export const verdictSchema = z.enum(['PASS', 'FAIL', 'GRAY', 'PROCESSING_FAILED', 'DISABLED'])
type Verdict = z.infer<typeof verdictSchema>

/** What the receiving system found, never anything that stands in the mail (MAIL 24, security 1-2). */
export interface Verdicts {
  readonly spf: Verdict
  readonly dkim: Verdict
  readonly dmarc: Verdict
  readonly spam: Verdict
  readonly virus: Verdict
}

const heldReasons = [
  'from-unclear',
  'parsers-disagree',
  'virus',
  'spam',
  'not-authenticated',
  'no-policy',
  'verdict-missing',
  'unknown-address',
  'colleague-unmatched',
] as const
type HeldReason = (typeof heldReasons)[number]

/** Is it who sent the mail that a mail was held for? Null: it was held for something else. */
export const heldForSender = (reason: string): HeldReason | null =>
  heldReasons.find((known) => known === reason) ?? null

/** Who sent a mail, as far as the registry and the receiving system say. */
export type Sender =
  | { readonly is: 'contact' | 'co-reporter' | 'main-mailbox'; readonly contact: Contact }
  | { readonly is: 'colleague'; readonly address: string; readonly municipality: string }
  | {
      readonly is: 'held'
      readonly reason: HeldReason
      /** The registered person whose address it bears: she may get the neutral notice, once a day. */
      readonly claims: Contact | null
    }
  /** From one of our own addresses: dropped silently (MAIL 22). */
  | { readonly is: 'ourselves' }

/** Domains that anybody can have an address in: no colleague of anyone is known by them. */
const publicDomains = new Set(
  'gmail.com googlemail.com hotmail.com hotmail.dk outlook.com outlook.dk live.com live.dk msn.com yahoo.com yahoo.dk icloud.com me.com mac.com mail.dk jubii.dk ofir.dk stofanet.dk youmail.dk proton.me protonmail.com gmx.de gmx.net web.de'.split(
    ' ',
  ),
)

const domainOf = (address: string): string => address.slice(address.indexOf('@') + 1)

/** Is an address in the same domain as a contact's own, and that no domain of everybody's? */
const isOwnDomain = (address: string, contactEmail: string): boolean => {
  const contact = canonicalAddress(contactEmail)
  const domain = contact === null ? '' : domainOf(contact)
  return domain !== '' && !publicDomains.has(domain) && domainOf(address) === domain
}

/** A municipality's own domains: those of its contacts' addresses, public ones left out. */
const registeredDomains = (contacts: readonly Contact[]): ReadonlyMap<string, string> =>
  new Map(
    contacts.flatMap(({ email, municipality }): [string, string][] => {
      const address = canonicalAddress(email)
      const domain = address === null ? '' : domainOf(address)
      return domain === '' || publicDomains.has(domain) ? [] : [[domain, municipality]]
    }),
  )

/** As which of their roles a registered person writes. */
export const writingAs = (contact: Contact): 'contact' | 'co-reporter' | 'main-mailbox' =>
  contact.role === 'co-reporter' || contact.role === 'main-mailbox' ? contact.role : 'contact'

/** The roles of one address, the one that may do most first. */
const roleOrder = ['contact', 'deputy', 'signatory', 'co-reporter', 'main-mailbox']

interface SenderToClassify {
  readonly message: Pick<ParsedMessage, 'from' | 'flags'>
  readonly verdicts: Verdicts
  /** Contacts of the agreement the mail was matched with; of every agreement when it was matched with none. */
  readonly contacts: readonly Contact[]
  /** Danish date of receipt. */
  readonly on: string
  /** Whether the mail names a request of ours. */
  readonly matched: boolean
  /** Domains we send from. */
  readonly ownDomains: readonly string[]
}

/**
 * Classifies a sender (MAIL 13-25, intake/README.md, "Who counts"). From alone is the identity: not Sender, not
 * Reply-To, not the display name. Nothing but DMARC PASS lets an address stand for a person.
 */
export const classifySender = ({
  message,
  verdicts,
  contacts,
  on,
  matched,
  ownDomains,
}: SenderToClassify): Sender => {
  const held = (reason: HeldReason, claims: Contact | null = null): Sender => ({ is: 'held', reason, claims })
  const [from] = message.from
  const address = from === undefined ? null : canonicalAddress(from.address)
  const isUnclear = message.flags.some((flag) => flag === 'several-from-headers' || flag === 'from-unclear')
  if (message.from.length !== 1 || isUnclear || address === null) return held('from-unclear')
  if (ownDomains.some((domain) => domainOf(address) === domain.toLowerCase())) return { is: 'ourselves' }
  if (message.flags.some((flag) => flag === 'repeated-header' || flag === 'nul-in-header'))
    return held('parsers-disagree')
  const valid = contacts.filter(({ validFrom, validTo }) => isWithin(on, { from: validFrom, to: validTo }))
  const contact =
    valid
      .filter(({ email }) => canonicalAddress(email) === address)
      .toSorted((a, b) => roleOrder.indexOf(a.role) - roleOrder.indexOf(b.role))[0] ?? null
  if (verdicts.virus === 'FAIL' || verdicts.virus === 'PROCESSING_FAILED') return held('virus')
  if (verdicts.spam === 'FAIL') return held('spam')
  if (verdicts.dmarc === 'PROCESSING_FAILED' || verdicts.dmarc === 'DISABLED')
    return held('verdict-missing', contact)
  if (verdicts.dmarc === 'FAIL') return held('not-authenticated', contact)
  if (verdicts.dmarc === 'GRAY') return held('no-policy', contact)
  if (verdicts.virus !== 'PASS') return held('verdict-missing', contact)
  if (contact !== null) return { is: writingAs(contact), contact }
  const municipality = registeredDomains(contacts).get(domainOf(address))
  if (municipality === undefined) return held('unknown-address')
  return matched ? { is: 'colleague', address, municipality } : held('colleague-unmatched')
}

/** Addresses a mail names as helpers: those who may report from now on, and those who may not. */
interface NamedHelpers {
  readonly accepted: readonly string[]
  readonly refused: readonly string[]
}

/**
 * Helpers named under `Medindberetter` (MAIL 126): by the contact or the deputy alone, and in the municipality's own
 * domain. Everybody else's line, and every other address, is refused with a sentence. Null: none is named.
 */
export const namedHelpers = (sender: Sender, wishes: readonly Wish[]): NamedHelpers | null => {
  const emails = wishes.flatMap((wish) => (wish.wish === 'co-reporters' ? wish.emails : []))
  const addresses = [...new Set(emails.map((email) => canonicalAddress(email) ?? email))]
  if (addresses.length === 0) return null
  const own = sender.is === 'contact' ? sender.contact.email : null
  const isAccepted = (address: string): boolean =>
    own !== null && canonicalAddress(address) !== null && isOwnDomain(address, own)
  return {
    accepted: addresses.filter(isAccepted),
    refused: addresses.filter((address) => !isAccepted(address)),
  }
}
