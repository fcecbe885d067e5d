import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'
import { makeCompileReport } from '../handlers/tasks/compile-report.ts'

export const handler = task(tasks.CompileReport, makeCompileReport)
