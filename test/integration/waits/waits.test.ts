import { afterEach, describe, expect, it } from 'vitest'
import type { StreamId } from '../../../functions/domain/base/stream-id.ts'
import { meet, points } from './four-points.ts'
import {
  status,
  finished,
  withoutLink,
  asked,
  answered,
  drafted,
  subject,
  recommend,
  approve,
  recommended,
  sentInHearing,
  inHearing,
  vouchedFor,
} from './stages.ts'
import { agreement, allFigures, openYearWorld, review, run, type YearWorld } from './year-world.ts'
import { on } from '../../support/world.ts'

/** A wait of the year: how it comes to be registered, what answers it, and what is so at once after. */
interface Wait {
  readonly name: string
  readonly stream: StreamId
  /** Brings the year to the moment before. */
  readonly before: (world: YearWorld) => Promise<void>
  readonly trigger: (world: YearWorld) => Promise<void>
  readonly answer: (world: YearWorld) => Promise<void>
  /** Without the clock moving: what the record says. */
  readonly afterwards: (world: YearWorld) => Promise<void>
}

const waits: readonly Wait[] = [
  {
    name: 'the figures, until the courtesy notice',
    stream: review,
    before: async (world) => {
      await world.begin()
      await world.decideRun({ do: 'release', agreements: [agreement] })
    },
    trigger: (world) => world.until(on('2015-01-15'), { deliver: false }),
    answer: (world) => world.reply(allFigures),
    afterwards: async (world) => {
      expect(await world.letters()).toEqual(['request@2015-01-15'])
      await world.until(on('2015-03-03'))
      expect(await world.letters()).toEqual(['request@2015-01-15'])
      expect(await status(world)).toBe('drafted')
    },
  },
  {
    name: 'the figures, until the reminder',
    stream: review,
    before: async (world) => {
      await asked(world)
      await world.until(on('2015-02-15'))
    },
    trigger: (world) => world.until(on('2015-02-16'), { deliver: false }),
    answer: (world) => world.reply(allFigures),
    afterwards: async (world) => {
      await world.until(on('2015-03-03'))
      expect(await world.letters()).toEqual(['request@2015-01-15', 'courtesy-notice@2015-02-16'])
      expect(await status(world)).toBe('drafted')
    },
  },
  {
    name: 'a person to see a held mail',
    stream: review,
    before: (world) => asked(world),
    trigger: (world) => world.reply(finished, { from: 'karsten@konsulenter.example' }),
    answer: async (world) => {
      const held = (await world.state()).mails.find((mail) => mail.standing === 'held')
      await world.decide({
        do: 'decide-held-mail',
        mailKey: held?.mailKey ?? '',
        as: 'counts',
        reason: 'kommunens konsulent, bekræftet i telefonen',
      })
    },
    afterwards: async (world) => {
      await world.until(on('2015-03-20'))
      expect(await world.letters()).toEqual(['request@2015-01-15', 'held-mail-notice@2015-02-10'])
      expect(await status(world)).toBe('drafted')
    },
  },
  {
    name: 'the decision on more time',
    stream: review,
    before: (world) => asked(world),
    trigger: (world) => world.reply('Udsættelse til: 13. marts 2015'),
    answer: async (world) => {
      const [wish] = (await world.state()).extensions
      await world.decide({
        do: 'decide-extension',
        mailKey: wish?.mailKey ?? '',
        grant: true,
        dueOn: '2015-03-13',
        reason: 'tallene skal behandles i udvalget',
      })
    },
    afterwards: async (world) => {
      expect(await world.expected(review)).toBe(`wait/reply/${on('2015-03-16')}`)
    },
  },
  {
    name: 'the recommendation',
    stream: review,
    before: (world) => answered(world),
    trigger: (world) => world.until(on('2015-02-18', '00:00'), { deliver: false }),
    answer: recommend,
    afterwards: async (world) => {
      expect(await world.expected(review)).toBe('wait/approval/')
    },
  },
  {
    name: 'the approval',
    stream: review,
    before: (world) => drafted(world),
    trigger: recommend,
    answer: approve,
    afterwards: async (world) => {
      expect(await status(world)).toMatch(/^(approved|hearing)$/)
    },
  },
  {
    name: 'the answer to a question',
    stream: review,
    before: (world) => drafted(world),
    trigger: async (world) =>
      world.decide({
        do: 'ask',
        questionId: 'q1',
        party: '479',
        keys: ['M2'],
        text: 'Hvordan er M2 gjort op?',
      }),
    answer: (world) => world.reply('M2 bemærkning: medianen af alle, der fik tilbud i 2014'),
    afterwards: async (world) => {
      expect(await status(world)).toBe('drafted')
      expect((await world.state()).rounds).toBe(2)
    },
  },
  {
    name: 'the delivery of the draft',
    stream: review,
    before: (world) => recommended(world),
    trigger: approve,
    answer: (world) => world.deliverAll(),
    afterwards: async (world) => {
      expect(await status(world)).toBe('hearing')
    },
  },
  {
    name: 'the hearing',
    stream: review,
    before: (world) => sentInHearing(world),
    trigger: (world) => world.deliverAll(),
    answer: (world) => world.reply('Høringssvar: ingen bemærkninger'),
    afterwards: async (world) => {
      expect(await status(world)).toMatch(/^(assessed|closed)$/)
      expect((await world.state()).finals).toMatchObject([{ version: 1, comments: 'none' }])
    },
  },
  {
    name: 'the answer to comments',
    stream: review,
    before: async (world) => {
      await inHearing(world)
      await world.reply('Høringssvar: bemærkninger\r\n\r\nM2 bemærkning: tallet er uden de unge')
      await world.quiet()
    },
    trigger: (world) => world.until(on('2015-03-05', '09:05'), { deliver: false }),
    answer: async (world) => {
      const { hearing } = await world.state()
      const answers = (hearing?.answers ?? []).map(({ mailKey }) => ({ mailKey, text: 'det er taget med' }))
      await world.decide({ do: 'answer-comments', subject: await subject(world), answers })
    },
    afterwards: async (world) => {
      expect((await world.state()).finals).toMatchObject([{ version: 1, comments: 'answered' }])
    },
  },
  {
    name: "the dissemination's link",
    stream: review,
    before: (world) => inHearing(world, withoutLink),
    trigger: (world) => world.reply('Høringssvar: ingen bemærkninger'),
    answer: (world) => world.reply('Formidling: http://erfaringsbasen.example/svendborg'),
    afterwards: async (world) => {
      expect(await status(world)).toBe('closed')
    },
  },
  {
    name: "the run's release",
    stream: run,
    before: async () => undefined,
    trigger: (world) => world.begin(),
    answer: (world) => world.decideRun({ do: 'release', agreements: [agreement] }),
    afterwards: async (world) => {
      expect((await world.runState()).status).toBe('running')
      await world.until(on('2015-01-15'))
      expect(await world.letters()).toEqual(['request@2015-01-15'])
    },
  },
  {
    name: "the run's reviews",
    stream: run,
    before: (world) => inHearing(world),
    trigger: (world) => world.wake(run),
    answer: async (world) => {
      await world.reply('Høringssvar: ingen bemærkninger')
      // The review's own execution assesses and closes its item; the run stands still meanwhile.
      while ((await world.ports.register.openReviews(2014)).length > 0)
        await new Promise((resolve) => setImmediate(resolve))
    },
    afterwards: async (world) => {
      expect(await world.expected(run)).toBe(`wait/fact-check-day/${on('2015-08-10')}`)
    },
  },
]

