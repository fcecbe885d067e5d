import type { AgreementFile } from '../../../functions/domain/agreement/content.ts'
import { on } from '../../support/world.ts'
import { agreement, allFigures, type YearWorld } from './year-world.ts'

/** A caseworker lets the figures count that came to a year already closed: that asks whether to reopen it. */
export const vouchedFor = async (world: YearWorld): Promise<void> => {
  const held = (await world.state()).mails.findLast(({ standing }) => standing === 'held')
  if (held === undefined) throw new Error('no mail is held')
  await world.decide({
    do: 'decide-held-mail',
    mailKey: held.mailKey,
    as: 'counts',
    reason: 'kontakten har ringet om rettelsen',
  })
}

/** The stages of Svendborg's review, each from the run's opening on. */
export const status = async (world: YearWorld): Promise<string> => (await world.state()).status
export const finished = `${allFigures}\r\nFærdig: ja`
export const withoutLink = finished.replace(/^Formidling:.*$/m, 'Formidling: skrives inden sommerferien')

export const asked = async (world: YearWorld, file?: AgreementFile): Promise<void> => {
  await world.begin(file)
  await world.decideRun({ do: 'release', agreements: [agreement] })
  await world.until(on('2015-02-10', '09:05'))
}
export const answered = async (world: YearWorld, text = finished): Promise<void> => {
  await asked(world)
  await world.reply(text)
  await world.quiet()
}
export const drafted = async (world: YearWorld, text = finished): Promise<void> => {
  await answered(world, text)
  await world.until(on('2015-02-18', '09:05'))
}
export const subject = async (world: YearWorld): Promise<string> => (await world.state()).draft?.subject ?? ''
export const recommend = async (world: YearWorld): Promise<void> =>
  world.decide({ do: 'recommend', subject: await subject(world), changes: [], externalFactors: [], text: '' })
export const approve = async (world: YearWorld): Promise<void> =>
  world.decide({ do: 'approve', subject: await subject(world) }, 'anders')
export const recommended = async (world: YearWorld, text = finished): Promise<void> => {
  await drafted(world, text)
  await recommend(world)
  await world.quiet()
}
export const sentInHearing = async (world: YearWorld, text = finished): Promise<void> => {
  await recommended(world, text)
  await approve(world)
  await world.quiet({ deliver: false })
}
export const inHearing = async (world: YearWorld, text = finished): Promise<void> => {
  await sentInHearing(world, text)
  await world.quiet()
}
