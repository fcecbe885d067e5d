import { SesRefusal } from './ses-message.ts'

/** SendRawEmail as it was asked for; `configurationSet` is empty when none was named. */
export interface SendRawEmail {
  readonly raw: Buffer
  readonly source: string | undefined
  readonly destinations: string[]
  readonly configurationSet: string
  readonly tags: { name: string; value: string }[]
}

const tagText = /^[A-Za-z0-9_-]{1,256}$/

/** GetSendQuota has no parameters of its own. */
export const isGetSendQuota = (body: string): boolean =>
  /^(?:(?:Action=GetSendQuota|Version=[\d-]+)&?)+$/.test(body) && body.includes('Action=')

/** Reads the form body of a Query request. Throws SesRefusal for another action or an unknown parameter. */
export function readSendRawEmail(body: string): SendRawEmail {
  const parameters = new URLSearchParams(body)
  const action = parameters.get('Action')
  if (action !== 'SendRawEmail') {
    throw new SesRefusal(
      'InvalidAction',
      `${action ?? 'No action'} is not implemented by the local SES endpoint`,
    )
  }
  const unknown = [...parameters.keys()].find((name) => !known.test(name))
  if (unknown !== undefined) {
    throw new SesRefusal(
      'InvalidParameterValue',
      `The parameter ${unknown} is not implemented by the local SES endpoint`,
    )
  }
  const data = parameters.get('RawMessage.Data') ?? ''
  // Looked for is the sign that may not be: to match the whole of a mail's 13 MB, an expression may need more stack
  // than there is.
  if (data === '' || /[^A-Za-z0-9+/=]|=[^=]|={3}/.test(data))
    throw new SesRefusal('InvalidParameterValue', 'RawMessage.Data is not base64')

  const tags: SendRawEmail['tags'] = []
  for (let n = 1; parameters.has(`Tags.member.${n}.Name`); n += 1) {
    const name = parameters.get(`Tags.member.${n}.Name`) ?? ''
    const value = parameters.get(`Tags.member.${n}.Value`) ?? ''
    if (!tagText.test(name) || !tagText.test(value) || name.startsWith('ses:')) {
      throw new SesRefusal(
        'InvalidParameterValue',
        `Invalid tag ${name}: letters, digits, _ and - only, at most 256`,
      )
    }
    if (tags.some((tag) => tag.name === name))
      throw new SesRefusal('InvalidParameterValue', `Duplicate tag ${name}`)
    tags.push({ name, value })
  }
  const destinations: string[] = []
  for (let n = 1; parameters.has(`Destinations.member.${n}`); n += 1) {
    destinations.push(parameters.get(`Destinations.member.${n}`) ?? '')
  }
  return {
    raw: Buffer.from(data, 'base64'),
    source: parameters.get('Source') ?? undefined,
    destinations,
    configurationSet: parameters.get('ConfigurationSetName') ?? '',
    tags,
  }
}

const known =
  /^(?:Action|Version|Source|RawMessage\.Data|ConfigurationSetName|Destinations\.member\.\d+|Tags\.member\.\d+\.(?:Name|Value))$/
