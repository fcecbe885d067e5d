import type { InboxHome } from '../../domain/inbox/inbox.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { Ports } from '../../ports/ports.ts'
import { loadCase } from '../record/perform.ts'
import { withMails } from '../streams.ts'
import type { Named } from './arriving.ts'

/** The request a mail names by its token or thread; `year` null: figures of any year may stand in it. */
export interface NamedRequest {
  readonly agreement: AgreementId
  readonly year: number | null
  readonly caseNumber: string
  readonly parties: readonly string[]
  readonly letters: readonly {
    readonly letterKey: string
    readonly order: { readonly party: string | null }
  }[]
}

export const namedRequest = (ports: Pick<Ports, 'streams'>, stream: StreamId): Promise<NamedRequest | null> =>
  withMails(stream, async (kind, mails) => {
    const facts = mails.facts((await loadCase(ports, kind, stream)).state)
    const { agreement, caseNumber, agreementParties, letters } = facts
    if (agreement === null || agreementParties === null) return null
    const year = mails.isOfOneYear ? facts.year : null
    return { agreement, year, caseNumber, parties: agreementParties, letters }
  })

/** The party a mail names by its token, or by the letter it answers; null when neither says. */
export const partyNamed = ({ letters }: NamedRequest, named: Named): string | null =>
  named.municipality ?? letters.find(({ letterKey }) => letterKey === named.letterKey)?.order.party ?? null

/** The case that a mail names itself, as a home of a mail that is kept in the inbox nevertheless. */
export const homeNamed = async (
  ports: Pick<Ports, 'streams'>,
  named: Named & { readonly stream: InboxHome['stream'] },
): Promise<InboxHome | null> => {
  const request = await namedRequest(ports, named.stream)
  return request === null
    ? null
    : {
        stream: named.stream,
        agreement: request.agreement,
        party: partyNamed(request, named),
        because: 'token',
      }
}
