import { local } from './embedded-aws.ts'
import { directoryOf } from './players/directory.ts'
import { openContactPlayers } from './players/contact-player.ts'
import { openLandedReplies } from './players/landed-replies.ts'
import { openMinistryPlayers } from './players/ministry/ministry-players.ts'
import { openTasksDue } from './players/ministry/tasks-due.ts'
import type { Landing } from './players/landed-replies.ts'
import type { Maildirs } from './mail/maildir.ts'
import type { LoadedSet } from './sample/read-set.ts'
import type { LocalClock } from './clock.ts'
import type { LocalSystem } from './system.ts'

/** Where the players play: the system as those see it who write to it and press its buttons. */
export interface Stage {
  readonly clock: LocalClock
  readonly maildirs: Maildirs
  readonly smtpPort: number
  readonly consoleUrl: string
  readonly landing: Landing
  /** The path of a file of theirs. */
  readonly file: (name: string) => string
}

/** The local system as a stage. */
export const stageOf = ({ clock, maildirs, smtpPort, addresses, folder, aws }: LocalSystem): Stage => ({
  clock,
  maildirs,
  smtpPort,
  consoleUrl: addresses['console'] ?? '',
  landing: {
    keys: () => aws.s3.folder.keys(local.landingBucket),
    get: (key) => {
      const found = aws.s3.folder.get(local.landingBucket, key)
      return found && { bytes: found.bytes, receivedMs: Date.parse(found.stored.modifiedAt) }
    },
  },
  file: (name) => folder.file(name),
})

/** People played by the machine: contacts who answer mail, ministry people who press the console's buttons. */
export interface Season {
  /** What waits for someone a human plays: a municipality's letters, a ministry person's tasks. */
  waitsFor(who: string): Promise<readonly { readonly subject: string }[]>
  close(): Promise<void>
}

/**
 * Opens the players of a set on a stage.
 * @param except kommunekoder of municipalities, and ids of ministry people, that a person plays
 */
export async function openSeason(options: {
  stage: Stage
  loaded: LoadedSet
  except: ReadonlySet<string>
  onTrouble: (who: string, error: unknown) => void
}): Promise<Season> {
  const { stage, loaded, except, onTrouble } = options
  const { clock, maildirs, consoleUrl } = stage
  const landed = openLandedReplies(stage.landing)
  const contacts = await openContactPlayers({
    isReplied: (letter) => landed.isReplied(letter),
    script: loaded.players,
    directory: directoryOf(
      loaded.agreements.map(({ file }) => file),
      loaded.players,
      loaded.figures,
    ),
    except,
    maildirs,
    smtpPort: stage.smtpPort,
    outboxFolder: stage.file('outbox'),
    clock,
    onTrouble: ({ address, error }) => {
      onTrouble(address, error)
    },
  })
  const ministry = await openMinistryPlayers({
    hints: loaded.players.ministry,
    people: loaded.people,
    except,
    maildirs,
    consoleUrl,
    clock,
    onTrouble: ({ person, error }) => {
      onTrouble(person, error)
    },
  })
  const tasksDue = openTasksDue({
    hints: loaded.players.ministry,
    consoleUrl,
    people: loaded.people,
    maildirs,
    clock,
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
