import * as z from 'zod'
import {
  commandsOf,
  commandTable,
  type CommandIn,
  missing,
  reasonField,
  subjectField,
} from '../base/command.ts'
import { accept, refuse } from '../base/stream.ts'
import { agreementIdSchema } from '../base/values.ts'
import type { RunEvent, RunState } from './state.ts'

const command = commandsOf<RunState, RunEvent>({
  status: ({ status }) => status,
  municipalities: () => [],
})

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

/** What people decide on a year's run: its release, and the joint report. */
export const runCommands = commandTable([release, approveReport, sendReportBack])
export type RunCommand = CommandIn<typeof runCommands.commands>
