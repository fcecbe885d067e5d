import { describe, expect, it } from 'vitest'
import { makePdfPrinter } from '../../../functions/adapters/pdf/printer.ts'
import { renegotiationView } from '../../../functions/handlers/console/renegotiation-pages.ts'
import { performOwedLetters } from '../../../functions/handlers/streams.ts'
import { renegotiationPage } from '../../../functions/web/year/renegotiation-page.ts'
import { frame, reader } from '../../unit/web/page-parts.ts'
import { stopAllAnswers } from '../console/stopped-answers.ts'
import { accepted, declined, id, proposed } from './scenario.ts'
import type { RenegotiationWorld } from './world.ts'

/** The page as a reader sees it. */
const pageOf = async (world: RenegotiationWorld): Promise<string> => {
  const ports = { ...world.ports, reportFormats: { print: makePdfPrinter() } }
  const view = await renegotiationView(ports, id, 1)
  if (view === null) throw new Error('there is no such renegotiation')
  return (await renegotiationPage(frame(reader('caseworker')), view)).toString().replaceAll(/\s+/gu, ' ')
}

describe('answers on the page of a renegotiation', () => {
  it('says of a mail over the budget why it has no answer, beside the mail and in the timeline', async () => {
    const { world } = await proposed()
    const before = world.ports.mail.sent.length
    await world.mail(id, { from: 'contact', values: accepted, unanswered: 'hour' })
    expect(world.ports.mail.sent).toHaveLength(before)
    const page = await pageOf(world)
    const words = 'ikke besvaret automatisk: afsenderen har fået tre svar den seneste time'
    expect(page.split(words)).toHaveLength(3)
    expect(page).toContain(`Mail fra Svendborg: tæller; ${words}`)
  })
  it('says of a mail whose answer is owed that it has not gone yet, until it has', async () => {
    const { world } = await proposed()
    await stopAllAnswers(world.ports)
    await world.mail(id, { from: 'signatory', values: declined })
    expect(await pageOf(world)).toContain('skyldes, ikke sendt endnu')
    const { world: other } = await proposed()
    await other.mail(id, { from: 'signatory', values: declined })
    await performOwedLetters(other.ports, other.stream(id))
    expect(await pageOf(other)).not.toContain('skyldes')
  })
})
