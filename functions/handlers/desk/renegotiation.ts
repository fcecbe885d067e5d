import { printDate } from '../../domain/danish.ts'
import { suggestedChanges, valueOf } from '../../domain/renegotiation/proposal.ts'
import { openCounters, unmarkedAnswers, type RenegotiationState } from '../../domain/renegotiation/state.ts'
import type { RenegotiationStatus } from '../../domain/renegotiation/transitions.ts'
import { isStreamId } from '../../domain/stream-id.ts'
import type { FieldDifference, RenegotiationView } from '../../web/views.ts'
import { renegotiationCase } from '../cases/renegotiation-case.ts'
import type { DeskPorts } from './desk-ports.ts'
import type { Actor } from '../../domain/stream.ts'

const statusWords: Readonly<Record<RenegotiationStatus, string>> = {
  none: 'findes ikke',
  raised: 'spørgsmål rejst, ikke afgjort',
  opened: 'åbnet, forslag skal skrives',
  drafted: 'udkast til tillæg venter på godkendelse',
  approved: 'forslag godkendt, under udsendelse',
  proposed: 'forslag hos parterne',
  agreed: 'tiltrådt af alle parter',
  ending: 'under afslutning',
  settled: 'afsluttet',
}
const outcomeWords: Readonly<Record<string, string>> = {
  declined: 'afvist',
  rider: 'tillæg i kraft',
  'not-accepted': 'ikke tiltrådt, bortfaldet',
  lapsed: 'bortfaldet',
  withdrawn: 'trukket tilbage',
}

const who = (actor: Actor): string => {
  switch (actor.by) {
    case 'person':
      return actor.personId
    case 'contact':
      return actor.contactId
    case 'sender':
      return 'mail'
    case 'system':
      return 'systemet'
    default:
      return actor satisfies never
  }
}

const differences = (state: RenegotiationState): readonly FieldDifference[] =>
  (state.proposal?.changes ?? []).map((change) => ({
    field: `Mål ${change.target.slice(1)}, målværdi for ${change.year}`,
    now: change.from,
    proposed: change.to,
  }))

const groundText = (state: RenegotiationState, index: number): string => {
  const ground = state.grounds[index]
  if (ground === undefined) return ''
  const changes = ground.changes.map(
    (change) =>
      `${change.assumption}: ${change.value} mod reference ${change.reference} (${printDate(change.referenceOn)})`,
  )
  const cause = {
    assumption: 'forudsætning',
    'municipality-wish': 'kommunens ønske',
    ministry: 'ministeriet',
    review: 'bedømmelsen',
  }[ground.cause]
  return [cause, ...changes, ground.text].filter((part) => part !== '').join(' · ')
}

/** A renegotiation's page: grounds, the difference field by field, answers, and the forms its state allows. */
export const renegotiationView = async (
  ports: DeskPorts,
  agreement: string,
  seq: number,
): Promise<RenegotiationView | null> => {
  const stream = `RENEGOTIATION#${agreement}#${seq}`
  if (!isStreamId(stream)) return null
  const commits = await ports.streams.load(stream)
  if (commits.length === 0) return null
  const state = commits.reduce(
    (folded, commit) =>
      commit.events.reduce(
        (inner, event) => renegotiationCase.folding.evolve(inner, renegotiationCase.read(event), commit.meta),
        folded,
      ),
    renegotiationCase.folding.initial,
  )
  const { proposal, content } = state
  const mail = (mailKey: string) => state.mails.find((candidate) => candidate.mailKey === mailKey)
  const negotiating = state.status === 'approved' || state.status === 'proposed'
  return {
    agreement,
    seq,
    title: content?.title ?? agreement,
    caseNumber: content?.caseNumber ?? '',
    municipalities: state.parties.map((party) => party.municipality),
    status:
      state.outcome === null ? statusWords[state.status] : (outcomeWords[state.outcome] ?? state.outcome),
    grounds: state.grounds.map((ground, index) => ({ at: ground.at, text: groundText(state, index) })),
    targets: (content?.targets ?? [])
      .filter((target) => state.opened?.targets.includes(target.key) ?? true)
      .map((target) => ({
        key: target.key,
        title: target.title,
        unit:
          target.measure.type === 'share'
            ? 'pct.'
            : target.measure.type === 'number'
              ? target.measure.unit
              : '',
        years: target.targets
          .filter((value) => value.year > state.year)
          .map(({ year }) => ({
            year,
            value:
              suggestedChanges(state).find((one) => one.target === target.key && one.year === year)?.to ??
              valueOf(target, year) ??
              '',
          })),
      })),
    proposal:
      proposal === null
        ? null
        : {
            subject: proposal.subject,
            round: proposal.round,
            effectiveFrom: proposal.effectiveFrom,
            draftedBy: proposal.draftedBy,
            note: proposal.note,
            differences: differences(state),
            approvedBy: proposal.approvals.map((approval) => approval.by),
            endsOn: proposal.endsOn,
          },
    sentBack: state.sentBack?.text ?? null,
    answers: state.answers.map((answer) => ({
      party: answer.party,
      at: answer.at,
      answer: answer.answer,
      mailKey: answer.mailKey,
      text: mail(answer.mailKey)?.details?.freeText ?? '',
    })),
    may: {
      propose: state.status === 'opened',
      approve: state.status === 'drafted',
      withdraw: ['opened', 'drafted', 'approved', 'proposed'].includes(state.status),
      answerCounter: negotiating
        ? openCounters(state).map((counter) => ({
            mailKey: counter.mailKey,
            party: counter.party,
            text: `${counter.values.map((value) => `${value.target}: ${value.value}`).join(', ')} ${counter.reason}`,
          }))
        : [],
      confirmRider: negotiating
        ? unmarkedAnswers(state).map(({ mailKey, party }) => ({ mailKey, party }))
        : [],
      recordWithdrawal: false,
    },
    timeline: commits.map((commit) => ({
      at: commit.meta.at,
      who: who(commit.meta.actor),
      what: commit.events.map((event) => event.type).join(', '),
    })),
    letters: state.letters.map((letter) => ({
      kind: letter.order.kind,
      to: letter.to.join(', '),
      sentAt: letter.sentAt,
      subject: letter.subject ?? '',
      text: letter.text ?? '',
    })),
  }
}
