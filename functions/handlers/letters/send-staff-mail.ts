import { domainsOn, type Directory, type MinistryPerson } from '../../domain/directory/directory.ts'
import type { LetterClaim } from '../../domain/casefile/letter-claim.ts'
import { ministryOn } from '../../domain/directory/ministry.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { MinistryMail } from '../../mail/ministry-mails.ts'
import type { Ports } from '../../ports/ports.ts'
import { claimAndSend, type ClaimPorts } from './claim-and-send.ts'

export type StaffMailPorts = ClaimPorts & Pick<Ports, 'composer'>

/** The mailbox of the product itself at the ministry: these mails carry no token, and nobody answers them. */
const ownMailbox = 'aarshjul'

export interface StaffMail {
  readonly mail: MinistryMail
  readonly person: Pick<MinistryPerson, 'id' | 'name' | 'email'>
  /** What makes it another mail than the person's others of the kind on that day; mostly empty. */
  readonly about: string
  readonly directory: Directory
  /** The day it is for, Danish date. */
  readonly on: string
  /** The run that it belongs to; its claim names it. */
  readonly stream: StreamId
}

/**
 * Sends a mail to one of the ministry's own people: once per person, day and kind, archived and claimed as every
 * letter, but on no case's record.
 * @throws LetterUncertain while it may have gone
 */
export const sendStaffMail = async (ports: StaffMailPorts, staff: StaffMail): Promise<LetterClaim> => {
  const { mail, person, directory, on, stream } = staff
  const letterKey = ports.digest(`staff|${mail.kind}|${staff.about}|${person.id}|${on}`)
  const { domain } = domainsOn(directory, on)
  const from = `${ownMailbox}@${domain}`
  const raw = await ports.composer.compose({
    from: { name: ministryOn(on).name, address: from },
    to: [{ name: person.name, address: person.email }],
    cc: [],
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    date: ports.clock.now(),
    messageId: `<${letterKey.slice(0, 40)}@${domain}>`,
    inReplyTo: null,
    references: [],
    autoSubmitted: 'auto-generated',
    attachments: [],
  })
  return claimAndSend(ports, { letterKey, stream, raw, from, to: [person.email], sheet: null })
}