const open: YearWorld[] = []
const opened = async (): Promise<YearWorld> => {
  const world = await openYearWorld()
  open.push(world)
  return world
}
afterEach(async () => {
  for (const world of open.splice(0)) await world.close()
})

describe.each(waits)('waiting for $name', (wait) => {
  it.each(points)('an answer that comes %s is seen at once', async (point) => {
    const world = await opened()
    await wait.before(world)
    await meet(world, wait.stream, point, {
      trigger: () => wait.trigger(world),
      answer: () => wait.answer(world),
    })
    const at = world.clock.nowIso()
    const expected = await world.expected(wait.stream)
    const left = await world.waits(wait.stream)
    expect(
      left.map(({ expects }) => expects),
      'every token waits for what the record now lacks',
    ).toEqual(left.map(() => expected))
    if (expected !== 'ended') expect(left.length).toBeGreaterThan(0)
    expect(world.clock.nowIso(), 'no time went by').toBe(at)
    await wait.afterwards(world)
    expect((await world.letters()).filter((letter) => letter.startsWith('reminder'))).toEqual([])
    expect(world.faults).toEqual([])
  })
})

describe('when the hearing has timed out and the next step is not planned yet', () => {
  it.each(['M2 bemærkning: tallet er uden de unge', 'Tak for udkastet, vi ser på det.'])(
    'an answer is not passed over: %s',
    async (text) => {
      const world = await opened()
      await sentInHearing(world)
      await meet(world, review, 'after the timeout', {
        trigger: () => world.deliverAll(),
        answer: () => world.reply(text),
      })
      expect(await status(world)).toBe('hearing')
      expect(await world.expected(review)).toMatch(/^wait\/(comments|held-mail)\/$/)
      expect((await world.waits(review)).map(({ expects }) => expects)).toEqual([
        await world.expected(review),
      ])
    },
  )
})

