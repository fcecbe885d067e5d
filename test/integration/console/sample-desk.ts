import { agreementIdSchema, personIdSchema } from '../../../functions/domain/base/values.ts'
import type { ExperiencesView } from '../../../functions/web/year/experiences-view.ts'
import { contentFields } from '../../../functions/domain/agreement/fields/content-fields.ts'
import type { DraftView } from '../../../functions/web/year/draft-view.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import type { DeskOutcome, YearDesk } from '../../../functions/handlers/console/year-desk.ts'
import type { DeskCommand } from '../../../functions/web/year/desk-command.ts'
import type { MatterView, PreparationView, RenegotiationView } from '../../../functions/web/views.ts'

const subject = 'e'.repeat(64)
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

export const matter: MatterView = {
  observationId: 'kvoter:2015',
  title: 'Kommunekvoter for 2015',
  knownOn: '2015-03-27',
  source: 'Udlændingestyrelsen',
  subject,
  questions: ['461', '607', '630'].map((municipality, at) => ({
    agreement: `aftale-${municipality}`,
    seq: 1,
    title: `Aftale ${municipality}`,
    municipalities: [municipality],
    finding: 'reference 42, konstateret 97: +131 pct., grænse 40 pct.',
    targets: [{ key: 'M1', title: 'Antal i job' }],
    wish: at === 2 ? 'Vi ønsker <i>genforhandling</i>' : '',
    decided: at === 1 ? ('declined' as const) : null,
  })),
}

export const renegotiation: RenegotiationView = {
  agreement: 'odense-rk',
  seq: 1,
  title: 'Resultatkontrakt med Odense Kommune (eksempel)',
  caseNumber: '2015-0461',
  municipalities: ['461'],
  status: 'udkast til tillæg venter på godkendelse',
  grounds: [{ at: '2015-03-27T11:00:00.000Z', text: 'forudsætning · FS1: 97 mod reference 42' }],
  targets: [
    {
      key: 'M1',
      title: 'Antal i job',
      unit: 'personer',
      years: [{ year: 2015, value: '80', suggested: '185' }],
    },
  ],
  proposal: {
    subject,
    round: 1,
    effectiveFrom: '2015-07-01',
    draftedBy: 'Sofie Eksempel',
    note: 'kvoten er fordoblet',
    differences: [{ field: 'Mål 1, målværdi for 2015', now: '80', proposed: '105' }],
    approvedBy: [],
    endsOn: null,
  },
  sentBack: null,
  riderRefused: null,
  answers: [
    {
      party: '461',
      at: '2015-05-01T08:00:00.000Z',
      answer: 'bemærkning',
      mailKey: 'mail-answer-1',
      text: 'Hvornår <b>?',
    },
  ],
  may: {
    propose: true,
    approve: true,
    withdraw: true,
    answerCounter: [
      {
        mailKey: 'mail-counter-1',
        party: '461',
        text: 'M1: 100',
        round: 1,
        mostRounds: 3,
        differences: [{ field: 'Mål 1, målværdi for 2015', now: '80', last: '105', proposed: '100' }],
      },
    ],
    markAnswer: [
      { mailKey: 'mail-mark-1', party: '461', at: '2015-05-02T08:00:00.000Z', text: 'Vi tiltræder.' },
    ],
    heldMails: [
      {
        mailKey: 'mail-held-1',
        party: '461',
        from: 'x@odense.example',
        receivedAt: '2015-05-02T08:00:00.000Z',
        reason: 'unknown-address',
        text: 'Hej',
        registered: ['kontakt@odense.example'],
      },
    ],
    recordWithdrawal: true,
    wishTakenBack: false,
  },
  timeline: [
    { at: '2015-03-27T11:00:00.000Z', who: 'systemet', what: 'Spørgsmål om genforhandling er rejst' },
  ],
  mails: [],
  letters: [
    {
      kind: 'renegotiation-opened',
      to: 'mette@odense.example',
      sentAt: '2015-04-13T08:00:00.000Z',
      subject: 'Genforhandling',
      text,
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

/** A draft of Svendborg's agreement under another name. */
const draft: Omit<DraftView, 'asked'> = {
  agreement: 'odense-rk',
  seq: 1,
  title: 'Resultatkontrakt med Odense Kommune (eksempel)',
  fields: contentFields(svendborg.agreement),
  differences: [{ field: 'Mål 1, målværdi for 2015', now: '80', proposed: '105' }],
  owners: [
    { key: 'M1', title: 'Antal i job', awaits: true },
    { key: 'FS1', title: 'Kommunekvoten', awaits: false },
  ],
  keys: ['M1', 'FS1'],
  parties: ['461'],
  effectiveFrom: '2015-07-01',
  note: 'kvoten er fordoblet',
}

/** A desk with one of everything, that remembers what was decided at it. */
export const sampleDesk = (
  outcome: DeskOutcome = { outcome: 'done' },
): YearDesk & { readonly decided: DeskCommand[] } => {
  const decided: DeskCommand[] = []
  return {
    decided,
    preparation: async (year) => (year === 2014 ? preparation : null),
    matter: async (id) => (id === matter.observationId ? matter : null),
    renegotiation: async (agreement, seq) => (agreement === 'odense-rk' && seq === 1 ? renegotiation : null),
    draft: async ({ agreement, seq }, asked) =>
      agreement === 'odense-rk' && seq === 1 ? { ...draft, asked } : null,
    report: async () => null,
    experiences: async (year) => (year === 2014 ? experiences : null),
    decide: async (command) => {
      decided.push(command)
      return outcome
    },
  }
}
