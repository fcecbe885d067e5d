import { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { beforeAll, describe, expect, test } from 'vitest'
import { doorHeader } from '../../../functions/lambda/door.ts'
import { Firewall } from '../../../infra/aws/firewall.ts'
import { firewallOf, settingsFrom } from '../../../infra/aws/settings.ts'
import { Aarshjul } from '../../../infra/aws/stack.ts'
import { synthesise } from './synthesised.ts'

const asked = {
  firewallCertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/00000000-0000-0000-0000-000000000000',
  firewallOrigin: 'd-sample.execute-api.eu-west-1.amazonaws.com',
} // prettier-ignore
const appWith = (context: Readonly<Record<string, string>>): App =>
  new App({ context: { 'aws:cdk:bundling-stacks': [], ...context } })

let template: Template
const properties = (type: string): unknown => Object.values(template.findResources(type))[0]?.['Properties']
beforeAll(() => {
  const app = appWith(asked)
  const settings = settingsFrom(app.node)
  const firewall = firewallOf(settings)
  if (firewall === null) throw new Error('no firewall')
  template = Template.fromStack(new Firewall(app, settings, firewall))
})

describe('the firewall, where it is asked for', () => {
  test('refuses an address that asks too often, and what attacks look like, but no long reason in a form', () => {
    expect(properties('AWS::WAFv2::WebACL')).toMatchObject({
      Scope: 'CLOUDFRONT',
      DefaultAction: { Allow: {} },
      Rules: [
        {
          Action: { Block: {} },
          Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 2000 } },
        },
        { Name: 'AWSManagedRulesAmazonIpReputationList', OverrideAction: { None: {} } },
        {
          Name: 'AWSManagedRulesCommonRuleSet',
          Statement: {
            ManagedRuleGroupStatement: {
              RuleActionOverrides: [{ ActionToUse: { Count: {} }, Name: 'SizeRestrictions_BODY' }],
            },
          },
        },
      ],
    })
  })

  test('stands before the console under its own name, hands on everything and keeps nothing', () => {
    const [acl] = Object.keys(template.findResources('AWS::WAFv2::WebACL'))
    expect(properties('AWS::CloudFront::Distribution')).toMatchObject({
      DistributionConfig: ({
        Aliases: ['aarshjul.ministeriet.example'],
        WebACLId: { 'Fn::GetAtt': [acl, 'Arn'] },
        ViewerCertificate: ({ MinimumProtocolVersion: 'TLSv1.2_2021' }),
        DefaultCacheBehavior: ({
          AllowedMethods: expect.arrayContaining(['POST']),
          ViewerProtocolPolicy: 'https-only',
          // Managed-CachingDisabled
          CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        }),
        Origins: [
          ({
            DomainName: asked.firewallOrigin,
            CustomOriginConfig: ({ OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] }),
            OriginCustomHeaders: [
              {
                HeaderName: doorHeader,
                HeaderValue: '{{resolve:secretsmanager:aarshjul-test-door:SecretString:1::}}',
              },
            ],
          }),
        ],
      }),
    })
    expect(properties('AWS::CloudFront::OriginRequestPolicy')).toMatchObject({
      OriginRequestPolicyConfig: ({
        HeadersConfig: {
          HeaderBehavior: 'allViewerAndWhitelistCloudFront',
          Headers: ['CloudFront-Viewer-Address'],
        },
        CookiesConfig: { CookieBehavior: 'all' },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
      }),
    })
  }) // prettier-ignore

  test('makes the console read the secret that it shows, and no other function', () => {
    const readers = (context: Readonly<Record<string, string>>): readonly string[] =>
      Object.entries(synthesise(context).resources)
        .filter(([, { Type }]) => Type.startsWith('AWS::IAM::'))
        .filter(([, policy]) => JSON.stringify(policy).includes(':secret:aarshjul-test-door-??????'))
        .map(([id]) => id)
    const named = (context: Readonly<Record<string, string>>): readonly string[] =>
      synthesise(context)
        .ofType('AWS::Lambda::Function')
        .filter(([, { Properties }]) =>
          JSON.stringify(Properties['Environment']).includes('aarshjul-test-door'),
        )
        .map(([id]) => id)
    expect(readers({})).toEqual([])
    expect(named({})).toEqual([])
    expect(readers(asked)).toHaveLength(1)
    expect(named(asked)).toEqual(['ConsoleFunction'])
  })

  test('is asked for whole: half of it is an error that says so, and nothing is there by itself', () => {
    const { firewallOrigin } = asked
    expect(() => settingsFrom(appWith({ firewallOrigin }).node)).toThrow(/both firewallCertificateArn and firewallOrigin/u)
    expect(() => settingsFrom(appWith({ ...asked, firewallCertificateArn: 'arn:aws:acm:eu-west-1:1:certificate/1' }).node)).toThrow(/firewallCertificateArn/u)
    expect(firewallOf(settingsFrom(appWith({}).node))).toBeNull()
  }) // prettier-ignore

  test('changes nothing of the main stack but what the console is told', () => {
    const [before, after] = [{}, asked].map((context) => {
      const app = appWith(context)
      return Template.fromStack(new Aarshjul(app, settingsFrom(app.node))).toJSON() as { Resources: object }
    })
    const changed = Object.entries(after?.Resources ?? {}).flatMap(([id, resource]) =>
      JSON.stringify(resource) === JSON.stringify(Reflect.get(before?.Resources ?? {}, id)) ? [] : [id],
    )
    expect(changed).toEqual(
      ['ConsoleFunctionRoleDefaultPolicy', 'ConsoleFunction'].map((id) =>
        expect.stringContaining(id.slice(0, 12)),
      ),
    )
  })
})
