import type { InboxHome } from '../../domain/inbox/inbox.ts'
import type { ArrivingMail } from './arriving.ts'
import { ofClosedYear } from './closed-year.ts'
import { contradicted } from './contradicted.ts'
import { identify, type Home } from './identify.ts'
import type { InboxNotice } from './inbox-notice.ts'
import type { ReadingPorts } from './read-mail.ts'
import type { Envelope } from './received-mail.ts'
import { unplaced } from './unplaced.ts'

/** Where a mail goes: into the case it names, or into the inbox with the reason and its likely homes. */
export type Place =
  | { readonly place: 'case'; readonly home: Extract<Home, { home: 'case' }> }
  | {
      readonly place: 'inbox'
      readonly reason: string
      readonly homes: readonly InboxHome[]
      readonly notice: InboxNotice | null
    }

export const placeOf = async (
  ports: ReadingPorts,
  mail: ArrivingMail,
  envelope: Envelope,
): Promise<Place> => {
  const home = await identify(ports, mail.message, envelope.recipients)
  if (home.home !== 'case')
    return {
      place: 'inbox',
      ...(await unplaced(ports, mail, envelope, home.home === 'conflict' ? home.named : [])),
    }
  const doubted =
    (await contradicted(ports, mail, envelope, home)) ?? (await ofClosedYear(ports, mail, envelope, home))
  return doubted === null ? { place: 'case', home } : { place: 'inbox', ...doubted }
}
