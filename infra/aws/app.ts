import { App, Tags } from 'aws-cdk-lib'
import { settingsFrom } from './settings.ts'
import { Aarshjul } from './stack.ts'

const app = new App()
const settings = settingsFrom(app.node)
const stack = new Aarshjul(app, settings)
Tags.of(stack).add('system', 'aarshjul')
Tags.of(stack).add('stage', settings.stage)
