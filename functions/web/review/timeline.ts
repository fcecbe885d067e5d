import { casefileText, said } from '../casefile-text.ts'
import { html } from 'hono/html'
import { verdictLabels } from '../../domain/judging/verdict-labels.ts'
import type { CommitMeta } from '../../domain/base/stream.ts'
import { actorText, type NameOf, day, moment, municipalityName, targetWord } from '../words.ts'
import { table, type Markup } from '../markup.ts'
import { moneyText } from '../money-words.ts'
import { sourceWords } from './figures.ts'
import type { ReviewEvent } from '../../domain/review/state.ts'

/** One commit as it was read back. */
export interface TimelineCommit {
  readonly meta: CommitMeta
  readonly events: readonly ReviewEvent[]
}

const answers = {
  none: 'ingen bemærkninger',
  comments: 'bemærkninger',
  unmarked: 'ikke markeret',
  courtesy: 'høflighed',
}
const corrections = {
  corrected: 'siderne er rettet',
  rejected: 'siderne er ikke ændret',
  figure: 'den gælder et bedømt tal',
}
const causes = {
  correction: 'kommunen rettede et tal',
  'mail-released': 'en mail blev frigivet',
  'mail-confirmed': 'en mail blev bekræftet',
  'mail-reread': 'en mail blev læst igen',
  observation: 'en forudsætning blev konstateret',
  caseworker: 'sagsbehandleren',
  question: 'et spørgsmål blev besvaret',
  superior: 'afdelingschefen besluttede, at bedømmelsen skal ændres',
}

/** What an event says, in one Danish sentence. */
export const eventText = (event: ReviewEvent): string => {
  switch (event.type) {
    case 'ReviewPrepared':
      return 'Sagen er forberedt'
    case 'ContactsConfirmed':
      return `${municipalityName(event.party)} har bekræftet sine kontakter`
    case 'ReviewOpened':
      return `Sagen er åbnet; anmodning ${day(event.requestOn)}, frist ${day(event.dueOn)}`
    case 'ProposalDecided':
      return event.as === 'confirmed'
        ? `Tal i fri tekst bekræftet som ${event.key}`
        : 'Tal i fri tekst afvist: det er intet svar'
    case 'ContactEntered':
      return `${event.role === 'contact' ? 'Ny kontakt' : 'Ny stedfortræder'} i ${municipalityName(event.party)} indført`
    case 'ContactDeclined':
      return said('Ønsket om en ny kontakt er ikke fulgt', event.private?.text)
    case 'FiguresTyped':
      return `${event.values.map(({ key }) => key).join(', ')} tastet ind for ${municipalityName(event.party)} fra ${sourceWords[event.source]}`
    case 'ExtensionRequested':
      return `${municipalityName(event.party)} beder om udsættelse${event.until === null ? '' : ` til ${day(event.until)}`}`
    case 'ExtensionDecided':
      return said(
        `Udsættelse ${event.granted ? 'givet' : 'afslået'}; ny frist ${day(event.dueOn)}`,
        event.private?.text,
      )
    case 'MoneyDecisionDrafted':
    case 'MoneyDecisionApproved':
    case 'MoneyDecisionReturned':
    case 'MoneyDecisionCommented':
    case 'MoneyDecisionDropped':
      return moneyText(event)
    case 'QuestionAsked':
      return said(
        `${municipalityName(event.party)} er spurgt om ${event.keys.join(', ')}`,
        event.private?.text,
      )
    case 'QuestionAnswered':
      return `${municipalityName(event.party)} har svaret på spørgsmålet`
    case 'DraftMade':
      return `Udkast dannet efter regel ${event.assessment.ruleVersion}`
    case 'DraftSuperseded':
      return `Udkastet gælder ikke længere: ${causes[event.cause]}`
    case 'Recommended':
      return said(
        event.changes.length === 0
          ? 'Indstillet som beregnet'
          : `Indstillet med ændring af ${event.changes.map((change) => `${targetWord(change.target)} til »${verdictLabels.da[change.verdict]}«`).join(', ')}`,
        event.private?.text,
      )
    case 'SentBack':
      return said('Sendt tilbage til sagsbehandleren', event.private?.text)
    case 'Approved':
      return 'Godkendt'
    case 'HearingBegun':
      return event.continues === null
        ? `Høringen er begyndt og slutter ${day(event.endsOn)}`
        : `Høringen fortsætter med det nye udkast og slutter ${day(event.endsOn)}`
    case 'HearingAnswered':
      return `Høringssvar fra ${municipalityName(event.party)}: ${answers[event.answer]}`
    case 'HearingAnswerMarked':
      return `Høringssvar markeret som ${answers[event.as]}`
    case 'CommentsAnswered':
      return event.disputed.length === 0
        ? 'Bemærkningerne er besvaret'
        : 'Bemærkningerne er besvaret; en uenighed er forelagt afdelingschefen'
    case 'ObjectionDecided':
      return said(
        event.outcome === 'upheld'
          ? 'Afdelingschefen fastholder bedømmelsen'
          : 'Afdelingschefen har besluttet, at bedømmelsen skal ændres',
        event.private?.text,
      )
    case 'Assessed':
      return `Endeligt bedømt, version ${event.version}`
    case 'RenegotiationWished':
      return `${municipalityName(event.party)} ønsker genforhandling`
    case 'DisseminationReported':
      return said(event.done ? 'Formidling oplyst' : 'Formidling lovet', event.private?.text)
    case 'FactCheckDecided':
      return said(
        `Rettelsen fra ${municipalityName(event.party)} ved faktatjekket er afgjort: ${corrections[event.as]}`,
        event.private?.text,
      )
    case 'FactCheckAnswered':
      return said(
        `Faktatjek fra ${municipalityName(event.party)}: ${event.ok ? 'OK' : 'rettelser'}`,
        event.private?.text,
      )
    case 'HearingCommentShared':
      return said('De andre parter får bemærkningen i hovedtræk', event.private?.text)
    case 'PromiseAnswered':
      return said(`Ministeriets bidrag ${event.kept ? 'er ydet' : 'er ikke ydet'}`, event.private?.text)
    case 'DisputeAnswered':
      return said(
        `Bemærkningen til forudsætning ${event.assumption.slice(2)} er besvaret`,
        event.private?.text,
      )
    case 'Closed':
      return 'Sagen er afsluttet'
    case 'ReopenRaised':
      return 'En rettelse kom efter den endelige bedømmelse: Skal sagen genoptages?'
    case 'Reopened':
      return said('Sagen er genoptaget', event.private?.text)
    case 'ReopenDeclined':
      return said('Sagen genoptages ikke', event.private?.text)
    case 'Stopped':
      return said('Sagen er standset', event.private?.text)
    case 'WordsRead':
      return 'En mail uden tal er læst'
    default:
      return casefileText(event)
  }
}

/** Every commit of the stream with who, when and what, the latest first. */
export const timelineSection = (commits: readonly TimelineCommit[], nameOf: NameOf): Markup =>
  html`<section aria-labelledby="forloeb">
    <h2 id="forloeb">Forløb</h2>
    ${table(
      'Sagens forløb, det seneste først',
      [{ title: 'Nr.' }, { title: 'Tidspunkt' }, { title: 'Hvem' }, { title: 'Hvad' }],
      commits.toReversed().map(({ meta, events }) => [
        String(meta.seq),
        moment(meta.at),
        actorText(meta.actor, nameOf),
        events.length === 1 && events[0] !== undefined
          ? eventText(events[0])
          : html`<ul>
              ${events.map((event) => html`<li>${eventText(event)}</li>`)}
            </ul>`,
      ]),
    )}
  </section>`
