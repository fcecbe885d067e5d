import type { YearDesk } from '../year-desk.ts'
import { decideDesk } from './decide.ts'
import type { DeskPorts } from './desk-ports.ts'
import { experiencesView } from '../experiences-page-input.ts'
import { preparationView } from '../preparation-page-input.ts'
import { reportView } from '../report-page-input.ts'

/** The console's view of a year: runs and the joint report. */
export const makeYearDesk = (ports: DeskPorts): YearDesk => ({
  preparation: (year) => preparationView(ports, year),
  report: (year) => reportView(ports, year),
  experiences: (year) => experiencesView(ports, year),
  decide: (command, by) => decideDesk(ports, command, by),
})
