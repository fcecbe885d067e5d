import type { AgreementContent, Target } from '../../../domain/agreement/content.ts'
import {
  contentDifferences,
  type ContentDifference,
} from '../../../domain/agreement/fields/content-differences.ts'
import { proposedContent } from '../../../domain/renegotiation/proposal.ts'
import { ministryOn } from '../../../domain/directory/ministry.ts'
import { yearOf } from '../../../domain/base/time.ts'
import { paragraph, title } from '../../../mail/block.ts'
import { toHtml } from '../../../mail/html-part.ts'
import type { AttachedDocument } from '../../../mail/letter.ts'
import { riderText, type RiderTextData } from '../../../mail/rider.ts'
import { fieldClause } from '../../../mail/proposal-changes.ts'
import { targetWording } from '../../../mail/rider-wording.ts'
import type { Ports } from '../../../ports/ports.ts'
import { namesOf, type RenegotiationLetter } from './shared.ts'
import type { Proposal } from '../../../domain/renegotiation/slices/proposal.ts'

/** Grants of the years after the rider takes effect, where the agreement has them under the Finance Act. */
const reservedYears = (content: AgreementContent, effectiveFrom: string): readonly number[] =>
  content.reservation === null
    ? []
    : [
        ...new Set(
          (content.actionPlan?.actions ?? [])
            .flatMap((action) => action.grants.map((grant) => grant.year))
            .filter((year) => year > yearOf(effectiveFrom)),
        ),
      ].toSorted((a, b) => a - b)

const targetOf = (content: AgreementContent, key: string): Target => {
  const target = content.targets.find((one) => one.key === key)
  if (target === undefined) throw new Error(`the agreement has no target ${key}`)
  return target
}

/** What a proposal changes beside values to reach, field by field. */
export const otherChanges = (
  content: AgreementContent,
  proposal: Pick<Proposal, 'changes' | 'content'>,
): readonly ContentDifference[] => {
  const values = new Set(proposal.changes.map(({ target, year }) => `${target}.value.${year}`))
  return contentDifferences(content, proposedContent(content, proposal)).filter(
    ({ name }) => !values.has(name),
  )
}

/** A target that was there before is worded anew as a whole; a new one is said field by field. */
const isWording = ({ name, owner }: ContentDifference, all: readonly ContentDifference[]): boolean =>
  /^M\d+\.(?:title|value\.\d+)$/u.test(name) &&
  !all.some((one) => one.owner === owner && one.whole === 'added')

/** What the rider of a proposal says, by the letter's own date. */
export const riderTextData = (letter: RenegotiationLetter, proposal: Proposal): RiderTextData => {
  const { content } = letter
  const changed = proposedContent(content, proposal)
  const others = otherChanges(content, proposal)
  const reworded = others.filter((one) => isWording(one, others)).map(({ owner }) => owner)
  const keys = [...new Set([...proposal.changes.map((change) => change.target), ...reworded])]
  return {
    facts: letter.facts,
    riderNumber: proposal.riderNumber,
    ministry: ministryOn(letter.context.on).name,
    parties: namesOf(letter.state.parties.map((one) => one.municipality)),
    clauses: keys.map((key) => ({ target: key, wording: targetWording(targetOf(changed, key)) })),
    otherClauses: others.filter((one) => !isWording(one, others)).map(fieldClause),
    effectiveFrom: proposal.effectiveFrom,
    reservedYears: reservedYears(changed, proposal.effectiveFrom),
  }
}

/** The rider as a file of its own, in the archive under its hash before the letter names it. */
export const riderDocument = async (
  ports: Pick<Ports, 'archive' | 'digest'>,
  letter: RenegotiationLetter,
  proposal: Proposal,
  stage: 'draft' | 'agreed',
): Promise<AttachedDocument> => {
  const [first = '', ...rest] = riderText(riderTextData(letter, proposal))
  const heading = stage === 'draft' ? `Udkast: ${first}` : first
  const html = toHtml([title(heading), ...rest.map(paragraph)], heading, 'da')
  const archiveKey = `riders/${ports.digest(html)}`
  await ports.archive.putOnce(archiveKey, new TextEncoder().encode(html), 'text/html; charset=utf-8')
  const fileName = `tillaeg-nr-${proposal.riderNumber}${stage === 'draft' ? '-udkast' : ''}.html`
  return { fileName, archiveKey }
}
