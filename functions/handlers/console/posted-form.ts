import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { FormBody } from '../../web/form-body.ts'
import { httpStatus } from './http-status.ts'

/** @throws HTTPException (400) for a body that is no form, whatever its header says */
const parsedBody = async (c: Context) => {
  try {
    return await c.req.parseBody({ all: true })
  } catch (error) {
    // What is too long is told by whoever counts it.
    if (error instanceof TypeError) throw new HTTPException(httpStatus.badRequest, { cause: error })
    throw error
  }
}

/** The fields of a posted form; files are passed over, as no form of the console has any. */
export const postedForm = async (c: Context): Promise<FormBody> => {
  const body = await parsedBody(c)
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const values = Array.isArray(value) ? value : [value]
      return [name, values.filter((one) => typeof one === 'string')]
    }),
  )
}
