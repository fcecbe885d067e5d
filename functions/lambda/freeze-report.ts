import { makePdfPrinter } from '../adapters/pdf/printer.ts'
import { makeTableWorkbookWriter } from '../adapters/workbook-writer.ts'
import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'
import { makeFreezeReport } from '../handlers/tasks/freeze-report.ts'

/** Print and workbook are this function's alone: every other one starts without their libraries. */
const reportFormats = { print: makePdfPrinter(), workbook: makeTableWorkbookWriter() }

export const handler = task(tasks.FreezeReport, (ports) => makeFreezeReport({ ...ports, reportFormats }))
