import { local } from './embedded-aws.ts'
import { directoryOf } from './players/directory.ts'
import { openContactPlayers } from './players/contact-player.ts'
import { openLandedReplies } from './players/landed-replies.ts'
import { openMinistryPlayers } from './players/ministry/ministry-players.ts'
import { openTasksDue } from './players/ministry/tasks-due.ts'
import type { LoadedSet } from './sample/read-set.ts'
import type { LocalSystem } from './system.ts'

/** People played by the machine: contacts who answer mail, ministry people who press the console's buttons. */
export interface Season {
  /** What waits for someone a human plays: a municipality's letters, a ministry person's tasks. */
  waitsFor(who: string): Promise<readonly { readonly subject: string }[]>
  close(): Promise<void>
}

/**
 * Opens the players of a set on a running system.
 * @param except kommunekoder of municipalities, and ids of ministry people, that a person plays
 */
export async function openSeason(options: {
  system: LocalSystem
  loaded: LoadedSet
  except: ReadonlySet<string>
  onTrouble: (who: string, error: unknown) => void
}): Promise<Season> {
  const { system, loaded, except, onTrouble } = options
  const { folder: buckets } = system.aws.s3
  const landed = openLandedReplies({
    keys: () => buckets.keys(local.landingBucket),
    get: (key) => {
      const found = buckets.get(local.landingBucket, key)
      return found && { bytes: found.bytes, receivedMs: Date.parse(found.stored.modifiedAt) }
    },
  })
  const contacts = await openContactPlayers({
    isReplied: (letter) => landed.isReplied(letter),
    script: loaded.players,
    directory: directoryOf(
      loaded.agreements.map(({ file }) => file),
      loaded.players,
      loaded.figures,
    ),
    except,
    maildirs: system.maildirs,
    smtpPort: system.smtpPort,
    outboxFolder: system.folder.file('outbox'),
    clock: system.clock,
    onTrouble: ({ address, error }) => {
      onTrouble(address, error)
    },
  })
  const ministry = await openMinistryPlayers({
    hints: loaded.players.ministry,
    people: loaded.people,
    except,
    maildirs: system.maildirs,
    consoleUrl: system.addresses['console'] ?? '',
    clock: system.clock,
    onTrouble: ({ person, error }) => {
      onTrouble(person, error)
    },
  })
  const tasksDue = openTasksDue({
    hints: loaded.players.ministry,
    consoleUrl: system.addresses['console'] ?? '',
    people: loaded.people,
    maildirs: system.maildirs,
    clock: system.clock,
  })
  const isMinistryPerson = (who: string): boolean => loaded.people.some(({ id }) => id === who)
  return {
    waitsFor: (who) => (isMinistryPerson(who) ? tasksDue(who) : contacts.waitsFor(who)),
    close: async () => {
      await contacts.close()
      await ministry.close()
    },
  }
}
