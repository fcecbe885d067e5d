import { printDate } from '../domain/base/danish.ts'
import { todayInCopenhagen } from '../domain/base/time.ts'
import { erasedMailLetters } from '../domain/casefile/told-of-erasure.ts'
import { owedLetters } from '../domain/renegotiation/owed.ts'
import type { CaseFacts } from './case-facts.ts'
import { declareLetter } from './declared-letter.ts'
import { mailOf, type CaseLetter, type LetterDraft, type LetterBody } from './letter.ts'
import { letterInWords } from './wording.ts'
import type { ErasureGround } from '../domain/base/mail-erased.ts'

export interface MailErasedData {
  readonly facts: CaseFacts
  readonly receivedOn: string
  readonly ground: ErasureGround
  /** Figures read in it go on counting. */
  readonly figuresStand: boolean
}

const because: Readonly<Record<ErasureGround, { readonly da: string; readonly en: string }>> = {
  'citizen-data': {
    da: 'den indeholdt oplysninger om borgere',
    en: 'it contained data about citizens',
  },
  'sent-by-mistake': {
    da: 'den var sendt til ministeriet ved en fejl',
    en: 'it had been sent to the ministry by mistake',
  },
  unlawful: {
    da: 'ministeriet ikke må opbevare dens indhold',
    en: 'the ministry may not keep its content',
  },
}

/** To whoever was not told before that the mail was set aside: it is erased, and what of it still counts. */
export const mailErased = ({ facts, receivedOn, ground, figuresStand }: MailErasedData): LetterBody => {
  const { da, en } = because[ground]
  const citizens = ground === 'citizen-data'
  return letterInWords('mail-erased', facts, {
    da: {
      subject: 'en mail fra jer er slettet',
      title: 'En mail fra jer er slettet',
      body: [
        `Ministeriet har slettet indholdet af jeres mail af ${printDate(receivedOn, 'da')}, fordi ${da}.`,
        ...(figuresStand
          ? ['De tal, der er læst i mailen, gælder fortsat. I skal ikke sende dem igen.']
          : []),
        ...(citizens ? ['Send ikke navne, CPR-numre eller andre oplysninger om borgere.'] : []),
      ],
    },
    en: {
      subject: 'a mail from you has been erased',
      title: 'A mail from you has been erased',
      body: [
        `The ministry has erased the content of your mail of ${printDate(receivedOn, 'en')}, because ${en}.`,
        ...(figuresStand ? ['The figures read in it still count. You need not send them again.'] : []),
        ...(citizens ? ['Do not send names, CPR numbers or other data about citizens.'] : []),
      ],
    },
  })
}

/** What is told of a mail whose content is erased; the mail's own words are no part of it. */
const composeMailErased = (letter: CaseLetter): LetterDraft => {
  const { erasure, receivedAt, standing, values } = mailOf(letter)
  if (erasure == null) throw new Error('the mail to tell of is not erased')
  return {
    body: mailErased({
      facts: letter.facts,
      receivedOn: todayInCopenhagen(receivedAt),
      ground: erasure.ground,
      figuresStand: standing === 'counts' && values.some(({ value }) => value.is !== 'text'),
    }),
  }
}

export const mailErasedLetter = declareLetter('mail-erased', {
  name: 'Besked om slettet mail',
  signedBy: 'caseworker',
  address: 'you',
  review: {
    owed: [({ mails, letters }) => erasedMailLetters(mails, letters)],
    compose: composeMailErased,
  },
  renegotiation: { owed: [owedLetters], compose: composeMailErased },
})
