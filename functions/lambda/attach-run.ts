import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'
import { makeAttachRun } from '../handlers/tasks/attach-run.ts'

export const handler = task(tasks.AttachRun, makeAttachRun)
