/** The console's HTTP status codes; they stand nowhere else. */
export const httpStatus = {
  ok: 200,
  found: 302,
  seeOther: 303,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  tooLarge: 413,
  unprocessable: 422,
  failed: 500,
  unavailable: 503,
} as const

type Refused = typeof httpStatus.forbidden | typeof httpStatus.conflict | typeof httpStatus.unprocessable

const noLongerSo: readonly string[] = [
  'status',
  'superseded',
  'not-held',
  'not-stopped',
  'no-request',
  'nothing-raised',
  'nothing-new',
  'no-counter',
  'erasure-asked',
  'no-erasure',
  'no-objection',
  'stale-attempt',
]

/** How a refusal of the domain is answered: not yours, no longer so, or not filled in. */
export const statusOfRefusal = (kind: string): Refused => {
  if (['role', 'barred', 'same-person', 'same-eraser', 'same-superior', 'same-drafter'].includes(kind))
    return httpStatus.forbidden
  if (noLongerSo.includes(kind)) return httpStatus.conflict
  return httpStatus.unprocessable
}