it('sends no reminder when the reply comes between the plan and the sending', async () => {
  const world = await opened()
  await asked(world)
  await world.until(on('2015-03-02', '23:00'))
  const gate = world.hold('SendLetter', review, 'before')
  const passing = world.until(on('2015-03-03', '09:00'))
  await gate.reached
  await world.reply(allFigures)
  gate.letGo()
  await passing
  expect(await world.letters()).toEqual(['request@2015-01-15', 'courtesy-notice@2015-02-16'])
  expect(await status(world)).toBe('drafted')
})

it('leaves a case to the higher attempt: the lower ends, and nothing is done twice', async () => {
  const world = await opened()
  await asked(world)
  await world.ports.workflows.start('agreement-review', 'review-2014-svendborg-rk-a2', {
    stream: review,
    attempt: 2,
  })
  await world.quiet()
  await world.reply(finished)
  await world.until(on('2015-02-18', '09:05'))
  expect((await world.state()).attempts).toEqual({ attached: 2, lost: false })
  expect((await world.state()).rounds).toBe(1)
  expect((await world.waits(review)).length).toBe(1)
  expect(await world.letters()).toEqual(['request@2015-01-15'])
})

it('takes a reopened review up by its next attempt, though its execution has ended', async () => {
  const world = await opened()
  await inHearing(world)
  await world.reply('Høringssvar: ingen bemærkninger')
  await world.quiet()
  expect(await status(world)).toBe('closed')
  await world.reply('M2: 40')
  await vouchedFor(world)
  await world.decide({ do: 'reopen', reason: 'tallet var forkert' })
  await world.quiet()
  expect(await world.state()).toMatchObject({ status: 'drafted', attempts: { attached: 2, lost: false } })
  expect((await world.waits(review)).map(({ kind }) => kind)).toEqual(['recommendation'])
})

it('tells the run when the last review was stopped', async () => {
  const world = await opened()
  await drafted(world)
  await world.decide({ do: 'stop', reason: 'kontrakten er ophævet' }, 'anders')
  await world.quiet()
  expect(await world.waits(review)).toEqual([])
  expect((await world.waits(run)).map(({ kind }) => kind)).toEqual(['fact-check-day'])
})
