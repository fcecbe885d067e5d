import { escapeXml } from './http-endpoint.ts'

const statusOf = {
  AccessDenied: 403,
  AuthorizationQueryParametersError: 400,
  BadDigest: 400,
  EntityTooLarge: 400,
  IncompleteBody: 400,
  InvalidArgument: 400,
  InvalidRequest: 400,
  InvalidURI: 400,
  KeyTooLongError: 400,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
  SignatureDoesNotMatch: 403,
} as const

/** An answer of S3 that the SDK turns into an exception of the name `code`. */
export class S3Error extends Error {
  override readonly name = 'S3Error'
  readonly code: keyof typeof statusOf
  readonly status: number

  constructor(code: keyof typeof statusOf, message: string) {
    super(message)
    this.code = code
    this.status = statusOf[code]
  }

  toXml(resource: string): string {
    return (
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
      `<Error><Code>${this.code}</Code><Message>${escapeXml(this.message)}</Message>` +
      `<Resource>${escapeXml(resource)}</Resource><RequestId>local</RequestId></Error>`
    )
  }
}
