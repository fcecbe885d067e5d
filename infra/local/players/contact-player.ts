import type { ClockSource } from '../clock-source.ts'
import type { Maildirs } from '../mail/maildir.ts'
import { answerTime } from './answer-time.ts'
import { chooseRule, type FiledLetter } from './choose-rule.ts'
import { composeAnswer } from './compose-answer.ts'
import type { Directory, Mailbox } from './directory.ts'
import { answerId, openOutbox } from './outbox.ts'
import { readLetter, type SeenLetter } from './read-letter.ts'
import type { PlayerAnswer, PlayersScript } from './script.ts'
import { answeredByReply, lettersWaiting, type WaitingLetter } from './waits-for.ts'

export interface ContactPlayersOptions {
  readonly script: PlayersScript
  readonly directory: Directory
  /** Municipalities that a person plays: their mailboxes are left alone. */
  readonly except: ReadonlySet<string>
  readonly maildirs: Pick<Maildirs, 'list' | 'read' | 'markSeen' | 'watch'>
  readonly smtpPort: number
  /** Where composed answers are kept until and after they are sent. */
  readonly outboxFolder: string
  readonly clock: {
    now(): number
    hold(reason: string): () => void
    changed(): void
    attach(source: ClockSource): () => void
  }
  /** Whether the mail server has accepted a reply to a letter: for who plays a municipality herself. */
  readonly isReplied?: (letter: SeenLetter) => Promise<boolean>
  /** Told of what cannot be sent; the player tries again and the clock stands meanwhile. */
  readonly onTrouble: (trouble: { address: string; error: unknown }) => void
}

export interface ContactPlayers {
  /** The letters that a municipality has been asked to answer and has not: for who plays it. */
  waitsFor(municipality: string): Promise<readonly WaitingLetter[]>
  close(): Promise<void>
}

interface Planned {
  readonly mailbox: Mailbox
  readonly letterId: string
  readonly filed: FiledLetter
  readonly rule: string
  readonly nth: number
  readonly answer: PlayerAnswer
  readonly dueMs: number
}

const retryMs = 1_000

/**
 * The contacts of all municipalities, played after the script. They know only what lies in their mailboxes
 * and act only by SMTP. A letter stays unread until its answers are accepted, so that a player that was
 * killed finds the same letters, plans the same and sends the same messages.
 */
