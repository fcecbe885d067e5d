import type { ErasureGround } from '../../domain/base/stream.ts'
import type { Erasure, ErasureEvent } from '../../domain/casefile/erasures.ts'
import { type NameOf, day, moment } from '../words.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'

export const erasureGroundWords: Readonly<Record<ErasureGround, string>> = {
  'citizen-data': 'oplysninger om borgere, som ikke skulle være sendt',
  'sent-by-mistake': 'sendt til ministeriet ved en fejl',
  unlawful: 'ministeriet må ikke opbevare indholdet af anden grund',
}

const said = (head: string, text: string | undefined): string =>
  text === undefined || text === '' ? head : `${head}: ${text}`

/** What a step of an erasure says, in one Danish sentence. */
export const erasureText = (event: ErasureEvent): string => {
  switch (event.type) {
    case 'ErasureAsked':
      return said(
        `Der er bedt om at slette en mails indhold (${erasureGroundWords[event.ground]})`,
        event.private?.reason,
      )
    case 'ErasureDeclined':
      return said('Mailens indhold slettes ikke', event.private?.reason)
    case 'ErasureConfirmed':
      return 'Det er besluttet at slette mailens indhold'
    case 'MailErased':
      return `En mails indhold er slettet (${erasureGroundWords[event.ground]})`
    default:
      return event satisfies never
  }
}

/** `slettet den 3. marts 2015`; null for a mail that is not erased. */
export const erasedOn = (erasure: Erasure | undefined): string | null =>
  erasure === undefined || erasure.erasedAt === null
    ? null
    : `slettet den ${day(todayInCopenhagen(erasure.erasedAt))}`

/** How far it has come, for whoever looks for the mail. */
export const erasureStatus = (erasure: Erasure, nameOf: NameOf): string => {
  if (erasure.erasedAt !== null)
    return `Mailens indhold blev slettet ${moment(erasure.erasedAt)}, fordi det er ${erasureGroundWords[erasure.ground]}. ${nameOf(erasure.askedBy)} bad om det, og ${nameOf(erasure.confirmedBy ?? '')} besluttede det.`
  if (erasure.confirmedBy !== null)
    return `${nameOf(erasure.confirmedBy)} har besluttet, at mailens indhold slettes. Det sker inden for få minutter.`
  return `${nameOf(erasure.askedBy)} har ${moment(erasure.askedAt)} bedt om, at mailens indhold slettes. En anden skal tage stilling. Mailen vises ikke imens.`
}
