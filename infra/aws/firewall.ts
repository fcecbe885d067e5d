import { type App, CfnOutput, SecretValue, Stack } from 'aws-cdk-lib'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  OriginProtocolPolicy,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  OriginSslPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import { doorHeader, viewerHeader } from '../../functions/lambda/door.ts'
import { acknowledgeFirewall } from './acknowledged.ts'
import { deployedName } from './names.ts'
import type { Settings } from './settings.ts'

/** AWS's own lists of rules, from the cheapest check to the dearest; what each is for. */
const managedRules = [
  // Addresses that Amazon has seen attack others.
  'AWSManagedRulesAmazonIpReputationList',
  // What the common attacks on web pages look like; SizeRestrictions_BODY refuses above 8 kB, where a reason may be longer.
  'AWSManagedRulesCommonRuleSet',
] as const
const bodySizeRule = 'SizeRestrictions_BODY'

const seen = (name: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  metricName: name,
  sampledRequestsEnabled: false,
})

/**
 * A web application firewall in front of the console, as an option (security.md, "Floods of connections"): HTTP APIs
 * take none themselves, so CloudFront stands before it, and with that everything is in us-east-1, in a stack of its
 * own. Nobody goes round it: the console answers those requests alone that bring the firewall's secret.
 */
export class Firewall extends Stack {
  constructor(
    app: App,
    settings: Settings,
    { certificateArn, origin }: { readonly certificateArn: string; readonly origin: string },
  ) {
    const { stage, consoleDomain, doorVersion, firewallRate } = settings
    super(app, `aarshjul-${stage}-firewall`, { env: { region: 'us-east-1' }, terminationProtection: true })

    const name = deployedName(stage, 'console')
    const rules: CfnWebACL.RuleProperty[] = [
      {
        name: 'rate',
        priority: 0,
        action: { block: {} },
        statement: { rateBasedStatement: { limit: firewallRate, aggregateKeyType: 'IP' } },
        visibilityConfig: seen(`${name}-rate`),
      },
      ...managedRules.map((list, at): CfnWebACL.RuleProperty => ({
        name: list,
        priority: at + 1,
        overrideAction: { none: {} },
        statement: {
          managedRuleGroupStatement: {
            vendorName: 'AWS',
            name: list,
            ...(list === 'AWSManagedRulesCommonRuleSet'
              ? { ruleActionOverrides: [{ name: bodySizeRule, actionToUse: { count: {} } }] }
              : {}),
          },
        },
        visibilityConfig: seen(`${name}-${list}`),
      })),
    ]
    const acl = new CfnWebACL(this, 'Acl', {
      name,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      rules,
      visibilityConfig: seen(name),
    })

    const door = SecretValue.secretsManager(deployedName(stage, 'door'), { jsonField: doorVersion })
    const distribution = new Distribution(this, 'Distribution', {
      comment: name,
      domainNames: [consoleDomain],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      priceClass: PriceClass.PRICE_CLASS_100,
      webAclId: acl.attrArn,
      defaultBehavior: {
        origin: new HttpOrigin(origin, {
          protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
          originSslProtocols: [OriginSslPolicy.TLS_V1_2],
          // CloudFormation puts it in; the template holds its name alone.
          customHeaders: { [doorHeader]: door.unsafeUnwrap() },
        }),
        allowedMethods: AllowedMethods.ALLOW_ALL,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // Everything, the console's own name as Host too: by it API Gateway finds the console.
        originRequestPolicy: new OriginRequestPolicy(this, 'Onward', {
          originRequestPolicyName: name,
          headerBehavior: OriginRequestHeaderBehavior.all(viewerHeader),
          cookieBehavior: OriginRequestCookieBehavior.all(),
          queryStringBehavior: OriginRequestQueryStringBehavior.all(),
        }),
      },
    })
    acknowledgeFirewall(this)
    new CfnOutput(this, 'FirewallAlias', { value: distribution.domainName })
  }
}