export async function openContactPlayers(options: ContactPlayersOptions): Promise<ContactPlayers> {
  const { clock, maildirs, directory, script } = options
  const outbox = openOutbox({ folder: options.outboxFolder, smtpPort: options.smtpPort })
  const played = new Map(
    directory.mailboxes
      .filter(({ municipality }) => !options.except.has(municipality))
      .map((box) => [box.address, box]),
  )
  const filedById = new Map<string, FiledLetter>()
  const planned = new Set<Planned>()
  /** How many answers to a letter are still to be sent; a letter that is here has been looked at. */
  const unsent = new Map<string, number>()
  const working = new Set<Promise<void>>()
  let closed = false

  /** Work that the clock waits for. */
  const hold = (reason: string, address: string, work: () => Promise<void>): void => {
    const release = clock.hold(reason)
    const running = work()
      .catch((error: unknown) => options.onTrouble({ address, error }))
      .finally(() => {
        working.delete(running)
        clock.changed()
        release()
      })
    working.add(running)
  }

  const file = async (mailbox: Mailbox, id: string): Promise<FiledLetter | undefined> => {
    const key = letterKey(mailbox, id)
    const known = filedById.get(key)
    if (known !== undefined) return known
    const raw = await maildirs.read(mailbox.address, id)
    if (raw === undefined) return undefined
    const letter = await readLetter(raw)
    const filed = { letter, agreement: directory.agreementOf(letter.caseNumber, mailbox.municipality) }
    filedById.set(key, filed)
    return filed
  }

  const earlierThan = async (mailbox: Mailbox, id: string): Promise<FiledLetter[]> => {
    const earlier: FiledLetter[] = []
    for (const entry of maildirs.list(mailbox.address)) {
      if (entry.id === id) break
      const filed = await file(mailbox, entry.id)
      if (filed !== undefined && isTo(filed, mailbox)) earlier.push(filed)
    }
    return earlier
  }

  /** Reads a new letter and plans its answers, or puts it aside. */
  const look = async (mailbox: Mailbox, id: string): Promise<void> => {
    const key = letterKey(mailbox, id)
    if (unsent.has(key)) return
    unsent.set(key, 0)
    const filed = await file(mailbox, id)
    const readers = script.municipalities[mailbox.municipality]?.readers ?? ['contact']
    const reads = filed !== undefined && readers.some((role) => role === mailbox.role) && isTo(filed, mailbox)
    const rule = reads
      ? chooseRule(script, mailbox.municipality, await earlierThan(mailbox, id), filed)
      : undefined
    if (filed === undefined || rule === undefined || rule.answers.length === 0)
      return maildirs.markSeen(mailbox.address, id)
    const letterMs = filed.letter.datedMs ?? clock.now()
    unsent.set(key, rule.answers.length)
    for (const [nth, answer] of rule.answers.entries()) {
      const dueMs = answerTime(answer.after, letterMs, `${mailbox.municipality} ${rule.id} ${nth}`)
      planned.add({ mailbox, letterId: id, filed, rule: rule.id, nth, answer, dueMs })
    }
  }

  const send = async ({ mailbox, letterId, filed, rule, nth, answer, dueMs }: Planned): Promise<void> => {
    const { municipality, address } = mailbox
    const writer = directory.personOf(municipality, answer.from ?? mailbox.role) ?? {
      name: '',
      title: '',
      email: address,
    }
    const figures = directory.figuresOf(filed.agreement, municipality)
    await outbox.send(
      answerId(address, letterId, filed.letter.messageId, rule, String(nth)),
      answer.times,
      async () => ({
        from: writer,
        to: filed.letter.answerTo,
        atMs: dueMs,
        automatic: answer.automatic,
        answer: await composeAnswer(answer, filed.letter, { ...writer, municipality, figures }, dueMs),
      }),
    )
  }

  /** Sends, and goes on trying; then the letter is done with, if this was its last answer. */
  const sendSurely = async (plan: Planned): Promise<void> => {
    const { mailbox, letterId } = plan
    while (!closed) {
      try {
        await send(plan)
        const left = (unsent.get(letterKey(mailbox, letterId)) ?? 1) - 1
        unsent.set(letterKey(mailbox, letterId), left)
        if (left === 0) maildirs.markSeen(mailbox.address, letterId)
        return
      } catch (error) {
        options.onTrouble({ address: mailbox.address, error })
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      }
    }
  }

  const detach = clock.attach({
    name: 'contact players',
    nextDue: () => {
      let next: number | undefined
      for (const { dueMs } of planned) if (next === undefined || dueMs < next) next = dueMs
      return next
    },
    fireDue: () => {
      const due = [...planned].filter(({ dueMs }) => dueMs <= clock.now())
      for (const plan of due) {
        planned.delete(plan)
        hold('an answer being sent', plan.mailbox.address, () => sendSurely(plan))
      }
    },
  })
  const unwatch = maildirs.watch(({ address, id }) => {
    const mailbox = played.get(address)
    if (mailbox !== undefined && !closed) hold('a letter unread', address, () => look(mailbox, id))
  })
  for (const mailbox of played.values())
    for (const { id, seen } of maildirs.list(mailbox.address))
      if (!seen) hold('a letter unread', mailbox.address, () => look(mailbox, id))
  await Promise.all(working)

  return {
    async waitsFor(municipality) {
      const found = []
      for (const box of directory.mailboxes.filter((one) => one.municipality === municipality))
        for (const { id, seen } of maildirs.list(box.address)) {
          const filed = await file(box, id)
          if (filed === undefined || !isTo(filed, box)) continue
          const asksForAReply = answeredByReply.some((kind) => kind === filed.letter.kind)
          const replied = asksForAReply && ((await options.isReplied?.(filed.letter)) ?? false)
          found.push({ id, address: box.address, seen, filed, replied })
        }
      return lettersWaiting(found)
    },
    async close() {
      closed = true
      detach()
      unwatch()
      await Promise.all(working)
      outbox.close()
    },
  }
}

const letterKey = (mailbox: Mailbox, id: string): string => `${mailbox.address}/${id}`

/** Copies are put aside by who gets them: the one in To answers. */
const isTo = ({ letter }: FiledLetter, mailbox: Mailbox): boolean => letter.to.includes(mailbox.address)
