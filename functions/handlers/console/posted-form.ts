import type { Context } from 'hono'
import type { FormBody } from '../../web/form-body.ts'

/** The fields of a posted form; files are passed over, as no form of the console has any. */
export const postedForm = async (c: Context): Promise<FormBody> => {
  const body = await c.req.parseBody({ all: true })
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const values = Array.isArray(value) ? value : [value]
      return [name, values.filter((one) => typeof one === 'string')]
    }),
  )
}
