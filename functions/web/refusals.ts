import { refusalWords } from '../domain/base/refusals.ts'
import type { Refusal } from '../domain/base/stream.ts'

/** Why it was refused, as the page says it. What is wrong with fields names them itself. */
export const refusalText = (refusal: Refusal): string =>
  refusal.kind === 'fields' ? refusal.message : refusalWords[refusal.kind].da

/** What a decision on a review did, told after it. */
export const doneWords = {
  'decide-held-mail': 'Mailen er afgjort.',
  'place-mail': 'Mailen er lagt på sagen, og kontakten får en kvittering, hvis der er noget at kvittere for.',
  'dismiss-mail': 'Mailen er afvist. De sager, den kunne høre til, går videre.',
  'decide-extension': 'Udsættelsen er afgjort, og kommunen får svar.',
  ask: 'Spørgsmålet er gemt og sendes til kommunen på næste arbejdsdag kl. 9, eller straks inden for kontortid.',
  recommend: 'Indstillingen er gemt. Sagen ligger nu hos godkenderen.',
  approve: 'Udkastet er godkendt.',
  'send-back': 'Sagen er sendt tilbage til sagsbehandleren.',
  'mark-hearing-answer': 'Høringssvaret er markeret.',
  'answer-comments': 'Bemærkningerne er besvaret.',
  'draft-money': 'Udkastet er gemt og venter på godkendelse.',
  'approve-money': 'Godkendt. Brevet sendes til alle parter.',
  'return-money': 'Udkastet er sendt tilbage.',
  'drop-money': 'Afgørelsen træffes ikke. Var den påtænkte sendt, får parterne besked.',
  'share-comment': 'De andre parter får bemærkningen på næste arbejdsdag kl. 9.',
  'decide-objection': 'Uenigheden er afgjort.',
  'decide-fact-check': 'Rettelsen er afgjort, og kommunen får svar.',
  'answer-promise': 'Svaret er gemt.',
  'answer-dispute': 'Bemærkningen er besvaret.',
  reopen: 'Sagen er genoptaget.',
  'leave-closed': 'Sagen genoptages ikke.',
  stop: 'Sagen er standset.',
  note: 'Notatet er gemt.',
  'mark-read': 'Mailen er markeret som læst.',
  'enter-contact': 'Kontakten er indført. Både den nye og den hidtidige får besked.',
  'decline-contact': 'Ønsket er afgjort.',
  'decide-proposal':
    'Tallet er afgjort. Når alle tal i mailen er det, får kontakten en kvittering for de bekræftede.',
  'type-figures': 'Tallene er gemt, og kontakten får en kvittering.',
  release: 'Udsendelsen er frigivet.',
  'decide-matter': 'Stillingtagen er gemt.',
  propose: 'Forslaget er gemt og afventer godkendelse.',
  'draft-proposal': 'Udkastet er gemt og afventer godkendelse.',
  'answer-counter': 'Ændringsforslaget er besvaret.',
  'approve-proposal': 'Godkendelsen af forslaget er gemt.',
  'return-proposal': 'Forslaget er sendt tilbage.',
  withdraw: 'Forslaget er trukket tilbage.',
  'record-withdrawal': 'Kommunens tilbagetrækning er gemt.',
  'mark-answer': 'Svaret er markeret.',
  'approve-report': 'Afrapporteringen er godkendt.',
  'return-report': 'Afrapporteringen er sendt tilbage.',
  'propose-correction': 'Rettelsesbladet er foreslået og afventer godkendelse.',
  'publish-experience': 'Kortet er udgivet.',
  'leave-out-experience': 'Erfaringen er udeladt.',
  'release-experiences': 'Brevet er frigivet og sendes på næste arbejdsdag kl. 9.',
  'issue-correction': 'Rettelsesbladet er udsendt og står ved rapporten.',
  'return-correction': 'Rettelsesbladet er sendt tilbage.',
  'resume-answers':
    'Svarene sendes igen, de tilbageholdte først. Er der mange, er de ude inden for fem minutter.',
  'ask-erasure': 'Der er bedt om sletning. Mailen vises ikke, mens en anden tager stilling.',
  'confirm-erasure': 'Sletningen er besluttet og sker inden for få minutter.',
  'decline-erasure': 'Mailens indhold slettes ikke.',
  nothing: 'Det var allerede gjort. Der er ikke ændret noget.',
} as const satisfies Readonly<Record<string, string>>

const isDone = (name: string): name is keyof typeof doneWords => Object.hasOwn(doneWords, name)
export const doneText = (name: string | undefined): string | null =>
  name !== undefined && isDone(name) ? doneWords[name] : null
