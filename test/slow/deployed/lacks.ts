import { createHash } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

const templateSchema = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.looseObject({}).optional() }),
  ),
  Outputs: z.record(z.string(), z.unknown()),
})
type Template = z.infer<typeof templateSchema>

/** Something of the template that the emulator cannot make. */
export interface Lack {
  readonly what: string
  readonly because: string
  readonly resource?: (type: string, properties: Readonly<Record<string, unknown>>) => boolean
  readonly output?: RegExp
}

/** What is left out of the template on the emulator, each with its reason; the test fails when one is not needed. */
export const lacks: readonly Lack[] = [
  {
    what: 'receipt rules',
    because: 'It receives no mail: AWS::SES::ReceiptRuleSet and AWS::SES::ReceiptRule are unknown to it',
    resource: (type) => type === 'AWS::SES::ReceiptRuleSet' || type === 'AWS::SES::ReceiptRule',
  },
  {
    what: 'alarms over several metrics',
    because: 'Its alarms take one metric; mathematics over several is refused as a missing MetricName',
    resource: (type, properties) => type === 'AWS::CloudWatch::Alarm' && 'Metrics' in properties,
  },
  {
    what: 'outputs of DKIM records',
    because: 'It knows no attributes of an AWS::SES::EmailIdentity',
    output: /^Dkim\d$/u,
  },
]

const without = (template: Template, left: readonly Lack[]): Template => {
  const gone = new Set(
    Object.entries(template.Resources).flatMap(([name, { Type, Properties = {} }]) =>
      left.some(({ resource }) => resource?.(Type, Properties) === true) ? [name] : [],
    ),
  )
  const kept = Object.entries(template.Resources).filter(([name]) => !gone.has(name))
  const outputs = Object.entries(template.Outputs).filter(
    ([name]) => !left.some(({ output }) => output?.test(name) === true),
  )
  return {
    ...template,
    Resources: Object.fromEntries(
      kept.map(([name, resource]) => {
        const { DependsOn: on, ...rest } = resource
        const names = [on].flat().filter((one) => typeof one === 'string' && !gone.has(one))
        return [name, names.length === 0 ? rest : { ...rest, DependsOn: names }]
      }),
    ),
    Outputs: Object.fromEntries(outputs),
  }
}

/**
 * Takes what the emulator lacks out of a synthesised assembly, in place: the template, and its hash in the lists of
 * assets.
 * @param folder the cloud assembly, of one stack
 */
export const leaveOut = (folder: string, stack: string, left: readonly Lack[]): void => {
  const file = join(folder, `${stack}.template.json`)
  const before = readFileSync(file, 'utf8')
  const after = JSON.stringify(without(templateSchema.parse(JSON.parse(before)), left))
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
  writeFileSync(file, after)
  const assetsFile = join(folder, `${stack}.assets.json`)
  const assets = readFileSync(assetsFile, 'utf8')
  const { files } = z
    .looseObject({
      files: z.record(z.string(), z.looseObject({ source: z.looseObject({ path: z.string() }) })),
    })
    .parse(JSON.parse(assets))
  const [old] = Object.entries(files).find(([, { source }]) => source.path === `${stack}.template.json`) ?? []
  if (old === undefined) throw new Error(`${assetsFile} names no template`)
  for (const name of [assetsFile, join(folder, 'manifest.json')]) {
    const text = readFileSync(name, 'utf8').replaceAll(old, hash(after))
    writeFileSync(`${name}.new`, text)
    renameSync(`${name}.new`, name)
  }
}
