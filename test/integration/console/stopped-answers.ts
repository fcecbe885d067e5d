import type { MemoryPorts } from '../../../functions/adapters/memory/ports.ts'
import { answerBucket, stopAnswers } from '../../../functions/domain/answering/answer-stop.ts'
import { answersStream, reviewStream } from '../../../functions/domain/base/stream-id.ts'
import { answeringCase } from '../../../functions/handlers/streams/cases.ts'
import { answeringNow } from '../../../functions/handlers/letters/answers.ts'
import { perform } from '../../../functions/handlers/record/perform.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'

/** The breaker as one answer more than an hour may have leaves it, with one answer held back. */
export const stopAllAnswers = async (ports: MemoryPorts): Promise<void> => {
  const bucket = answerBucket(await answeringNow(ports), ports.clock.now())
  const { mostAnHour } = ports.answers
  for (let nth = 0; nth < mostAnHour + 1; nth += 1) await ports.answers.count(bucket)
  await perform(ports, answeringCase, answersStream, {
    id: `stop/${bucket.hour}/${bucket.resumptions}`,
    actor: { by: 'system', name: 'AnswerGate' },
    decide: (state) => stopAnswers(state, bucket, mostAnHour),
  })
  await ports.answers.hold({
    letterKey: 'a'.repeat(64),
    stream: reviewStream(2014, svendborg.agreement.id),
    kind: 'receipt',
    at: ports.clock.now(),
  })
}
