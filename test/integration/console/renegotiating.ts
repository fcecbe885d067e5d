import { agreementFileSchema } from '../../../functions/domain/agreement/content.ts'
import { agreementIdSchema } from '../../../functions/domain/base/values.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import type { outside } from '../../support/world.ts'
import { at, draft } from '../renegotiation/scenario.ts'
import { RenegotiationWorld } from '../renegotiation/world.ts'
import { anders, sofie } from '../../support/ministry.ts'

export const odense = agreementIdSchema.parse('odense-rk')
export const nyborg = agreementIdSchema.parse('nyborg-rk')
export const vejle = agreementIdSchema.parse('vejle-rk')
const negotiated = [odense, nyborg, vejle]
export const matter = '/matters/kommunekvoter-2015'

/** Three agreements, on all of which one observation has raised the question. */
export const raisedOnThree = async (
  on: string | ReturnType<typeof outside> = at('2015-03-27', '08:30'),
): Promise<RenegotiationWorld> => {
  const world = new RenegotiationWorld(on)
  await world.prepare(
    ...negotiated.map((id) =>
      agreementFileSchema.parse({ ...svendborg, agreement: { ...svendborg.agreement, id } }),
    ),
  )
  await world.observe(Object.fromEntries(negotiated.map((id) => [id, '160'])))
  return world
}

/** One of them opened. */
export const opened = async (): Promise<RenegotiationWorld> => {
  const world = await raisedOnThree()
  await world.decide(odense, { do: 'open-renegotiation', targets: ['M1'], text: '' }, anders)
  return world
}

/** Opened, and a draft awaits its approvals. */
export const drafted = async (world: RenegotiationWorld, by = sofie): Promise<void> => {
  await world.draft(odense, draft, by)
}
