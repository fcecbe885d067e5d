import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { temporaryFolder } from '../support/local-year.ts'
import { installedFromPyPi } from './python-tools.ts'

/**
 * The template as `cdk synth` writes it, read by two checkers that nobody here wrote. What they find stands below with
 * the reason why it stands; a new finding fails, and so does a reason that nothing needs any longer.
 */
const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const temporary = temporaryFolder('linters')
const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk')

/** A rule, what of the template it finds, and why that is as it should be. */
type Acknowledged = Readonly<Record<string, readonly [found: readonly string[], because: string]>>

const cfnLint: Acknowledged = {
  W3005: [['DependsOn'], 'CDK writes the dependency on a role’s policy, and with it on the role, beside the reference'],
  E3601: [['TimeoutSeconds'], 'It knows TimeoutSeconds as a number alone; with JSONata an expression is allowed, and the recordings of AWS show it'],
} // prettier-ignore
const checkov: Acknowledged = {
  CKV_AWS_115: [['AWS::Lambda::Function'], 'Concurrency is bounded where work comes in: the Maps, the queue’s event source, the console’s throttle. Reserved concurrency takes from an account that may have ten'],
  CKV_AWS_116: [['AWS::Lambda::Function'], 'The workflows see a failing task themselves; queues, streams and schedules have their dead letters'],
  CKV_AWS_117: [['AWS::Lambda::Function'], 'Nothing is inside a network: every call goes to AWS’s own endpoints by TLS and a role'],
  CKV_AWS_119: [['AWS::DynamoDB::Table'], 'Encrypted by the key DynamoDB owns; a key of one’s own separates no duties here and costs by the month'],
  CKV_AWS_158: [['AWS::Logs::LogGroup'], 'Encrypted by the service’s key; logs carry ids and hashes alone'],
  CKV_AWS_173: [['AWS::Lambda::Function'], 'Encrypted by Lambda’s key; secrets are not in the environment but in Secrets Manager'],
  CKV_AWS_18: [['AWS::S3::Bucket'], 'Who read an object is in CloudTrail data events, which the account keeps'],
  CKV_AWS_21: [['AWS::S3::Bucket'], 'The landing bucket holds a mail until it is on the record, in the archive, which is versioned'],
  CKV_AWS_26: [['AWS::SNS::Topic'], 'SES may publish to a topic with a key of one’s own alone, which costs by the month; what a topic passes on it does not keep'],
  CKV_AWS_27: [['AWS::SQS::Queue'], 'It looks for a KMS key; the queues are encrypted by SQS’s own (SqsManagedSseEnabled)'],
} // prettier-ignore

/** At the firewall, which is a stack of its own. */
const checkovOfFirewall: Acknowledged = {
  CKV_AWS_192: [['AWS::WAFv2::WebACL'], 'The rule is against Java’s Log4j; nothing behind the firewall is Java, and each list of rules costs by the month'],
  CKV_AWS_86: [['AWS::CloudFront::Distribution'], 'API Gateway logs every request that is let through; one log of addresses is enough'],
} // prettier-ignore

const findingsSchema = z.array(
  z.object({ Rule: z.object({ Id: z.string() }), Location: z.object({ Path: z.array(z.unknown()) }) }),
)
const reportSchema = z.object({
  results: z.object({ failed_checks: z.array(z.object({ check_id: z.string(), resource: z.string() })) }),
  summary: z.object({ passed: z.number(), parsing_errors: z.number(), resource_count: z.number() }),
})

/** Both end with a code of their own when they find something: what they print counts. */
const printed = async (program: string, given: readonly string[]): Promise<unknown> => {
  const { stdout } = await run(program, given, { maxBuffer: 100_000_000 }).catch((error: unknown) =>
    z.object({ stdout: z.string().min(2) }).parse(error),
  )
  return JSON.parse(stdout)
}
const gathered = (
  findings: readonly (readonly [id: string, of: string])[],
): Record<string, readonly string[]> =>
  Object.fromEntries(
    [...Map.groupBy(findings, ([id]) => id)].map(([id, ones]) => [
      id,
      [...new Set(ones.map(([, of]) => of))],
    ]),
  )
const expected = (acknowledged: Acknowledged): Record<string, readonly string[]> =>
  Object.fromEntries(Object.entries(acknowledged).map(([id, [found]]) => [id, found]))

/** What production asks for, in place of the samples that it refuses. */
const production = Object.entries({
  replyDomains: 'svar.ministeriet.test',
  ownDomains: 'ministeriet.test',
  consoleDomain: 'aarshjul.ministeriet.test',
  consoleCertificateArn:
    'arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-0000-0000-000000000000',
  oidcIssuer: 'https://login.ministeriet.test',
  journalMailbox: 'journal@ministeriet.test',
  operationsMailbox: 'drift@ministeriet.test',
}).flatMap(([name, value]) => ['-c', `${name}=${value}`])

/** What asks for the firewall. */
const withFirewall = [
  '-c',
  'firewallOrigin=d-sample.execute-api.eu-west-1.amazonaws.com',
  '-c',
  'firewallCertificateArn=arn:aws:acm:us-east-1:000000000000:certificate/00000000-0000-0000-0000-000000000000',
]

describe.each([
  { of: 'test', stage: 'test', context: [], found: { cfnLint, checkov } },
  { of: 'prod', stage: 'prod', context: production, found: { cfnLint, checkov } },
  {
    of: 'test-firewall',
    stage: 'test',
    context: withFirewall,
    found: { cfnLint: {}, checkov: checkovOfFirewall },
  },
])('the template of $of', ({ of, stage, context, found }) => {
  const out = join(temporary.path, of)
  const template = join(out, `aarshjul-${of}.template.json`)
  beforeAll(async () => {
    await run(process.execPath, [cdk, 'synth', '--quiet', '-c', `stage=${stage}`, ...context, '-o', out], {
      cwd: root,
    })
  })

  test('cfn-lint finds what is acknowledged and nothing else', async () => {
    const program = await installedFromPyPi('cfn-lint==1.58.0', 'cfn-lint')
    const findings = findingsSchema.parse(await printed(program, ['--format', 'json', '--', template]))
    expect(
      gathered(
        findings.map(({ Rule, Location }) => [
          Rule.Id,
          String(Location.Path.findLast((part) => /^[A-Z]/u.test(String(part)))),
        ]),
      ),
    ).toEqual(expected(found.cfnLint))
  })

  test('checkov finds what is acknowledged and nothing else', async () => {
    const program = await installedFromPyPi('checkov==3.3.30', 'checkov')
    const { results, summary } = reportSchema.parse(
      await printed(program, ['-f', template, '--framework', 'cloudformation', '--compact', '--quiet', '-o', 'json']),
    ) // prettier-ignore
    expect(summary.parsing_errors).toBe(0)
    expect(summary.passed).toBeGreaterThan(0)
    expect(
      gathered(
        results.failed_checks.map(({ check_id, resource }) => [
          check_id,
          resource.slice(0, resource.lastIndexOf('.')),
        ]),
      ),
    ).toEqual(expected(found.checkov))
  })
})
