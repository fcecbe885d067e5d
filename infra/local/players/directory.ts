import type { AgreementFile } from '../../../functions/domain/agreement/content.ts'
import type { KnownFigures, PlayerRole, PlayersScript } from './script.ts'

/** A person or mailbox of a municipality, found by its address. */
export interface Mailbox {
  readonly address: string
  readonly municipality: string
  readonly role: PlayerRole
}

export interface PlayerPerson {
  readonly name: string
  readonly title: string
  readonly email: string
}

/** Who is who, from the agreements' own contacts and the script's people. */
export interface Directory {
  readonly mailboxes: readonly Mailbox[]
  /** The agreement a letter is about, by the ministry's case number in its subject. */
  agreementOf(caseNumber: string | null, municipality: string): string | null
  personOf(municipality: string, role: string): PlayerPerson | null
  figuresOf(agreement: string | null, municipality: string): Readonly<Record<string, string>>
}

/** Builds the directory. A person with a role in two agreements of a municipality is one. */
export function directoryOf(
  agreements: readonly AgreementFile[],
  script: PlayersScript,
  figures: KnownFigures,
): Directory {
  const mailboxes = new Map<string, Mailbox>()
  const people = new Map<string, PlayerPerson>()
  const byCase = new Map<string, string>()
  const firstOf = new Map<string, string>()
  for (const { agreement, contacts } of agreements) {
    byCase.set(agreement.caseNumber, agreement.id)
    for (const { municipality } of agreement.parties)
      if (!firstOf.has(municipality)) firstOf.set(municipality, agreement.id)
    for (const { email, municipality, role, name, title } of contacts) {
      if (role === 'co-reporter') continue
      const address = email.toLowerCase()
      if (!mailboxes.has(address)) mailboxes.set(address, { address, municipality, role })
      if (!people.has(`${municipality} ${role}`))
        people.set(`${municipality} ${role}`, { name, title, email })
    }
  }
  const known: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> = figures
  return {
    mailboxes: [...mailboxes.values()],
    agreementOf: (caseNumber, municipality) =>
      byCase.get(caseNumber ?? '') ?? firstOf.get(municipality) ?? null,
    personOf(municipality, role) {
      const outsider = role.startsWith('@') ? script.people[role] : undefined
      return outsider === undefined
        ? (people.get(`${municipality} ${role}`) ?? null)
        : { title: '', ...outsider }
    },
    figuresOf: (agreement, municipality) => known[agreement ?? '']?.[municipality] ?? {},
  }
}
