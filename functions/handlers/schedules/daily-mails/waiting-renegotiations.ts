import * as z from 'zod'
import { heldMails } from '../../../domain/casefile/mails.ts'
import { caseworkerOf, type Directory } from '../../../domain/directory/directory.ts'
import {
  openCounters,
  unmarkedAnswers,
  type RenegotiationState,
} from '../../../domain/renegotiation/state.ts'
import { todayInCopenhagen, yearOf } from '../../../domain/base/time.ts'
import type { Head, Ports } from '../../../ports/ports.ts'
import { heldReasonWords, municipalityName, municipalityNames } from '../../../web/words.ts'
import { renegotiationCase } from '../../streams/renegotiation-case.ts'
import { loadCase } from '../../record/perform.ts'
import { waitingLine, type WaitingLine } from './waiting-line.ts'

const headSchema = z.object({ turn: z.string(), held: z.int(), counterProposals: z.int() })

const isMinistryTurn = (summary: unknown): boolean => {
  const head = headSchema.safeParse(summary)
  if (!head.success) return true
  const { turn, held, counterProposals } = head.data
  return turn === 'caseworker' || turn === 'approver' || held > 0 || counterProposals > 0
}

/** What waits for people in questions and renegotiations: the heads say where to look, the streams what it is. */
export const waitingInRenegotiations = async (
  ports: Pick<Ports, 'streams'>,
  heads: readonly Head[],
  directory: Directory,
): Promise<readonly WaitingLine[]> => {
  const waiting = heads.filter((head) => isMinistryTurn(head.summary))
  const cases = await Promise.all(waiting.map(({ stream }) => loadCase(ports, renegotiationCase, stream)))
  return cases.flatMap(({ state }) => linesOfRenegotiation(state, directory))
}

/** The matter a question belongs to, named by the assumption that was observed: `Kommunekvoten for 2015`. */
const matterOf = (state: RenegotiationState): WaitingLine['matter'] => {
  const ground = state.grounds.find((one) => one.matterId !== null)
  if (ground === undefined || ground.matterId === null) return null
  const change = ground.changes[0]
  const title = state.content?.assumptions.find((one) => one.key === change?.assumption)?.title
  const year = change === undefined ? state.year : yearOf(change.validFrom)
  return { id: ground.matterId, title: (title ?? ground.matterId).replaceAll('{år}', String(year)) }
}

/** A question that joined a matter is decided with it, and has waited no longer than it. */
const askedAt = (state: RenegotiationState): string =>
  state.grounds.find((one) => one.matterId !== null)?.at ?? state.raisedAt

/** The lines of one renegotiation, by its state. */
const linesOfRenegotiation = (state: RenegotiationState, directory: Directory): readonly WaitingLine[] => {
  const municipalities = state.parties.map((party) => party.municipality)
  const base = {
    municipalities,
    municipality: municipalityNames(municipalities),
    caseworker: caseworkerOf(directory, state.agreement ?? '', municipalities).id,
  }
  const line = (
    waitsFor: WaitingLine['waitsFor'],
    since: string,
    what: string,
    more: Partial<WaitingLine> = {},
  ): WaitingLine =>
    waitingLine({
      ...base,
      waitsFor,
      sinceOn: todayInCopenhagen(since),
      what: `genforhandling · ${what}`,
      ...more,
    })
  return [
    ...heldMails(state.mails).map((mail) =>
      line('caseworker', mail.receivedAt, `mail fra ${mail.details?.from ?? 'ukendt'} er tilbageholdt`, {
        held: { receivedOn: todayInCopenhagen(mail.receivedAt), why: heldReasonWords(mail.reason) },
      }),
    ),
    ...state.unreachable.map(({ party, since }) =>
      line(
        'caseworker',
        since,
        `ingen i ${municipalityName(party)} kan nås på mail: ring, og indfør en kontakt`,
      ),
    ),
    ...(state.status === 'raised'
      ? [line('approver', askedAt(state), 'skal indledes eller afslås', { matter: matterOf(state) })]
      : []),
    ...(state.status === 'opened'
      ? [line('caseworker', state.opened?.at ?? state.lastAt, 'forslag til tillæg skal udarbejdes')]
      : []),
    ...(state.status === 'drafted' && state.proposal !== null
      ? [
          line(
            'approver',
            state.lastAt,
            `forslag til tillæg nr. ${state.proposal.riderNumber} skal godkendes`,
            {
              notBy: [state.proposal.draftedBy, ...state.proposal.approvals.map((one) => one.by)],
            },
          ),
        ]
      : []),
    ...(state.status === 'approved' || state.status === 'proposed'
      ? [
          ...openCounters(state).map((counter) =>
            line('caseworker', counter.at, 'ændringsforslag skal besvares'),
          ),
          ...unmarkedAnswers(state).map((answer) =>
            line('caseworker', answer.at, 'et svar på forslaget skal markeres'),
          ),
        ]
      : []),
  ]
}
