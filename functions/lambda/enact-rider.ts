import { makeEnactRider } from '../handlers/tasks/enact-rider.ts'
import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'

export const handler = task(tasks.EnactRider, makeEnactRider)
