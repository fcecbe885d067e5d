import { App, Tags, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { acknowledge } from './acknowledged.ts'
import { Firewall } from './firewall.ts'
import { firewallOf, settingsFrom } from './settings.ts'
import { Aarshjul } from './stack.ts'

const app = new App()
Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
const settings = settingsFrom(app.node)
const stack = new Aarshjul(app, settings)
acknowledge(stack, settings.stage)
const firewall = firewallOf(settings)
const stacks = firewall === null ? [stack] : [stack, new Firewall(app, settings, firewall)]
for (const one of stacks) {
  Tags.of(one).add('system', 'aarshjul')
  Tags.of(one).add('stage', settings.stage)
}
