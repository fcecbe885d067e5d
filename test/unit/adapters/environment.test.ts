import { describe, expect, it } from 'vitest'
import { environmentNames, parseEnvironment } from '../../../functions/adapters/environment.ts'

const secret = 'x'.repeat(32)
const shared = {
  STAGE: 'test',
  TABLE_NAMES: '{"record":"aarshjul-test","sessions":"aarshjul-test-sessions"}',
  ARCHIVE_BUCKET: 'aarshjul-test-archive',
  ARCHIVE_RETENTION_DAYS: '3650',
  LANDING_BUCKET: 'aarshjul-test-landing',
  CONFIGURATION_SET: 'aarshjul-test',
  ANNUAL_RUN_ARN: 'arn:aws:states:eu-west-1:111111111111:stateMachine:aarshjul-test-annual-run',
  AGREEMENT_REVIEW_ARN: 'arn:aws:states:eu-west-1:111111111111:stateMachine:aarshjul-test-agreement-review',
  RENEGOTIATION_ARN: 'arn:aws:states:eu-west-1:111111111111:stateMachine:aarshjul-test-renegotiation',
  OIDC_CLIENT_ID: 'console',
  REPLY_DOMAINS: 'svar.ministeriet.example, Svar.Gammelt.example',
  OWN_DOMAINS: 'ministeriet.example',
  JOURNAL_MAILBOX: 'journal@ministeriet.example',
}
const key = 'a1'.repeat(32)
const secrets = {
  tokens: { '1': secret, '2': secret },
  seals: { '1': key },
  lists: { '1': key },
  session: { '1': secret },
  login: { '1': 'a-secret' },
}
const local = {
  ...shared,
  PLATFORM: 'local',
  CLOCK: 'embedded',
  CONSOLE_URL: 'http://localhost:3000/',
  OIDC_ISSUER: 'http://localhost:4000',
  SECRETS: JSON.stringify(secrets),
}
const aws = {
  ...shared,
  PLATFORM: 'aws',
  STAGE: 'prod',
  CONSOLE_URL: 'https://aarshjul.ministeriet.example',
  OIDC_ISSUER: 'https://login.ministeriet.example/realm',
  SECRET_NAMES: '{"seals":"aarshjul-prod-seals"}',
  SECRETS_REVISION: '1',
}

describe('the environment of the functions', () => {
  it('is read on one machine, with its secrets and the embedded clock', () => {
    expect(parseEnvironment(local)).toMatchObject({
      platform: 'local',
      clock: 'embedded',
      archive: { bucket: 'aarshjul-test-archive', retentionDays: 3650 },
      machines: { renegotiation: shared.RENEGOTIATION_ARN },
      consoleUrl: 'http://localhost:3000',
      domains: {
        replyDomains: ['svar.ministeriet.example', 'svar.gammelt.example'],
        ownDomains: ['ministeriet.example'],
      },
      complaintText: '',
      secrets: { given: secrets },
    })
  })

  it('is read on AWS, with the names of its secrets and the clock of the system', () => {
    expect(parseEnvironment(aws)).toMatchObject({
      platform: 'aws',
      stage: 'prod',
      clock: 'system',
      secrets: { named: { seals: 'aarshjul-prod-seals' } },
    })
  })

  it.each([
    ['an embedded clock on AWS', { ...aws, CLOCK: 'embedded' }, 'CLOCK'],
    ['production on one machine', { ...local, STAGE: 'prod' }, 'STAGE'],
    ['a console without https on AWS', { ...aws, CONSOLE_URL: 'http://a.example' }, 'CONSOLE_URL'],
    ['an identity provider without https on AWS', { ...aws, OIDC_ISSUER: 'http://a.example' }, 'OIDC_ISSUER'],
    ['a platform of neither kind', { ...aws, PLATFORM: 'azure' }, 'PLATFORM'],
    [
      'archive locks of more than ten years',
      { ...aws, ARCHIVE_RETENTION_DAYS: '4000' },
      'ARCHIVE_RETENTION_DAYS',
    ],
    ['a journal that is no mailbox', { ...aws, JOURNAL_MAILBOX: 'journal' }, 'JOURNAL_MAILBOX'],
    ['secrets that are not JSON', { ...local, SECRETS: 'tokens' }, 'SECRETS: not JSON'],
    [
      'no secret for tokens',
      { ...local, SECRETS: JSON.stringify({ ...secrets, tokens: {} }) },
      'SECRETS.tokens',
    ],
  ])('is refused with %s', (_what, variables, named) => {
    expect(() => parseEnvironment(variables)).toThrow(named)
  })

  it('names everything that is missing at once, and no value', () => {
    const { TABLE_NAMES: _table, JOURNAL_MAILBOX: _journal, ...rest } = local
    const short = { ...rest, SECRETS: JSON.stringify({ ...secrets, session: { '1': 'short-secret' } }) }
    const refused = () => parseEnvironment(short)
    expect(refused).toThrow(/TABLE_NAMES.*JOURNAL_MAILBOX.*SECRETS\.session/)
    expect(refused).not.toThrow(/short-secret/)
  })

  it('lists every variable once', () => {
    const names = Object.values(environmentNames)
    expect(new Set(names).size).toBe(names.length)
    expect([...Object.keys({ ...local, ...aws }), 'COMPLAINT_TEXT', 'ANSWERS_PER_HOUR'].sort()).toEqual(
      [...names].sort(),
    )
  })
})
