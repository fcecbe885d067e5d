import type { Theme } from '../agreement/theme.ts'
import { accept, refuse, type Decision } from '../base/stream.ts'
import { undecidedOf } from './slices/experiences.ts'
import type { RunState, RunEvent } from './state.ts'
import type { Decider } from '../base/command.ts'
import type { OfferedExperience } from '../review/slices/facts.ts'

/** A caseworker publishes the redacted text under a theme, or leaves it out with a reason. */
export const decideExperience = (
  state: RunState,
  offered: OfferedExperience | null,
  decision:
    | { readonly publish: true; readonly theme: Theme; readonly text: string }
    | { readonly publish: false; readonly reason: string },
  who: Decider,
): Decision<RunEvent> => {
  if (!who.roles.includes('caseworker')) return refuse('role', 'publishing an experience takes a caseworker')
  if (offered === null) return refuse('no-consent', 'no experience is offered with consent to share it')
  const { agreement, municipality, mailKey } = offered
  if (who.barredFrom.includes(municipality)) return refuse('barred', 'barred from the municipality’s case')
  if (undecidedOf(state.experiences, [offered]).length === 0)
    return refuse('status', 'the experience is decided on')
  const about = { v: 1, agreement, municipality, mailKey, by: who.id } as const
  const text = (decision.publish ? decision.text : decision.reason).trim()
  if (text === '') return refuse('reason', 'a text is missing')
  return decision.publish
    ? accept<RunEvent>({
        type: 'ExperiencePublished',
        ...about,
        theme: decision.theme,
        private: { text },
      })
    : accept<RunEvent>({ type: 'ExperienceLeftOut', ...about, private: { text } })
}
