import { beforeEach, describe, expect, test } from 'vitest'
import { experiencesView } from '../../../functions/handlers/console/experiences-page-input.ts'
import { startedYear, type StartedYear } from './svendborg-year.ts'
import { publish, tell } from './told-experiences.ts'

const told = 'Mentorer fra virksomhederne fik flere i job, også Peter fra Vejgade.'

const yearWith = async (values: Readonly<Record<string, string>>): Promise<StartedYear> => {
  const year = await startedYear()
  await tell(year, 'experience-1', values)
  return year
}
let year: StartedYear
beforeEach(async () => {
  year = await yearWith({ Erfaring: told, 'Erfaring må deles': 'ja' })
})

describe('experience cards', () => {
  test('an experience with consent waits for a caseworker, who redacts it and publishes it under a theme', async () => {
    expect(await experiencesView(year.ports, 2014)).toMatchObject({
      cards: [],
      undecided: [{ municipality: '479', text: told, themes: ['employment'] }],
    })
    const redacted = 'Mentorer fra virksomhederne fik flere i job.'
    expect(await year.decide(publish(redacted), 'sofie', 'approver')).toMatchObject({
      refusal: { kind: 'role' },
    })
    expect(await year.decide(publish(redacted), 'sofie', 'caseworker')).toEqual({ outcome: 'done' })
    const view = await experiencesView(year.ports, 2014)
    expect(view).toMatchObject({ cards: [{ theme: 'employment', text: redacted }], undecided: [] })
    expect(JSON.stringify(view)).not.toContain('Peter')
  })

  test('consent taken back takes the card away; a new text is a new experience', async () => {
    await year.decide(publish('Mentorer virker.'), 'sofie', 'caseworker')
    await tell(year, 'experience-2', { 'Erfaring må deles': 'nej' })
    expect(await experiencesView(year.ports, 2014)).toMatchObject({ cards: [], undecided: [] })
    await tell(year, 'experience-3', { Erfaring: 'Noget andet virker.', 'Erfaring må deles': 'ja' })
    expect(await experiencesView(year.ports, 2014)).toMatchObject({
      undecided: [{ mailKey: 'experience-3' }],
    })
  })

  test('without consent nothing is offered, and nothing can be published', async () => {
    for (const values of [{ Erfaring: told }, { Erfaring: told, 'Erfaring må deles': 'nej' }]) {
      const silent = await yearWith(values)
      expect(await experiencesView(silent.ports, 2014)).toMatchObject({ cards: [], undecided: [] })
      expect(await silent.decide(publish(told), 'sofie', 'caseworker')).toMatchObject({
        refusal: { kind: 'no-consent' },
      })
    }
  })

  test('one that is left out, with a reason, waits no more and is no card', async () => {
    const { text: reason, ...about } = publish('Handler om én borger.')
    const leave = { ...about, reason, do: 'leave-out-experience' } as const
    expect(await year.decide(leave, 'sofie', 'caseworker')).toEqual({ outcome: 'done' })
    expect(await experiencesView(year.ports, 2014)).toMatchObject({ cards: [], undecided: [] })
    expect(await experiencesView(year.ports, 2013)).toBeNull()
  })
})
