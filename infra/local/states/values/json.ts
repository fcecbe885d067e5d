/** A JSON value. Values are treated as immutable everywhere in the engine. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

/** Whether a value is a JSON object: not null, not an array. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a JSON value is an object. */
export const isJsonObject = (value: Json | undefined): value is JsonObject => isObject(value)

/** Whether a JSON value is an array. */
export const isJsonArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

/** Parses JSON text; throws SyntaxError. The one place where parsed text gets the type Json. */
export const parseJson = (text: string): Json => JSON.parse(text)

/**
 * A plain copy of any value through JSON, as a payload that crosses a service boundary is copied.
 * `undefined` and functions become null.
 */
export const toJson = (value: unknown): Json => {
  const text = JSON.stringify(value)
  return text === undefined ? null : parseJson(text)
}

/** Size of a text in bytes of UTF-8, the measure of AWS's payload limits. */
export const byteLength = (text: string): number => Buffer.byteLength(text, 'utf8')

/** The name that error messages give to the type of a value. */
export const typeName = (value: Json): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
