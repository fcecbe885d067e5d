import { App, Tags, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { acknowledge } from './acknowledged.ts'
import { settingsFrom } from './settings.ts'
import { Aarshjul } from './stack.ts'

const app = new App()
Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
const settings = settingsFrom(app.node)
const stack = new Aarshjul(app, settings)
acknowledge(stack, settings.stage)
Tags.of(stack).add('system', 'aarshjul')
Tags.of(stack).add('stage', settings.stage)
