// A process of its own, that kills itself: SES, its queue and its mailboxes in the folder given.
import { join } from 'node:path'
import { openSes } from '../../../infra/local/aws/ses.ts'
import { openQueues } from '../../../infra/local/aws/sqs-queues.ts'
import { openMaildirs } from '../../../infra/local/mail/maildir.ts'
import { TestClock } from './test-clock.ts'

/**
 * The parts of the process; also used by the test, to look at what the process left.
 * @param killAt at which delivery the process kills itself: the mail is in its mailbox, its delivery is not told yet
 */
export function mailSendingParts(folder: string, killAt = Infinity) {
  const queues = openQueues({
    file: join(folder, 'queues.sqlite'),
    clock: new TestClock(),
    queues: { 'ses-events': { visibilityTimeoutSeconds: 60 } },
  })
  const mailboxes = openMaildirs(join(folder, 'mailboxes'))
  let deliveries = 0
  const deliver: typeof mailboxes.deliver = (...mail) => {
    mailboxes.deliver(...mail)
    deliveries += 1
    if (deliveries === killAt) process.kill(process.pid, 'SIGKILL')
  }
  const open = () =>
    openSes({
      port: 0,
      file: join(folder, 'ses.sqlite'),
      clock: new TestClock(),
      mailboxes: { deliver },
      queues,
      configurationSets: { letters: { eventQueue: 'ses-events' } },
    })
  return { queues, mailboxes, open }
}

const [, script, folder, killAt] = process.argv
if (script === import.meta.filename && folder !== undefined) {
  console.log((await mailSendingParts(folder, Number(killAt)).open()).url)
}
