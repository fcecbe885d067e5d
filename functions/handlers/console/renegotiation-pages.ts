import { caseworkerOf, mayBeCaseworkerOf } from '../../domain/directory/directory.ts'
import { heldMails } from '../../domain/casefile/mails.ts'
import { printDate } from '../../domain/base/danish.ts'
import { counterContent } from '../../domain/renegotiation/counter.ts'
import { owedLetters } from '../../domain/renegotiation/owed.ts'
import { proposedContent, suggestedChanges, valueOf } from '../../domain/renegotiation/proposal.ts'
import {
  mostCounterRounds,
  openCounters,
  unmarkedAnswers,
  type RenegotiationState,
  mayHappen,
  type RenegotiationStatus,
} from '../../domain/renegotiation/state.ts'
import { isStreamId } from '../../domain/base/stream-id.ts'
import type { FieldDifference, RenegotiationView } from '../../web/views.ts'
import { renegotiationCase } from '../streams/cases.ts'
import { riderRefusalWord } from '../../web/year/rider-refusal.ts'
import { renegotiationEventText } from '../../web/year/renegotiation-timeline.ts'
import { ownWords } from '../../web/review/correspondence.ts'
import { erasurePath } from '../../web/erasure/erasure-page.ts'
import { erasedOn } from '../../web/erasure/erasure-words.ts'
import { standingWords, actorText, automaticAnswerText } from '../../web/words.ts'
import { nameIn } from './page-frame.ts'
import type { ProposalAnswer } from '../../domain/renegotiation/slices/answers.ts'
import type { ConsolePorts } from './console-ports.ts'
import { contentDifferences, type ContentDifference } from '../../domain/agreement/fields/content-fields.ts'

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** Differences as the console's tables show them. */
export const differenceRows = (differences: readonly ContentDifference[]): readonly FieldDifference[] =>
  differences.map(({ words, from, to }) => ({
    field: capitalised(words.da),
    now: from === '' ? '–' : from,
    proposed: to === '' ? '–' : to,
  }))

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

const answerWords: Readonly<Record<ProposalAnswer['answer'], string>> = {
  accepted: 'tiltrædes',
  declined: 'tiltrædes ikke',
  'counter-proposal': 'ændringsforslag',
  'no-authority': 'svar fra en uden fuldmagt',
  unmarked: 'ikke markeret',
  comment: 'bemærkning',
}

const differences = ({ content, proposal }: RenegotiationState): readonly FieldDifference[] =>
  content === null || proposal === null
    ? []
    : differenceRows(contentDifferences(content, proposedContent(content, proposal)))

/**
 * A counter-proposal beside the version in force and the ministry's last proposal: every field in which one of
 * them differs from the agreement.
 */
const counterDifferences = (
  state: RenegotiationState,
  mailKey: string,
): readonly (FieldDifference & { readonly last: string })[] => {
  const { content } = state
  const wished = counterContent(state, mailKey)
  if (content === null || wished === null) return []
  const last = new Map(differences(state).map((row) => [row.field, row]))
  const rows = new Map(differenceRows(contentDifferences(content, wished)).map((row) => [row.field, row]))
  return [...new Set([...last.keys(), ...rows.keys()])].map((field) => {
    const now = rows.get(field)?.now ?? last.get(field)?.now ?? ''
    return { field, now, last: last.get(field)?.proposed ?? now, proposed: rows.get(field)?.proposed ?? now }
  })
}

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
  ports: Pick<ConsolePorts, 'contacts' | 'directory' | 'streams'>,
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
  const textOf = (mailKey: string): string =>
    ownWords(state.mails.find((candidate) => candidate.mailKey === mailKey))
  const [directory, contacts] = await Promise.all([
    ports.directory.read(),
    state.agreement === null ? [] : ports.contacts.of(state.agreement),
  ])
  const nameOf = nameIn(directory)
  const owed = owedLetters(state)
  const negotiating = state.status === 'approved' || state.status === 'proposed'
  return {
    agreement,
    seq,
    title: content?.title ?? agreement,
    caseNumber: content?.caseNumber ?? '',
    municipalities: state.parties.map((party) => party.municipality),
    status:
      state.outcome === null ? statusWords[state.status] : (outcomeWords[state.outcome] ?? state.outcome),
    caseworker: caseworkerOf(directory, state).name,
    caseworkers: directory.people.filter((person) => mayBeCaseworkerOf(person, state)),
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
          .map(({ year }) => {
            const change = suggestedChanges(state).find(
              (one) => one.target === target.key && one.year === year,
            )
            return {
              year,
              value: valueOf(target, year) ?? '',
              suggested: change?.scaled === true ? change.to : null,
            }
          }),
      })),
    proposal:
      proposal === null
        ? null
        : {
            subject: proposal.subject,
            round: proposal.round,
            effectiveFrom: proposal.effectiveFrom,
            draftedBy: nameOf(proposal.draftedBy),
            note: proposal.note,
            differences: differences(state),
            approvedBy: proposal.approvals.map((approval) => nameOf(approval.by)),
            endsOn: proposal.endsOn,
          },
    sentBack: state.sentBack?.text ?? null,
    riderRefused: state.riderRefused === null ? null : riderRefusalWord(state.riderRefused.kind),
    answers: state.answers.map((answer) => ({
      party: answer.party,
      at: answer.at,
      answer: answerWords[answer.answer],
      mailKey: answer.mailKey,
      text: textOf(answer.mailKey),
    })),
    may: {
      propose: state.status === 'opened',
      approve: state.status === 'drafted',
      withdraw: state.status !== 'raised' && mayHappen(state.status, 'Withdrawn'),
      answerCounter: negotiating
        ? openCounters(state).map((counter) => ({
            mailKey: counter.mailKey,
            party: counter.party,
            text: `${counter.values.map((value) => `${value.target}: ${value.value}`).join(', ')} ${counter.reason}`,
            round: counter.round ?? mostCounterRounds,
            mostRounds: mostCounterRounds,
            differences: counterDifferences(state, counter.mailKey),
          }))
        : [],
      markAnswer: negotiating
        ? unmarkedAnswers(state).map(({ mailKey, party, at }) => ({
            mailKey,
            party,
            at,
            text: textOf(mailKey),
          }))
        : [],
      heldMails: heldMails(state.mails).map((held) => ({
        mailKey: held.mailKey,
        party: held.party,
        from: held.details?.from ?? '',
        receivedAt: held.receivedAt,
        reason: held.reason,
        text: textOf(held.mailKey),
        registered: contacts
          .filter((contact) => contact.municipality === held.party)
          .map((contact) => contact.email),
      })),
      recordWithdrawal:
        mayHappen(state.status, 'Withdrawn') &&
        state.grounds.some((ground) => ground.cause === 'municipality-wish'),
      wishTakenBack: state.wishTakenBack !== null,
    },
    timeline: commits.map((commit) => ({
      at: commit.meta.at,
      who: actorText(commit.meta.actor, nameOf),
      what: commit.events.map((event) => renegotiationEventText(renegotiationCase.read(event))).join('; '),
    })),
    mails: state.mails.map((mail) => ({
      receivedAt: mail.receivedAt,
      party: mail.party,
      standing: [standingWords[mail.standing], erasedOn(mail.erasure)]
        .filter((word) => word !== null)
        .join(', '),
      answer: automaticAnswerText(
        mail,
        state.letters,
        owed.flatMap((order) => (order.about === mail.mailKey ? [order.kind] : [])),
      ),
      erasing: erasurePath(stream, mail.mailKey),
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
