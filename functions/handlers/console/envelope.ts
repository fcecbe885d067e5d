import type { Context } from 'hono'
import type { StreamId } from '../../domain/base/stream-id.ts'
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
  const { nonce, do: name } = envelope.data
  return {
    body,
    envelope: envelope.data,
    commandId: `${formId(nonce)}/${c.get('session').person.id}/${name}`,
  }
}

const formId = (nonce: string): string => `form/${nonce}`

/**
 * Has the page's nonce been used in this stream for something else: by another person, or for another command? A
 * repetition is answered only to whoever pressed the same button.
 */
export const isUsedOtherwise = async (
  ports: Pick<ConsolePorts, 'streams'>,
  stream: StreamId,
  form: { readonly envelope: FormEnvelope; readonly commandId: string },
): Promise<boolean> => {
  const id = formId(form.envelope.nonce)
  const used = (await ports.streams.load(stream)).map(({ meta }) => meta.commandId)
  return used.some((one) => (one === id || one.startsWith(`${id}/`)) && one !== form.commandId)
}

/** What the page shows again after a refusal: the message, and what was filled in. */
export const refusedForm = (envelope: FormEnvelope, body: FormBody, message: string): RefusedForm => ({
  action: envelope.action,
  message,
  filled: body,
})
