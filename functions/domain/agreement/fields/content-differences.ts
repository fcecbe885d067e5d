import type { Language } from '../../base/values.ts'
import type { AgreementContent } from '../content.ts'
import { contentFields, ownerName, type ContentField } from './content-fields.ts'

/** One field of an agreement as it is and as it would be. */
export interface ContentDifference {
  readonly name: string
  /** `M1`; empty for the agreement as a whole. */
  readonly owner: string
  readonly words: Readonly<Record<Language, string>>
  /** Empty: nothing stands there. */
  readonly from: string
  readonly to: string
  /** The whole of its owner comes in, or lapses. */
  readonly whole: 'added' | 'lapsed' | null
}

interface Titled {
  readonly key: string
  readonly title: string
}

const ownersOf = (content: AgreementContent): readonly Titled[] => [
  ...content.targets,
  ...content.assumptions,
  ...(content.actionPlan?.actions ?? []),
]

const awaitingWords = { da: 'fordeling mellem kommunerne', en: 'apportionment between the municipalities' }

/** A divided target that waits for its apportionment, or has got it. */
const apportionments = (before: AgreementContent, after: AgreementContent): readonly ContentDifference[] =>
  after.targets.flatMap((target): ContentDifference[] => {
    const old = before.targets.find((one) => one.key === target.key)
    if (old === undefined || old.awaits === target.awaits) return []
    const name = ownerName(target.key)
    return [
      {
        name: `${target.key}.awaits`,
        owner: target.key,
        words: { da: `${name.da}, ${awaitingWords.da}`, en: `${name.en}, ${awaitingWords.en}` },
        from: old.awaits === undefined ? '' : 'skal aftales',
        to: target.awaits === undefined ? 'aftalt' : 'skal aftales',
        whole: null,
      },
    ]
  })

/** Every field in which two versions of an agreement differ, in the agreement's own order. */
export const contentDifferences = (
  before: AgreementContent,
  after: AgreementContent,
): readonly ContentDifference[] => {
  const [old, now] = [ownersOf(before), ownersOf(after)]
  const isIn = (list: readonly Titled[], key: string): boolean => list.some((one) => one.key === key)
  const whole = (one: Titled, is: 'added' | 'lapsed'): ContentDifference => ({
    name: one.key,
    owner: one.key,
    words: ownerName(one.key),
    from: is === 'added' ? '' : one.title,
    to: is === 'added' ? one.title : 'bortfalder',
    whole: is,
  })
  const added = now.filter((one) => !isIn(old, one.key))
  const was = new Map(contentFields(before).map((one) => [one.name, one]))
  const row = (field: ContentField): ContentDifference[] => {
    const from = was.get(field.name)?.shown ?? ''
    const { name, owner, words, shown } = field
    return from === shown ? [] : [{ name, owner, words, from, to: shown, whole: null }]
  }
  const fields = contentFields(
    after,
    added.map((one) => one.key),
  )
  const gone = contentFields(before).filter(
    (one) => !fields.some(({ name }) => name === one.name) && (one.owner === '' || isIn(now, one.owner)),
  )
  return [
    ...old.filter((one) => !isIn(now, one.key)).map((one) => whole(one, 'lapsed')),
    ...added.map((one) => whole(one, 'added')),
    ...fields.flatMap(row),
    ...gone
      .filter(({ shown }) => shown !== '')
      .map(({ name, owner, words, shown }) => ({ name, owner, words, from: shown, to: '', whole: null })),
    ...apportionments(before, after),
  ]
}
