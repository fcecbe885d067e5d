import { agreementIdSchema, personIdSchema } from '../../../functions/domain/base/values.ts'
import type { ExperiencesView } from '../../../functions/web/year/experiences-view.ts'
import type { DeskOutcome, YearDesk } from '../../../functions/handlers/console/year-desk.ts'
import type { DeskCommand } from '../../../functions/web/year/desk-command.ts'
import type { PreparationView } from '../../../functions/web/views.ts'

const text =
  'Til Svendborg Kommune\n\nResultaterne for 2014 bedes indberettet.\n\nM1 i alt: ____\nM1 heraf: ____ <b>'

export const preparation: PreparationView = {
  year: 2014,
  requestOn: '2015-01-15',
  dueOn: '2015-03-02',
  releasedBy: null,
  agreements: [
    {
      agreement: 'svendborg-rk',
      title: 'Resultatkontrakt med Svendborg Kommune (eksempel)',
      caseNumber: '2015-0479',
      municipalities: ['479'],
      lacking: [],
      contactsConfirmed: true,
      released: false,
      letters: [
        {
          kind: 'request',
          to: ['mette@svendborg.example'],
          subject: 'Resultatkontrakt: indberetning for 2014',
          text,
        },
      ],
    },
    {
      agreement: 'fanoe-pa',
      title: 'Partnerskabsaftale med Fanø Kommune (eksempel)',
      caseNumber: '2015-0563',
      municipalities: ['563'],
      lacking: ['Ingen kontakt er registreret.'],
      contactsConfirmed: false,
      released: false,
      letters: [],
    },
  ],
}

const experienceAgreement = agreementIdSchema.parse('svendborg-rk')
const experiences: ExperiencesView = {
  year: 2014,
  cards: [
    {
      agreement: experienceAgreement,
      municipality: '479',
      mailKey: 'mail-0001',
      theme: 'danish',
      text: 'Sprogmakkere gav færre afbrudte forløb.',
      publishedOn: '2015-03-02',
      by: personIdSchema.parse('sofie'),
    },
  ],
  undecided: [
    {
      agreement: experienceAgreement,
      municipality: '479',
      mailKey: 'mail-0002',
      receivedOn: '2015-03-04',
      text: 'Mentorer fra virksomhederne fik flere i job.',
      themes: ['employment'],
    },
  ],
  letter: {
    subject: 'a'.repeat(64),
    awaitsRelease: true,
    released: null,
    sent: 96,
    left: 2,
    bounced: ['101'],
    withoutMailbox: ['825', '563'],
    unprintable: [],
  },
}

/** A desk with one of everything, that remembers what was decided at it. */
export const sampleDesk = (
  outcome: DeskOutcome = { outcome: 'done' },
): YearDesk & { readonly decided: DeskCommand[] } => {
  const decided: DeskCommand[] = []
  return {
    decided,
    preparation: async (year) => (year === 2014 ? preparation : null),
    report: async () => null,
    experiences: async (year) => (year === 2014 ? experiences : null),
    decide: async (command) => {
      decided.push(command)
      return outcome
    },
  }
}
