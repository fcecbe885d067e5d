import type { Actor } from '../domain/base/stream.ts'
import { municipalityName } from './words.ts'

/** A person's name by id; unknown ids stand for themselves. */
export type NameOf = (personId: string) => string

/** Who did it, as the timelines say it. */
export const actorText = (actor: Actor, nameOf: NameOf): string => {
  switch (actor.by) {
    case 'person':
      return nameOf(actor.personId)
    case 'contact':
      return `kontakt i ${municipalityName(actor.municipality)}`
    case 'sender':
      return 'afsenderen af en mail'
    case 'system':
      return 'systemet'
    default:
      return actor satisfies never
  }
}
