import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { contactIdSchema } from '../../../functions/domain/base/values.ts'
import { reviewStream } from '../../../functions/domain/base/stream-id.ts'
import { reviewCase } from '../../../functions/handlers/streams/cases.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import type { ClockSource } from '../../../infra/local/clock-source.ts'
import { openMaildirs } from '../../../infra/local/mail/maildir.ts'
import { openBrowser } from '../../../infra/local/players/ministry/browser.ts'
import { openAs } from '../../../infra/local/players/ministry/log-in.ts'
import { listedTasks } from '../../../infra/local/players/ministry/page-forms.ts'
import { ministryHintsSchema } from '../../../infra/local/players/ministry-hints.ts'
import {
  openMinistryPlayers,
  type MinistryPlayers,
} from '../../../infra/local/players/ministry/ministry-players.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { openConsoleWorld, people, type ConsoleWorld } from './console-world.ts'
import { makeDraft, openReview, receiveFigures, receiveMail } from './review-record.ts'

const { agreement } = svendborg
/** One caseworker, so that every case is hers. */
const staff = people.filter((person) => person.id !== 'begge')
const hints = ministryHintsSchema.parse({
  people: { caseworkers: ['sofie'], approver: 'anders', deputyApprover: 'inhabil' },
  release: { by: 'anders', on: '2015-01-12' },
  pace: { caseworkerDays: 2, approverDays: 1 },
  sentBack: [
    {
      agreement: 'svendborg-rk',
      remark: 'Spørg kommunen.',
      target: 'M2',
      question: 'Hvordan er ventetiden gjort op?',
    },
  ],
  extensions: [
    { municipality: '479', decision: 'refused', dueOn: '2015-03-05', reason: 'bedømmelsen skal foreligge' },
  ],
  heldMails: [],
  hearingReplies: [],
  comments: [],
  externalFactors: [{ agreement: 'svendborg-rk', target: 'M2', text: 'Flere kom end forudsat.' }],
  renegotiation: {
    decideNotBefore: '2015-04-13',
    proposalsOn: '2015-04-20',
    declineReason: 'en andel',
    effectiveOn: '2015-07-01',
    opened: [],
    withdrawnByMunicipality: [],
  },
  factCheckCorrections: [],
})

let world: ConsoleWorld
let players: MinistryPlayers
const sources = new Set<ClockSource>()
const troubles: unknown[] = []
const maildirs = () => openMaildirs(mkdtempSync(join(tmpdir(), 'aarshjul-mail-')))

afterEach(async () => {
  await players.close()
  await world.close()
})

const open = async (boxes: ReturnType<typeof maildirs>): Promise<void> => {
  players = await openMinistryPlayers({
    hints,
    people,
    except: new Set(),
    maildirs: boxes,
    consoleUrl: world.base,
    clock: {
      now: () => Date.parse(world.ports.clock.now()),
      hold: () => () => undefined,
      changed: () => undefined,
      attach: (source) => {
        sources.add(source)
        return () => sources.delete(source)
      },
    },
    onTrouble: (trouble) => {
      troubles.push(trouble)
    },
  })
}

let delivered = 0
/** The daily mail; its words do not matter to who opens the list anyway. */
const remind = (boxes: ReturnType<typeof maildirs>, person: string): void => {
  delivered += 1
  boxes.deliver(
    `${person}@ministeriet.example`,
    `mail-${delivered}`,
    Buffer.from('Subject: 1 sag venter\n\nSe listen.\n'),
  )
}

const state = async () => (await loadCase(world.ports, reviewCase, reviewStream(2014, agreement.id))).state

/** Lets the players finish what they hold, as the clock would. */
const settle = async (boxes: ReturnType<typeof maildirs>): Promise<void> => {
  await players.close()
  await open(boxes)
}

