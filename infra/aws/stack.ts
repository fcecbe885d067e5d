import { type App, Stack } from 'aws-cdk-lib'
import { Alarms } from './alarms.ts'
import { Archive } from './archive.ts'
import { Console } from './console.ts'
import { functionEnvironment } from './environment.ts'
import { ExecutionsLost } from './executions-lost.ts'
import { Functions } from './functions.ts'
import { Mail } from './mail.ts'
import { Queues } from './queues.ts'
import { Record } from './record.ts'
import { Rights } from './rights.ts'
import { Schedules } from './schedules.ts'
import { firewallOf, type Settings } from './settings.ts'
import { Workflows } from './workflows.ts'

/** The whole system of one stage: one installation, one authority's portfolio. */
export class Aarshjul extends Stack {
  constructor(app: App, settings: Settings) {
    const { stage, region } = settings
    super(app, `aarshjul-${stage}`, { env: { region }, terminationProtection: true })

    const record = new Record(this, 'Record', settings)
    const archive = new Archive(this, 'Archive')
    const queues = new Queues(this, 'Queues', { stage })
    const mail = new Mail(this, 'Mail', { settings, landing: archive.landing, queues })

    const rights = new Rights(this, 'Rights', {
      stage,
      firewall: firewallOf(settings) !== null,
      record,
      archive,
      mail,
    })
    const environment = functionEnvironment(this, { settings, record, archive, mail })
    const functions = new Functions(this, 'Functions', { stage, environment, rights })
    new Workflows(this, 'Workflows', { stage, functions })

    queues.feed(functions.get('TakeInMail'), functions.get('TakeDeliveryEvent'))
    const failed = queues.failedEvents
    new Schedules(this, 'Schedules', { stage, functions, failed })
    new ExecutionsLost(this, 'ExecutionsLost', {
      stage,
      recordExecutionLost: functions.get('RecordExecutionLost'),
      failed,
    })
    new Console(this, 'Console', { settings, handler: functions.get('Console') })
    new Alarms(this, 'Alarms', { settings, archive, queues, mail, functions })
  }
}
