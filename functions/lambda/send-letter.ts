import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'
import { makeSendLetter } from '../handlers/tasks/send-letter.ts'

export const handler = task(tasks.SendLetter, makeSendLetter)
