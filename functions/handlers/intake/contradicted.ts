import type { InboxHome } from '../../domain/inbox/inbox.ts'
import { agreementStream, reviewStream, streamKind, type StreamId } from '../../domain/base/stream-id.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import { caseSigns, contradiction } from '../../intake/belonging.ts'
import { agreementCase } from '../streams/agreement-case.ts'
import { loadCase } from '../record/perform.ts'
import { readSheets, type ArrivingMail } from './arriving.ts'
import { openCases } from './likely-homes.ts'
import { isOfPerson } from './is-of-person.ts'
import { namedRequest, partyNamed } from './named-request.ts'
import type { Named } from './placing.ts'
import type { ReadingPorts } from './read-mail.ts'
import type { Envelope } from './received-mail.ts'

/** The other agreements of a municipality, by the case number each bears now. */
const otherAgreements = async (
  ports: ReadingPorts,
  own: AgreementId,
  parties: readonly string[],
): Promise<readonly { readonly agreement: AgreementId; readonly caseNumber: string }[]> => {
  const ids = (await ports.register.agreements()).filter((id) => id !== own)
  const all = await Promise.all(
    ids.map(async (agreement) => {
      const { state } = await loadCase(ports, agreementCase, agreementStream(agreement))
      const content = state.versions.at(-1)?.content
      return content?.parties.some(({ municipality }) => parties.includes(municipality)) === true
        ? [{ agreement, caseNumber: content.caseNumber }]
        : []
    }),
  )
  return all.flat()
}

/**
 * Whether what a mail says it is about is not what its token names: another agreement's number or another year's
 * form or workbook inside (MAIL 128, 131). Then a person places it, and neither case is filled; both are suggested
 * and wait for it. Null: it goes where its token says.
 */
export const contradicted = async (
  ports: ReadingPorts,
  mail: ArrivingMail,
  envelope: Envelope,
  home: Named & { readonly stream: StreamId },
): Promise<{
  readonly reason: string
  readonly homes: readonly InboxHome[]
  readonly notice: null
} | null> => {
  const request = await namedRequest(ports, home.stream)
  if (request === null) return null
  const { agreement, caseNumber } = request
  const { sheets } = await readSheets(ports, mail.message)
  const signs = caseSigns(mail.message, sheets)
  const year = request.year ?? signs.formYears[0] ?? 0
  const isOwn =
    signs.caseNumbers.every((number) => number === caseNumber) &&
    (signs.formYears.length === 0 || signs.formYears.includes(year))
  if (isOwn || !(await isOfPerson(ports, mail, envelope))) return null
  const party = partyNamed(request, home)
  const others = await otherAgreements(ports, agreement, party === null ? request.parties : [party])
  const found = contradiction(signs, {
    year,
    caseNumber,
    otherCaseNumbers: others.map((other) => other.caseNumber).filter((number) => number !== caseNumber),
  })
  if (found === null) return null
  const named: InboxHome = { stream: home.stream, agreement, party, because: 'token' }
  if (found.kind === 'other-case') {
    const meant = others.filter((other) => other.caseNumber === found.caseNumber)
    const cases = await Promise.all(meant.map(async (other) => openHomes(ports, other.agreement, party)))
    return { reason: found.kind, homes: [...cases.flat(), named], notice: null }
  }
  const stream = reviewStream(found.year, agreement)
  const homes = (await openHomes(ports, agreement, party)).filter((open) => open.stream === stream)
  return {
    reason: found.kind,
    homes: [...homes.map((one) => ({ ...one, because: 'form-year' as const })), named],
    notice: null,
  }
}

const openHomes = async (
  ports: ReadingPorts,
  agreement: AgreementId,
  party: string | null,
): Promise<readonly InboxHome[]> =>
  (await openCases(ports, agreement))
    .filter(({ stream }) => streamKind(stream) === 'review')
    .map(({ stream }) => ({ stream, agreement, party, because: 'case-number' }))
