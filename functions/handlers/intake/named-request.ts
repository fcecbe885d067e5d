import type { InboxHome } from '../../domain/inbox/inbox.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { Ports } from '../../ports/ports.ts'
import { renegotiationCase } from '../streams/renegotiation-case.ts'
import { reviewCase } from '../streams/review-case.ts'
import { loadCase } from '../record/perform.ts'
import type { Named } from './placing.ts'

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

export const namedRequest = async (
  ports: Pick<Ports, 'streams'>,
  stream: StreamId,
): Promise<NamedRequest | null> => {
  if (stream.startsWith('RENEGOTIATION#')) {
    const { agreement, content, letters } = (await loadCase(ports, renegotiationCase, stream)).state
    if (agreement === null || content === null) return null
    const parties = content.parties.map(({ municipality }) => municipality)
    return { agreement, year: null, caseNumber: content.caseNumber, parties, letters }
  }
  const { agreement, content, letters, year } = (await loadCase(ports, reviewCase, stream)).state
  if (agreement === null || content === null) return null
  const parties = content.parties.map(({ municipality }) => municipality)
  return { agreement, year, caseNumber: content.caseNumber, parties, letters }
}

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
