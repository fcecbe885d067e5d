import { CfnOutput } from 'aws-cdk-lib'
import { CfnStage, DomainName, HttpApi, SecurityPolicy } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { keptOnceMade } from './fixed-id.ts'
import { logRetention } from './kept-for.ts'
import { deployedName } from './names.ts'
import type { Settings } from './settings.ts'

/** A dozen people: far above what they need, far below what would hurt. */
const throttle = { rateLimit: 50, burstLimit: 100 }

/** Who asked for what, when, and the answer's status: no query, no cookie, no body. */
const accessLogFormat = JSON.stringify({
  requestId: '$context.requestId',
  at: '$context.requestTimeEpoch',
  ip: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  ms: '$context.responseLatency',
})

/** The ministry's pages under one address of their own; API Gateway's own address answers nothing. */
export class Console extends Construct {
  readonly domainName: DomainName

  constructor(scope: Construct, id: string, { settings, handler }: { settings: Settings; handler: Lambda }) {
    super(scope, id)
    this.domainName = new DomainName(this, 'Domain', {
      domainName: settings.consoleDomain,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', settings.consoleCertificateArn),
      securityPolicy: SecurityPolicy.TLS_1_2,
    })
    const api = new HttpApi(this, 'Api', {
      apiName: deployedName(settings.stage, 'console'),
      disableExecuteApiEndpoint: true,
      createDefaultStage: false,
      defaultIntegration: new HttpLambdaIntegration('Console', handler),
    })
    const logGroup = new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/vendedlogs/apigateway/${deployedName(settings.stage, 'console')}`,
      // Addresses of visitors are for looking into an attack, which is seen within days.
      retention: logRetention(settings.accessLogDays),
      removalPolicy: keptOnceMade,
    })
    const stage = api.addStage('Stage', {
      autoDeploy: true,
      throttle,
      domainMapping: { domainName: this.domainName },
    })
    const resource = stage.node.defaultChild
    if (resource instanceof CfnStage)
      resource.accessLogSettings = { destinationArn: logGroup.logGroupArn, format: accessLogFormat }
    new CfnOutput(this, 'Alias', { value: this.domainName.regionalDomainName }).overrideLogicalId(
      'ConsoleAlias',
    )
  }
}
