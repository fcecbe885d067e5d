import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'
import { makeEnactRider } from '../handlers/tasks/enact-rider.ts'

export const handler = task(tasks.EnactRider, makeEnactRider)
