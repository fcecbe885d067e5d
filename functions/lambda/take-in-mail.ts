import { mailTries } from '../../workflows/tasks.ts'
import { receivedMailSchema } from '../handlers/intake/received-mail.ts'
import { makeTakeInMail } from '../handlers/intake/take-in-mail.ts'
import { consumer } from './wiring.ts'

export const handler = consumer(receivedMailSchema, (ports) => {
  const take = makeTakeInMail(ports)
  return (received, receives) => take(received, receives >= mailTries)
})
