/** What keeps an agreement from being signed: where in the file, what was expected there, which part is missing. */
export interface Shortcoming {
  /** Place in the agreement's file, e.g. `targets.0.weight`. */
  readonly path: string
  /** One English sentence: what must stand there. */
  readonly expected: string
  /** The same as the console says it. */
  readonly da: string
  /** A mandatory part that is missing, in the Finance Act's own words. */
  readonly part?: string
}

/** `targets.0.weight: the weights must sum to 100 (they sum to 90)` */
export const shortcomingText = ({ path, expected, part }: Shortcoming): string =>
  part === undefined ? `${path}: ${expected}` : `${path}: ${expected} (mangler: ${part})`
