import { DomUtils, parseDocument } from 'htmlparser2'
import { addDays, atCopenhagen, isAfter, todayInCopenhagen } from '../../../../functions/domain/base/time.ts'
import type { ClockSource } from '../../clock-source.ts'
import type { Maildirs } from '../../mail/maildir.ts'
import type { MinistryHints } from '../ministry-hints.ts'
import { actOnFrom } from './act-on-from.ts'
import { openBrowser, type Browser } from './browser.ts'
import { chooseDecisions, type FilledForm } from './choose-decision.ts'
import { openAs } from './log-in.ts'
import { alertsOf, formsOf, listedTasks, type ListedTask } from './page-forms.ts'

export interface MinistryPlayersOptions {
  readonly hints: MinistryHints
  /** The ministry's people; those the hints name are played, unless a person plays them. */
  readonly people: readonly { readonly id: string; readonly email: string }[]
  readonly except: ReadonlySet<string>
  readonly maildirs: Pick<Maildirs, 'list' | 'markSeen' | 'watch'>
  readonly consoleUrl: string
  readonly clock: {
    now(): number
    hold(reason: string): () => void
    changed(): void
    attach(source: ClockSource): () => void
  }
  /** Told of a page or a decision that did not go as meant; the player goes on. */
  readonly onTrouble: (trouble: { person: string; error: unknown }) => void
}

export interface MinistryPlayers {
  close(): Promise<void>
}

/** Half past nine: people come to a task in the morning. */
const morning = '09:30'
const morningOf = (date: string): number => Date.parse(atCopenhagen(date, morning))

interface Player {
  readonly id: string
  readonly email: string
  readonly browser: Browser
  /** Round after round, never two at once. */
  turn: Promise<void>
  /** ms; when a task that was left to lie is to be done. */
  dueMs: number | undefined
  /** A round that has not begun yet sees every mail that comes meanwhile. */
  waiting: boolean
}

/** What is sent is what a browser would send, with the chosen values in place. */
const bodyOf = ({ form, values }: FilledForm): URLSearchParams => {
  const fields = new URLSearchParams(form.fields)
  for (const [name, value] of Object.entries(values)) {
    fields.delete(name)
    for (const one of typeof value === 'string' ? [value] : value) fields.append(name, one)
  }
  return fields
}

/**
 * Caseworkers and approvers of the ministry, played. They know what their mails and the console's pages say and
 * act only by the pages' forms, logged in like anybody. A mail stays unread until everything it is about is
 * done, so that a player that was killed looks again.
 */
export async function openMinistryPlayers(options: MinistryPlayersOptions): Promise<MinistryPlayers> {
  const { clock, hints, maildirs, consoleUrl } = options
  const { caseworkers, approver, deputyApprover, headOfDepartment } = hints.people
  const named = new Set([...caseworkers, approver, deputyApprover, headOfDepartment])
  const players: readonly Player[] = options.people
    .filter(({ id }) => named.has(id) && !options.except.has(id))
    .map(({ id, email }) => ({
      id,
      email: email.toLowerCase(),
      browser: openBrowser(),
      turn: Promise.resolve(),
      dueMs: undefined,
      waiting: false,
    }))
  let closed = false

  const dateNow = (): string => todayInCopenhagen(new Date(clock.now()).toISOString())

  const doTask = async (player: Player, task: ListedTask, today: string): Promise<void> => {
    const page = await openAs(player.browser, player.id, new URL(task.href, consoleUrl))
    if (page.status >= 400) throw new Error(`${task.href} answered ${page.status}`)
    const text = DomUtils.textContent(parseDocument(page.html).children)
    for (const decision of chooseDecisions({ task, forms: formsOf(page.html), text, today, hints })) {
      const refused = await player.browser.press(page, {
        action: decision.form.action,
        fields: bodyOf(decision),
      })
      if (refused !== null)
        throw new Error(
          `${decision.form.name} on ${task.href}: ${refused.status} ${alertsOf(refused.html).join(' ')}`,
        )
    }
  }

  /** Looks through the list and does what is due; answers when to come back for what is left to lie. */
  const lookThrough = async (player: Player): Promise<number | undefined> => {
    const list = await openAs(player.browser, player.id, new URL('/', consoleUrl))
    if (list.status >= 400) throw new Error(`the list of tasks answered ${list.status}`)
    const today = dateNow()
    let next: number | undefined
    const comeBack = (dueMs: number): void => {
      next = next === undefined ? dueMs : Math.min(next, dueMs)
    }
    const seen = new Set<string>()
    for (const task of listedTasks(list.html)) {
      const from = actOnFrom(task, player.id, hints)
      if (from === null || closed) continue
      if (isAfter(from, today)) {
        comeBack(morningOf(from))
        continue
      }
      // One visit does all of a kind on one page.
      const visit = `${task.kind} ${new URL(task.href, consoleUrl).pathname}`
      if (seen.has(visit)) continue
      seen.add(visit)
      await doTask(player, task, today).catch((error: unknown) => {
        options.onTrouble({ person: player.id, error })
        comeBack(morningOf(addDays(today, 1)))
      })
    }
    return next
  }

  const round = async (player: Player): Promise<void> => {
    if (closed) return
    const unread = maildirs.list(player.email).filter(({ seen }) => !seen)
    if (unread.length === 0) return
    try {
      player.dueMs = await lookThrough(player)
    } catch (error) {
      options.onTrouble({ person: player.id, error })
      player.dueMs = morningOf(addDays(dateNow(), 1))
    }
    if (player.dueMs === undefined) for (const { id } of unread) maildirs.markSeen(player.email, id)
  }

  /** The clock stands until the round is over. */
  const take = (player: Player, reason: string): void => {
    if (player.waiting) return
    player.waiting = true
    const release = clock.hold(reason)
    player.turn = player.turn
      .then(() => {
        player.waiting = false
        return round(player)
      })
      .finally(() => {
        clock.changed()
        release()
      })
  }

  const detach = clock.attach({
    name: 'ministry players',
    nextDue: () => {
      const due = players.flatMap(({ dueMs }) => (dueMs === undefined ? [] : [dueMs]))
      return due.length === 0 ? undefined : Math.min(...due)
    },
    fireDue: () => {
      for (const player of players) {
        if (player.dueMs === undefined || player.dueMs > clock.now()) continue
        player.dueMs = undefined
        take(player, 'a task being done')
      }
    },
  })
  const unwatch = maildirs.watch(({ address }) => {
    const player = players.find(({ email }) => email === address)
    if (player !== undefined && !closed) take(player, 'a mail to the ministry unread')
  })
  for (const player of players) take(player, 'a mail to the ministry unread')
  await Promise.all(players.map(({ turn }) => turn))

  return {
    async close() {
      closed = true
      detach()
      unwatch()
      await Promise.all(players.map(({ turn }) => turn))
    },
  }
}
