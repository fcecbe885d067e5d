import { makeAttachRun } from '../handlers/tasks/attach-run.ts'
import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'

export const handler = task(tasks.AttachRun, makeAttachRun)
