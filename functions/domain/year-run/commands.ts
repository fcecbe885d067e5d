import * as z from 'zod'
import { themes } from '../agreement/theme.ts'
import {
  choose,
  commandsOf,
  commandTable,
  type CommandIn,
  mailKeyField,
  missing,
  reasonField,
  requiredText,
  subjectField,
} from '../base/command.ts'
import { accept, refuse, type Refusal } from '../base/stream.ts'
import { agreementIdSchema, municipalityCodeSchema, type AgreementId } from '../base/values.ts'
import type { OfferedExperience } from '../review/slices/facts.ts'
import { refusalOfSheet, type SheetDraft } from './corrections.ts'
import { isReleased, municipalitiesLeft, type ExperienceLetter } from './experiences.ts'
import { nextNumber } from './slices/corrections.ts'
import { undecidedOf } from './slices/experiences.ts'
import type { PublishedFiles } from './slices/report.ts'
import type { RunEvent, RunState } from './state.ts'

/** A sheet whose value lies in the archive, before the record names it. */
export interface ArchivedSheet {
  readonly number: number
  readonly subject: string
  readonly archiveKey: string
}

/** What decisions on a year's run need beside its state. */
export interface RunFacts {
  /** What the agreement's sheet would say; its `sheet` is made where one may be proposed. */
  readonly draft: (SheetDraft & { readonly sheet: ArchivedSheet | null }) | null
  /** The proposed sheet's files; null: what holds has changed since it was proposed. */
  readonly issued: { readonly issuedOn: string; readonly files: PublishedFiles } | null
  /** What the municipality offers now, with its consent. */
  readonly offered: OfferedExperience | null
  /** May the words of a card stand beside the agreement's published figures? */
  readonly printable: boolean
  /** The letter with the cards, as it would go now. */
  readonly letter: ExperienceLetter
}

const command = commandsOf<RunState, RunEvent, RunFacts>({
  status: ({ status }) => status,
  municipalities: () => [],
})

const partiesOf = ({ asked }: RunState, agreement: AgreementId | undefined): readonly string[] =>
  asked.find((entry) => entry.agreement === agreement)?.municipalities ?? []

const refused = (refusal: Refusal) => ({ ok: false, refusal }) as const

/** The hash of the report on the record. */
const reportSubject = ({ report }: RunState): string | null => report?.subject ?? null

const release = command('release', {
  input: z.object({
    agreements: z
      .array(agreementIdSchema)
      .refine((chosen) => chosen.length > 0, missing('Vælg mindst én aftale.'))
      .readonly(),
  }),
  roles: ['approver'],
  label: { da: 'Frigiv de valgte', en: 'Release the chosen' },
  done: { da: 'Udsendelsen er frigivet.', en: 'The requests are released.' },
  status: ['prepared', 'running'],
  decide: (state, { agreements }, who) => {
    const known = new Set(state.asked.map((entry) => entry.agreement))
    const fresh = agreements.filter(
      (agreement) => known.has(agreement) && !state.released.includes(agreement),
    )
    return fresh.length === 0
      ? refuse('nothing-new', 'none of these agreements waits for release')
      : accept<RunEvent>({ type: 'Released', v: 1, agreements: fresh, by: who.id })
  },
})

const approveReport = command('approve-report', {
  input: z.object({ subject: subjectField }),
  roles: ['approver'],
  label: { da: 'Godkend rapporten', en: 'Approve the report' },
  done: { da: 'Afrapporteringen er godkendt.', en: 'The report is approved.' },
  status: ['compiled'],
  subject: reportSubject,
  decide: ({ report }, { subject }, who) => {
    if (report?.outdated === true) return refuse('superseded', 'the report is being compiled anew')
    return (report?.openCorrections ?? 0) > 0
      ? refuse('open-corrections', 'a correction of the fact check is undecided')
      : accept<RunEvent>({ type: 'ReportApproved', v: 1, subject, by: who.id })
  },
})

