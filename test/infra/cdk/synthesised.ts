import { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import * as z from 'zod'
import { settingsFrom } from '../../../infra/aws/settings.ts'
import { Aarshjul } from '../../../infra/aws/stack.ts'

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
})
export type Resource = z.infer<typeof resourceSchema>

export interface Synthesised {
  readonly resources: Readonly<Record<string, Resource>>
  /** The names under which a deployment prints what the operator needs. */
  readonly outputs: readonly string[]
  ofType(type: string): [string, Resource][]
}

const made = new Map<string, Synthesised>()

/**
 * The stack's template, made without bundling the functions' code: once a configuration and worker, since a synth
 * takes a busy machine a minute. Nobody changes what was made.
 * @param context what `-c name=value` sets
 */
export const synthesise = (context: Readonly<Record<string, string>> = {}): Synthesised => {
  const key = JSON.stringify(context)
  const found = made.get(key) ?? synthesiseAnew(context)
  made.set(key, found)
  return found
}

const synthesiseAnew = (context: Readonly<Record<string, string>>): Synthesised => {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [], ...context } })
  const template: unknown = Template.fromStack(new Aarshjul(app, settingsFrom(app.node))).toJSON()
  const { Resources: resources, Outputs: outputs } = z
    .object({
      Resources: z.record(z.string(), resourceSchema),
      Outputs: z.record(z.string(), z.unknown()),
    })
    .parse(template)
  return {
    resources,
    outputs: Object.keys(outputs),
    ofType: (type) => Object.entries(resources).filter(([, resource]) => resource.Type === type),
  }
}
