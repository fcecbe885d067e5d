import { makeEnactRider } from '../handlers/tasks/renegotiation-tasks.ts'
import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'

export const handler = task(tasks.EnactRider, makeEnactRider)
