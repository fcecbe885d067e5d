import { domainsOn, type Directory } from './directory.ts'

/** The ministry's domains as an installation has them, former ones too. */
export interface MinistryDomains {
  /** Where replies come to; letters to municipalities are from these. */
  readonly replyDomains: readonly string[]
  /** The ministry's own; mails to its own people and its journal are from these. */
  readonly ownDomains: readonly string[]
}

/**
 * Who our mails are from: a mailbox under one of the two kinds of domain. A letter of a case is from its token's
 * address, `svar+k479-...`; every sender of a kind of domain begins with its mailbox.
 */
const senders = {
  /** Letters of a case. */
  case: { mailbox: 'svar+*', under: 'replyDomain' },
  /** Letters to municipalities that name no case; a person reads what is answered to them. */
  general: { mailbox: 'svar', under: 'replyDomain' },
  /** Mails to the ministry's own people and its journal: nobody answers them. */
  staff: { mailbox: 'aarshjul', under: 'domain' },
} as const

/** The address on a date of a sender that is the same for all mails of its kind. */
export const senderAddress = (
  directory: Directory,
  on: string,
  sender: 'general' | 'staff',
): { readonly address: string; readonly domain: string } => {
  const { mailbox, under } = senders[sender]
  const domain = domainsOn(directory, on)[under]
  return { address: `${mailbox}@${domain}`, domain }
}

/** The domains that the mail system must have verified: with one missing, its mails stay here. */
export const sendingDomains = ({ replyDomains, ownDomains }: MinistryDomains): readonly string[] => [
  ...new Set([...replyDomains, ...ownDomains].map((domain) => domain.toLowerCase())),
]

/** Every address that mails may be from; `*` stands for any text. */
export const sendingAddresses = ({ replyDomains, ownDomains }: MinistryDomains): readonly string[] => {
  const under = { replyDomain: replyDomains, domain: ownDomains }
  return Object.values(senders).flatMap((sender) =>
    under[sender.under].map((domain) => `${sender.mailbox}@${domain.toLowerCase()}`),
  )
}

/** The domains of a directory. */
export const domainsOf = ({ ministry }: Pick<Directory, 'ministry'>): MinistryDomains => ({
  replyDomains: ministry.domains.map(({ replyDomain }) => replyDomain),
  ownDomains: ministry.domains.map(({ domain }) => domain),
})

/** What a directory would send from and the installation may not. */
export const domainsNotSetUp = (
  directory: Pick<Directory, 'ministry'>,
  installed: MinistryDomains,
): readonly string[] => {
  const known = sendingDomains(installed)
  return sendingDomains(domainsOf(directory)).filter((domain) => !known.includes(domain))
}