const sendReportBack = command('send-report-back', {
  input: z.object({ subject: subjectField, reason: reasonField }),
  roles: ['approver'],
  label: { da: 'Send rapporten tilbage', en: 'Send the report back' },
  done: { da: 'Afrapporteringen er sendt tilbage.', en: 'The report is sent back.' },
  status: ['compiled'],
  subject: reportSubject,
  decide: (_state, { subject, reason }, who) =>
    accept<RunEvent>({ type: 'ReportSentBack', v: 1, subject, by: who.id, private: { text: reason } }),
})

/** A caseworker's sheet of one agreement; its number is the next, one proposal at a time. */
export const proposeCorrection = command('propose-correction', {
  /** `subject`: hash of the differences that were seen. */
  input: z.object({ agreement: agreementIdSchema, subject: subjectField, reason: reasonField }),
  roles: ['caseworker'],
  label: { da: 'Foreslå rettelsesblad', en: 'Propose the correction sheet' },
  done: {
    da: 'Rettelsesbladet er foreslået og afventer godkendelse.',
    en: 'The correction sheet is proposed and waits for approval.',
  },
  status: ['frozen'],
  facts: ['draft'],
  concerns: (state, { agreement }) => partiesOf(state, agreement),
  decide: (state, asked, who, _now, { draft }) => {
    const refusal = refusalOfSheet(state, asked, draft)
    if (refusal !== null) return refused(refusal)
    const { agreement } = asked
    return draft?.sheet?.number === nextNumber(state.corrections)
      ? accept<RunEvent>({ type: 'CorrectionProposed', v: 1, agreement, ...draft.sheet, by: who.id })
      : refuse('superseded', 'another sheet was issued since')
  },
})

const onProposedSheet = {
  roles: ['approver'],
  status: ['frozen'],
  subject: ({ corrections }: RunState) => corrections.proposed?.subject ?? null,
  concerns: (state: RunState) => partiesOf(state, state.corrections.proposed?.agreement),
} as const
const sheetIsAnother = () => refuse('superseded', 'the proposed sheet is another now')

/** Another person approves: the sheet is issued with its files, archived before this is committed. */
const issueCorrection = command('issue-correction', {
  ...onProposedSheet,
  input: z.object({ subject: subjectField }),
  label: { da: 'Godkend og udsend rettelsesbladet', en: 'Approve and issue the correction sheet' },
  done: {
    da: 'Rettelsesbladet er udsendt og står ved rapporten.',
    en: 'The correction sheet is issued and stands beside the report.',
  },
  notBy: { persons: ({ corrections }) => [corrections.proposed?.by], refusal: 'same-person' },
  facts: ['issued'],
  decide: ({ corrections: { proposed } }, { subject }, who, _now, { issued }) => {
    if (proposed === null) return sheetIsAnother()
    const { number, agreement } = proposed
    if (issued === null) return refuse('superseded', 'what holds has changed since the sheet was proposed')
    return accept<RunEvent>({
      type: 'CorrectionIssued',
      v: 1,
      number,
      agreement,
      subject,
      by: who.id,
      issuedOn: issued.issuedOn,
      files: issued.files.map((file) => ({ ...file })),
    })
  },
})

const sendCorrectionBack = command('send-correction-back', {
  ...onProposedSheet,
  input: z.object({ subject: subjectField, reason: reasonField }),
  label: { da: 'Send rettelsesbladet tilbage', en: 'Send the correction sheet back' },
  done: { da: 'Rettelsesbladet er sendt tilbage.', en: 'The correction sheet is sent back.' },
  decide: ({ corrections: { proposed } }, { subject, reason }, who) => {
    if (proposed === null) return sheetIsAnother()
    const { number, agreement } = proposed
    return accept<RunEvent>({
      type: 'CorrectionSentBack',
      v: 1,
      number,
      agreement,
      subject,
      by: who.id,
      private: { text: reason },
    })
  },
})

/** Which experience: the mail of a municipality, told in an agreement's review. */
export const experienceSchema = z.object({
  agreement: agreementIdSchema,
  municipality: municipalityCodeSchema,
  mailKey: mailKeyField,
})

