import { agreementWords } from './agreement-words.ts'
import { paragraph, title } from './block.ts'
import type { CaseFacts } from './case-facts.ts'
import { declareLetter } from './declared-letter.ts'
import type { LetterBody } from './letter.ts'
import { leadInCopy } from './review-letter.ts'

export interface CollectionClosedData {
  readonly facts: CaseFacts
  /** True when something has come: then only the rest is missing. */
  readonly partly: boolean
}

/** L3b: collection is over; the assessment is made on what there is. */
export const collectionClosed = ({ facts, partly }: CollectionClosedData): LetterBody => {
  const year = facts.resultsYear
  const { subject } = agreementWords(facts.kind, facts.language)
  if (facts.language === 'en') {
    return {
      kind: 'collection-closed',
      language: 'en',
      subject: { own: `${subject}: the results for ${year} are assessed now` },
      blocks: [
        title(`The results for ${year} are assessed now`),
        paragraph(
          `The ministry has not received ${partly ? 'the rest of ' : ''}the return and now makes the assessment on what is at hand. You get a draft for comments. If you send the figures before the hearing ends, they are included.`,
        ),
      ],
    }
  }
  return {
    kind: 'collection-closed',
    language: 'da',
    subject: { own: `${subject}: bedømmelsen af ${year} foretages nu` },
    blocks: [
      title(`Bedømmelsen af ${year} foretages nu`),
      paragraph(
        `Ministeriet har ikke modtaget ${partly ? 'resten af ' : ''}indberetningen og foretager nu bedømmelsen på det foreliggende grundlag. I får et udkast i høring. Sender I tallene inden høringsfristen, indgår de.`,
      ),
    ],
  }
}

export const collectionClosedLetter = declareLetter('collection-closed', {
  name: 'Indsamlingen er afsluttet',
  signedBy: 'office-head',
  address: 'you',
  review: {
    compose: (letter) => ({
      body: collectionClosed({ facts: letter.facts, partly: Object.keys(letter.party.figures).length > 0 }),
      cc: leadInCopy(letter),
    }),
  },
})
