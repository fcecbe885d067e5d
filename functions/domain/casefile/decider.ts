import type { MinistryRole, PersonId } from '../base/values.ts'

/** A ministry person who decides. Barred: came from that municipality, or is otherwise disqualified (inhabil). */
export interface Decider {
  readonly id: PersonId
  readonly roles: readonly MinistryRole[]
  readonly barredFrom: readonly string[]
}