/** What a caseworker may decide on: offered with consent, and decided on by nobody. */
const refusalOfOffer = ({ experiences }: RunState, offered: OfferedExperience | null): Refusal | null => {
  if (offered === null)
    return refuse('no-consent', 'no experience is offered with consent to share it').refusal
  return undecidedOf(experiences, [offered]).length === 0
    ? refuse('status', 'the experience is decided on').refusal
    : null
}

/** The redacted text becomes a card for all municipalities, under a theme. One that may not be printed is written anew. */
export const publishExperience = command('publish-experience', {
  input: experienceSchema.extend({
    theme: z.enum(themes, choose('Vælg et tema.')),
    text: requiredText('Skriv kortets tekst.'),
  }),
  roles: ['caseworker'],
  label: { da: 'Udgiv kortet', en: 'Publish the card' },
  done: { da: 'Kortet er udgivet.', en: 'The card is published.' },
  facts: ['offered', 'printable', 'letter'],
  concerns: (_state, { municipality }) => [municipality],
  decide: (state, { agreement, municipality, mailKey, theme, text }, who, _now, facts) => {
    const { offered, printable, letter } = facts
    const refusal = refusalOfOffer(state, offered)
    if (refusal !== null && !letter.unprintable.some((card) => card.mailKey === mailKey))
      return refused(refusal)
    const about = { v: 1, agreement, municipality, mailKey, by: who.id } as const
    return printable
      ? accept<RunEvent>({ type: 'ExperiencePublished', ...about, theme, private: { text } })
      : refuse('number-beside-hidden', 'the text holds a number, and a figure is not shown')
  },
})

const leaveOutExperience = command('leave-out-experience', {
  input: experienceSchema.extend({ reason: reasonField }),
  roles: ['caseworker'],
  label: { da: 'Udelad erfaringen', en: 'Leave the experience out' },
  done: { da: 'Erfaringen er udeladt.', en: 'The experience is left out.' },
  facts: ['offered'],
  concerns: (_state, { municipality }) => [municipality],
  decide: (state, { agreement, municipality, mailKey, reason }, who, _now, { offered }) => {
    const refusal = refusalOfOffer(state, offered)
    const about = { v: 1, agreement, municipality, mailKey, by: who.id } as const
    return refusal === null
      ? accept<RunEvent>({ type: 'ExperienceLeftOut', ...about, private: { text: reason } })
      : refused(refusal)
  },
})

/** Another person releases the letter with the cards (L16); what goes out is what was seen. */
const releaseExperiences = command('release-experiences', {
  input: z.object({ subject: subjectField }),
  roles: ['approver'],
  label: { da: 'Frigiv brevet til alle kommuner', en: 'Release the letter to all municipalities' },
  done: {
    da: 'Brevet er frigivet og sendes på næste arbejdsdag kl. 9.',
    en: 'The letter is released and goes on the next working day at 9.',
  },
  facts: ['letter'],
  decide: (state, { subject }, who, _now, { letter }) => {
    if (state.frozen === null) return refuse('not-frozen', 'the letter goes after the report is frozen')
    if (letter.cards.length === 0) return refuse('no-cards', 'there is no card to send')
    if (letter.undecided > 0) return refuse('open-experiences', 'an experience waits for a caseworker')
    if (letter.unprintable.length > 0)
      return refuse('number-beside-hidden', 'a card holds a number, and a figure is not shown')
    if (letter.subject !== subject) return refuse('superseded', 'the cards are others than were seen')
    if (letter.cards.some((card) => card.by === who.id))
      return refuse('same-person', 'whoever published a card does not release the letter')
    if (municipalitiesLeft(state).length === 0) return refuse('status', 'the letter has gone to all')
    return isReleased(state, letter)
      ? accept<RunEvent>()
      : accept<RunEvent>({
          type: 'ExperiencesReleased',
          v: 1,
          subject,
          cards: letter.cards.length,
          by: who.id,
        })
  },
})

/** What people decide on a year's run: its release, the joint report with its corrections, and its experiences. */
export const runCommands = commandTable([
  release,
  approveReport,
  sendReportBack,
  proposeCorrection,
  issueCorrection,
  sendCorrectionBack,
  publishExperience,
  leaveOutExperience,
  releaseExperiences,
])
export type RunCommand = CommandIn<typeof runCommands.commands>
