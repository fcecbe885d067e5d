import * as z from 'zod'
import { event, privateText } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { dateSchema, municipalityCodeSchema, personIdSchema } from '../../base/values.ts'

const extensionRequestedSchema = event('ExtensionRequested', {
  party: municipalityCodeSchema,
  mailKey: z.string(),
  /** Null: a date is asked for. */
  until: dateSchema.nullable(),
  byKey: z.boolean(),
})
const extensionDecidedSchema = event('ExtensionDecided', {
  party: municipalityCodeSchema,
  mailKey: z.string(),
  granted: z.boolean(),
  /** The date that replaces the old one in every timer and page, granted or not. */
  dueOn: dateSchema,
  by: personIdSchema,
  private: privateText,
})

export interface ExtensionRequest {
  readonly party: string
  readonly mailKey: string
  readonly until: string | null
  readonly requestedAt: string
  readonly decided: {
    readonly granted: boolean
    readonly dueOn: string
    readonly text: string
    readonly at: string
  } | null
}

export interface Extensions {
  readonly extensions: readonly ExtensionRequest[]
}
const initial: Extensions = { extensions: [] }

/** More time asked for, and what was decided. */
export const extensionsSlice = slice({
  initial,
  events: [extensionRequestedSchema, extensionDecidedSchema],
  fold: {
    ExtensionRequested: ({ extensions }, { party, mailKey, until }, { at }) => ({
      extensions: [...extensions, { party, mailKey, until, requestedAt: at, decided: null }],
    }),
    ExtensionDecided: ({ extensions }, { party, mailKey, granted, dueOn, private: own }, { at }) => ({
      extensions: extensions.map((request) =>
        request.mailKey === mailKey && request.party === party
          ? { ...request, decided: { granted, dueOn, text: own?.text ?? '', at } }
          : request,
      ),
    }),
  },
})
