import * as z from 'zod'
import { addressesIn, domainOf, valuesOf, type HeaderField } from './header-block.ts'

const verdictSchema = z.enum(['PASS', 'FAIL', 'GRAY', 'PROCESSING_FAILED'])
export type Verdict = z.infer<typeof verdictSchema>

/** What SES would find for mail of one domain. What is left out is PASS for spam and virus, GRAY for the rest. */
export const domainVerdictsSchema = z.strictObject({
  spam: verdictSchema.optional(),
  virus: verdictSchema.optional(),
  spf: verdictSchema.optional(),
  dkim: verdictSchema.optional(),
  dmarc: verdictSchema.optional(),
  /** The domain's published policy; it shows only when DMARC failed, as with SES. */
  dmarcPolicy: z.enum(['none', 'quarantine', 'reject']).optional(),
})
export type DomainVerdicts = z.infer<typeof domainVerdictsSchema>

export interface Verdicts {
  readonly spam: Verdict
  readonly virus: Verdict
  readonly spf: Verdict
  readonly dkim: Verdict
  readonly dmarc: Verdict
  readonly dmarcPolicy?: 'none' | 'quarantine' | 'reject'
}

const worst: readonly Verdict[] = ['FAIL', 'PROCESSING_FAILED', 'GRAY', 'PASS']
const worse = (a: Verdict, b: Verdict): Verdict => (worst.indexOf(a) < worst.indexOf(b) ? a : b)

/**
 * The verdicts on a mail, from the table alone: the sender can write any header he likes, so none of
 * them counts but the From address, whose domain is looked up. When envelope and From name
 * different domains, the worse of both counts, so that an unlisted sender cannot borrow a listed domain.
 */
export function verdictsOn(
  table: Readonly<Record<string, DomainVerdicts>>,
  envelopeFrom: string,
  fields: readonly HeaderField[],
): Verdicts {
  const from = valuesOf(fields, 'From').flatMap(addressesIn).map(domainOf)
  const [fromDomain] = from
  // No From, or several: SES gives no opinion on whose mail it is.
  const header = fromDomain === undefined || from.length > 1 ? {} : rowOf(table, fromDomain)
  const envelopeDomain = domainOf(envelopeFrom)
  const envelope =
    envelopeDomain === '' || envelopeDomain === fromDomain ? header : rowOf(table, envelopeDomain)
  const dmarc = worse(header.dmarc ?? 'GRAY', envelope.dmarc ?? 'GRAY')
  const policy = header.dmarcPolicy
  return {
    spam: worse(header.spam ?? 'PASS', envelope.spam ?? 'PASS'),
    virus: worse(header.virus ?? 'PASS', envelope.virus ?? 'PASS'),
    // A mail without an envelope sender (a bounce, an automatic reply) has nothing for SPF to look at.
    spf: envelopeDomain === '' ? 'GRAY' : (envelope.spf ?? 'GRAY'),
    dkim: worse(header.dkim ?? 'GRAY', envelope.dkim ?? 'GRAY'),
    dmarc,
    ...(dmarc === 'FAIL' && policy !== undefined ? { dmarcPolicy: policy } : {}),
  }
}

function rowOf(table: Readonly<Record<string, DomainVerdicts>>, domain: string): DomainVerdicts {
  return (Object.hasOwn(table, domain) ? table[domain] : undefined) ?? {}
}
