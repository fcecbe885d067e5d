import type { YearDesk } from '../year-desk.ts'
import { decideDesk } from './decide.ts'
import type { DeskPorts } from './desk-ports.ts'
import { draftView } from './draft.ts'
import { experiencesView } from './experiences.ts'
import { matterView } from './matter.ts'
import { preparationView } from './preparation.ts'
import { renegotiationView } from './renegotiation.ts'
import { reportView } from './report.ts'

/** The console's view of everything beside reviews: runs, matters, renegotiations, the joint report. */
export const makeYearDesk = (ports: DeskPorts): YearDesk => ({
  preparation: (year) => preparationView(ports, year),
  matter: (id) => matterView(ports, id),
  renegotiation: (agreement, seq) => renegotiationView(ports, agreement, seq),
  draft: (place, asked) => draftView(ports, place, asked),
  report: (year) => reportView(ports, year),
  experiences: (year) => experiencesView(ports, year),
  decide: (command, by) => decideDesk(ports, command, by),
})
