import type { Context } from 'hono'
import { firstValues, formEnvelopeSchema, type FormBody, type FormEnvelope } from '../../web/form-body.ts'
import type { RefusedForm } from '../../web/page.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { postedForm } from './posted-form.ts'

/** A form of this session, or null when its token is not the session's: then nothing of it is used. */
export const ownForm = async (
  c: Context<ConsoleEnv>,
  ports: Pick<ConsolePorts, 'forms'>,
): Promise<{
  readonly body: FormBody
  readonly envelope: FormEnvelope
  readonly commandId: string
} | null> => {
  const body = await postedForm(c)
  const envelope = formEnvelopeSchema.safeParse(firstValues(body))
  if (!envelope.success || !ports.forms.isCsrf(c.get('sessionId'), envelope.data.csrf)) return null
  return { body, envelope: envelope.data, commandId: `form/${envelope.data.nonce}` }
}

/** What the page shows again after a refusal: the message, and what was filled in. */
export const refusedForm = (envelope: FormEnvelope, body: FormBody, message: string): RefusedForm => ({
  action: envelope.action,
  message,
  filled: body,
})