it('plays a draft sent back, the question to the municipality, and a refused extension', async () => {
  world = await openConsoleWorld({ at: '2015-02-24T10:00:00.000Z', staff })
  const boxes = maildirs()
  await openReview(world.ports, agreement)
  await receiveMail(
    world.ports,
    agreement,
    { mailKey: 'extension-1', standing: 'counts' },
    {
      type: 'ExtensionRequested',
      v: 1,
      party: '479',
      mailKey: 'extension-1',
      until: '2015-04-01',
      byKey: false,
    },
  )
  remind(boxes, 'sofie')
  await open(boxes)
  expect((await state()).extensions[0]?.decided).toMatchObject({ granted: false, dueOn: '2015-03-05' })

  await receiveFigures(world.ports, agreement)
  world.ports.clock.set('2015-03-10T08:00:00.000Z')
  await makeDraft(world.ports, agreement)
  remind(boxes, 'sofie')
  await settle(boxes)
  expect((await state()).status).toBe('drafted')
  expect([...sources].map((source) => new Date(source.nextDue() ?? 0).toISOString())).toEqual([
    '2015-03-12T08:30:00.000Z',
  ])

  world.ports.clock.set('2015-03-12T08:30:00.000Z')
  for (const source of sources) source.fireDue()
  await settle(boxes)
  expect(await state()).toMatchObject({
    status: 'recommended',
    recommendation: { by: 'sofie', externalFactors: ['Mål 2: Flere kom end forudsat.'] },
  })

  world.ports.clock.set('2015-03-13T08:30:00.000Z')
  remind(boxes, 'anders')
  await settle(boxes)
  expect(await state()).toMatchObject({
    status: 'drafted',
    sentBack: { by: 'anders', text: 'Spørg kommunen.' },
  })

  world.ports.clock.set('2015-03-18T08:30:00.000Z')
  remind(boxes, 'sofie')
  await settle(boxes)
  expect(await state()).toMatchObject({ status: 'asking', questions: [{ party: '479', keys: ['M2'] }] })
  expect(troubles).toEqual([])
})

it('counts a held mail of the own domain and leaves a stranger for a week', async () => {
  world = await openConsoleWorld({ at: '2015-02-24T10:00:00.000Z', staff })
  const boxes = maildirs()
  for (const contact of svendborg.contacts) await world.ports.contacts.put(agreement.id, contact)
  const own = svendborg.contacts[0]?.email.split('@')[1] ?? ''
  await openReview(world.ports, agreement)
  await receiveMail(world.ports, agreement, { mailKey: 'held-own-1', standing: 'held', from: `ny@${own}` })
  await receiveMail(world.ports, agreement, {
    mailKey: 'held-other',
    standing: 'held',
    from: 'x@raadgiver.example',
  })
  remind(boxes, 'sofie')
  world.ports.clock.set('2015-02-26T10:00:00.000Z')
  await open(boxes)
  expect((await state()).mails.map((mail) => mail.standing)).toEqual(['counts', 'held'])
  world.ports.clock.set('2015-03-04T10:00:00.000Z')
  remind(boxes, 'sofie')
  await settle(boxes)
  expect((await state()).mails.map((mail) => mail.standing)).toEqual(['counts', 'rejected'])
  expect(boxes.list('sofie@ministeriet.example').every((mail) => mail.seen)).toBe(true)
})

it('looks at an absence note over the due date as a task of the caseworker, and notes it', async () => {
  world = await openConsoleWorld({ at: '2015-02-24T10:00:00.000Z', staff })
  const boxes = maildirs()
  await openReview(world.ports, agreement)
  await receiveMail(world.ports, agreement, {
    mailKey: 'absence-1',
    standing: 'automatic',
    reason: 'absence',
    contactId: contactIdSchema.parse('kontakt-1'),
    absentUntil: '2015-10-01',
  })
  const tasks = await openAs(openBrowser(), 'sofie', `${world.base}/`)
  expect(listedTasks(tasks.html)).toMatchObject([{ kind: 'absence', agreement: agreement.id }])
  remind(boxes, 'sofie')
  await open(boxes)
  world.ports.clock.set('2015-02-27T10:00:00.000Z')
  remind(boxes, 'sofie')
  await settle(boxes)
  expect((await state()).notes).toMatchObject([{ by: 'sofie', about: 'phone' }])
  const after = await openAs(openBrowser(), 'sofie', `${world.base}/`)
  expect(listedTasks(after.html)).toEqual([])
})
