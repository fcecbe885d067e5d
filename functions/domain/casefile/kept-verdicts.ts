import * as z from 'zod'

const found = z.string().max(40)

/** What the receiving system found of a mail's sender, as it is kept: its words are the receiving system's own. */
export const keptVerdictsSchema = z.strictObject({
  spf: found,
  dkim: found,
  dmarc: found,
  spam: found,
  virus: found,
})
export type KeptVerdicts = z.infer<typeof keptVerdictsSchema>
