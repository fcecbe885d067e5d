import { classOfRefusal, type RefusalKind } from '../../domain/base/refusals.ts'

/** The console's HTTP status codes; they stand nowhere else. */
export const httpStatus = {
  ok: 200,
  found: 302,
  seeOther: 303,
  badRequest: 400,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  tooLarge: 413,
  unprocessable: 422,
  tooOften: 429,
  failed: 500,
  unavailable: 503,
} as const

/** How a refusal of the domain is answered: not yours, no longer so, or not filled in. */
export const statusOfRefusal = (kind: RefusalKind) => httpStatus[classOfRefusal(kind)]
