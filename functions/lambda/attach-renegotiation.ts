import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'
import { makeAttachRenegotiation } from '../handlers/tasks/attach-renegotiation.ts'

export const handler = task(tasks.AttachRenegotiation, makeAttachRenegotiation)
