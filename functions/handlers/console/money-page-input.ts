import { latestVersion } from '../../domain/agreement/versions.ts'
import { useOf, commitmentsOf } from '../../domain/money/budget.ts'
import { frameFor, framesInForce } from '../../domain/money/frames.ts'
import { agreementStream } from '../../domain/base/stream-id.ts'
import type { MoneyPageInput } from '../../web/year/money-page.ts'
import { agreementCase } from '../streams/cases.ts'
import { loadCase } from '../record/perform.ts'
import { mapConcurrently } from '../record/map-concurrently.ts'
import type { ConsolePorts } from './console-ports.ts'

/** Frames from the directory, commitments from every agreement's own stream: no list is read. */
export const moneyPageInput = async (
  ports: Pick<ConsolePorts, 'directory' | 'register' | 'streams'>,
  year: number,
): Promise<MoneyPageInput> => {
  const frames = framesInForce((await ports.directory.read()).frames ?? null)
  const states = await mapConcurrently(
    await ports.register.agreements(),
    async (id) => (await loadCase(ports, agreementCase, agreementStream(id))).state,
  )
  const agreements = states.flatMap((state) => {
    const content = latestVersion(state)?.content
    const commitment = commitmentsOf(state).find((one) => one.year === year)
    return content === undefined || commitment === undefined
      ? []
      : [
          {
            commitment,
            title: content.title,
            reserved: frames !== null && frameFor(frames, commitment) === null,
            advances: (content.advances ?? []).filter((one) => one.year === year),
          },
        ]
  })
  return {
    year,
    frames:
      frames
        ?.filter((frame) => frame.year === year)
        .map((frame) =>
          useOf(
            frame,
            agreements.map(({ commitment }) => commitment),
          ),
        ) ?? null,
    agreements,
  }
}
