import * as z from 'zod'
import { event } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { municipalityCodeSchema } from '../../base/values.ts'

const renegotiationWishedSchema = event('RenegotiationWished', {
  party: municipalityCodeSchema,
  mailKey: z.string(),
  assumptionKeys: z.array(z.string()),
})

export interface Wishes {
  readonly wishes: readonly {
    readonly party: string
    readonly mailKey: string
    readonly assumptionKeys: readonly string[]
  }[]
}
const initial: Wishes = { wishes: [] }

/** A municipality's wish to renegotiate, said in a mail of the review. */
export const wishesSlice = slice({
  initial,
  events: [renegotiationWishedSchema],
  fold: {
    RenegotiationWished: ({ wishes }, { party, mailKey, assumptionKeys }) => ({
      wishes: [...wishes, { party, mailKey, assumptionKeys }],
    }),
  },
})
