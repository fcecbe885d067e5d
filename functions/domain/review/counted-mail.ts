import type { MailRecord } from '../casefile/mails.ts'
import { takenOf } from './colleagues.ts'
import { takeFigures } from './figures.ts'
import type { PartyState } from './state.ts'

/** A confirmed mail without the values that the OK left out. */
const takenFrom = (mail: MailRecord): MailRecord => ({
  ...mail,
  values: [...takenOf(mail.values, mail.excepted)],
})

/** Keys under which colleagues differ stay open until the contact answers them. */
const askedOf = (party: PartyState, mail: MailRecord): PartyState => {
  const asked = (mail.excepted ?? []).flatMap(({ key, because }) =>
    because === 'colleagues-differ' && !party.doubts.some((open) => open.kind === because && open.key === key)
      ? [{ key, kind: because, mailKey: mail.mailKey }]
      : [],
  )
  return asked.length === 0 ? party : { ...party, doubts: [...party.doubts, ...asked] }
}

/** The party after a mail that counts: its figures, but for what the OK that confirmed it left out. */
export const takeCounted = (party: PartyState, mail: MailRecord, at: string): PartyState =>
  askedOf(takeFigures(party, takenFrom(mail), at), mail)
