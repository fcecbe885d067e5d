import { erasureRoles, openErasures, type ErasableMail } from '../../domain/casefile/erasures.ts'
import type { Task } from '../tasks.ts'
import { erasurePath } from './erasure-page.ts'
import { erasureGroundWords } from './erasure-words.ts'

/** Erasures that somebody has asked for and another person is to decide. */
export const erasureTasks = (
  stream: string,
  mails: readonly ErasableMail[],
  about: { readonly whose: string; readonly agreement: string | null },
): readonly Task[] =>
  openErasures(mails).flatMap(({ mailKey, erasure }) =>
    erasure === undefined
      ? []
      : [
          {
            kind: 'erasure',
            ...about,
            what: `en mails indhold skal måske slettes: ${erasureGroundWords[erasure.ground]}`,
            since: erasure.askedAt,
            href: erasurePath(stream, mailKey),
            roles: erasureRoles['confirm-erasure'],
            remarks: [],
            caseworker: null,
            notFor: erasure.askedBy,
          },
        ],
  )
