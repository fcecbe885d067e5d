import * as z from 'zod'
import { letterKindSchema } from '../../../functions/domain/casefile/letter-kinds.ts'
import {
  agreementIdSchema,
  dateSchema,
  municipalityCodeSchema,
} from '../../../functions/domain/base/values.ts'
import { ministryHintsSchema } from './ministry-hints.ts'

/** Whose hand writes: a registered contact by role, or somebody of the script's `people`. */
export const playerRoles = ['contact', 'deputy', 'signatory', 'main-mailbox'] as const
const roleSchema = z.enum(playerRoles)
export type PlayerRole = z.infer<typeof roleSchema>

/** The shapes of real mail programs (MAIL 33-44). */
export const mailPrograms = [
  'outlook',
  'outlook-text',
  'gmail',
  'apple',
  'thunderbird',
  'ios',
  'records',
] as const
export type MailProgram = (typeof mailPrograms)[number]

const clockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day, e.g. "10:15"')
const daysSchema = z.int().min(0).max(120)

/** How long after the letter, in business time: working days, minutes, or a date not to be before. */
export const answerTimeSchema = z.strictObject({
  workingDays: z.union([daysSchema, z.strictObject({ from: daysSchema, to: daysSchema })]).optional(),
  minutes: z.int().positive().optional(),
  on: dateSchema.optional(),
  at: clockSchema.optional(),
})
export type AnswerTime = z.infer<typeof answerTimeSchema>

/** What an answer says. */
export const sayingSchema = z.discriminatedUnion('say', [
  /** The figures the letter asks for, as the municipality knows them. */
  z.strictObject({
    say: z.literal('figures'),
    /** Where they are written: above the quotation, inside it, or in the attached workbook. */
    where: z.enum(['top', 'quote', 'workbook']),
    /** `colon` `M1: 3`, or from memory: no colon, an equals sign, a bracket. */
    style: z.enum(['colon', 'memory']).default('colon'),
    only: z.array(z.string()).optional(),
    without: z.array(z.string()).optional(),
    /** Other values than those known. */
    instead: z.record(z.string(), z.string()).optional(),
    /** Two keys whose values the writer mixes up. */
    swapped: z.tuple([z.string(), z.string()]).optional(),
    /** Further lines below the figures. */
    more: z.array(z.string()).default([]),
  }),
  /** These lines, as they are. */
  z.strictObject({ say: z.literal('text'), lines: z.array(z.string()).min(1) }),
  /** A sentence under every note that the letter asks for. */
  z.strictObject({ say: z.literal('explanation'), text: z.string().min(1) }),
])
export type Saying = z.infer<typeof sayingSchema>

export const answerSchema = z.strictObject({
  /** Whose hand; who got the letter when left out. */
  from: z.union([roleSchema, z.string().startsWith('@')]).optional(),
  after: answerTimeSchema,
  program: z.enum(mailPrograms),
  /** Sends the same message this many times (a hiccup of a mail server). */
  times: z.int().min(1).max(3).default(1),
  /** An absence note of the mail server, which quotes the letter. */
  automatic: z.boolean().default(false),
  saying: sayingSchema,
})
export type PlayerAnswer = z.infer<typeof answerSchema>

/** To which letters a municipality reacts in which way. Without answers: it stays silent. */
export const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  on: z.array(letterKindSchema).min(1),
  /** Only letters with this in their text, whatever its case. */
  about: z.string().optional(),
  /** Reacts to so many letters at most; later ones fall to the next rule. */
  times: z.int().positive().optional(),
  agreement: agreementIdSchema.optional(),
  answers: z.array(answerSchema),
})
export type PlayerRule = z.infer<typeof ruleSchema>

export const municipalityScriptSchema = z.strictObject({
  /** What it shows, in one sentence: printed in lists of the odd cases. */
  plays: z.string().min(1),
  /** Who reads the ministry's letters; everybody else puts copies aside. */
  readers: z.array(roleSchema).default(['contact']),
  rules: z.array(ruleSchema).default([]),
})

/** `players.json`. */
export const playersScriptSchema = z.strictObject({
  version: z.literal(1),
  /** What anyone does to whom no rule of its own says otherwise. */
  habits: z.array(ruleSchema),
  municipalities: z.record(municipalityCodeSchema, municipalityScriptSchema),
  /** Writers who are no registered contacts, by `@name`. */
  people: z.record(z.string().startsWith('@'), z.strictObject({ name: z.string(), email: z.email() })),
  ministry: ministryHintsSchema,
})
export type PlayersScript = z.infer<typeof playersScriptSchema>

/** `figures.json`: by agreement, municipality and form key, what a municipality finds when it counts. */
export const knownFiguresSchema = z.record(
  agreementIdSchema,
  z.record(municipalityCodeSchema, z.record(z.string(), z.string())),
)
export type KnownFigures = z.infer<typeof knownFiguresSchema>
