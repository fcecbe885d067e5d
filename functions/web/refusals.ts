import type { Refusal } from '../domain/base/stream.ts'

/** Every refusal of the domain that a person of the ministry can meet, in plain Danish. */
export const refusalWords = {
  role: 'Afgørelsen hører til en anden rolle end din.',
  barred: 'Du er inhabil i sagen og kan ikke afgøre noget i den.',
  status:
    'Sagen er kommet videre, siden du åbnede siden. Se, hvor den står nu, og prøv igen, hvis der stadig er noget at afgøre.',
  superseded: 'Udkastet er ændret, siden du åbnede siden. Læs det nye udkast, før du afgør noget.',
  'same-person':
    'Den, der har indstillet eller skrevet, kan ikke også godkende. En anden godkender skal se på sagen.',
  reason: 'Skriv en begrundelse.',
  'unknown-mail': 'Mailen kan ikke findes i sagen.',
  'not-held': 'Mailen er ikke længere tilbageholdt: En anden har afgjort det, eller kontakten har svaret.',
  unreadable: 'Mailen kan ikke læses og kan derfor kun afvises.',
  'no-party': 'Det fremgår ikke, hvilken kommune mailen kommer fra. Den kan kun afvises her.',
  'no-request': 'Anmodningen om udsættelse er allerede afgjort.',
  earlier: 'Den nye frist ligger før den frist, der gælder nu.',
  party: 'Kommunen er ikke part i aftalen.',
  target: 'Målet findes ikke i udkastet.',
  unanswered: 'Hver bemærkning skal have et svar.',
  'hearing-open': 'Høringen er ikke slut, eller et svar i den er ikke afgjort endnu.',
  'no-wish': 'Ingen kommune har ønsket denne genforhandling.',
  'nothing-raised': 'Der er ikke noget åbent spørgsmål om at genoptage sagen.',
  'too-many-rounds': 'Der er dannet ti udkast. Tal med kontorchefen om, hvordan sagen føres til ende.',
  'not-approved': 'Udkastet er ikke godkendt.',
  'nothing-new': 'De valgte aftaler er allerede frigivet.',
  'no-change': 'Et forslag skal ændre mindst ét felt i aftalen.',
  twice: 'En målværdi er ændret to gange i samme forslag.',
  change: 'En ny målværdi passer ikke til målet, er uændret, eller hører til et år, der er åbnet.',
  'opened-year': 'Året er åbnet. Tillægget kan først træde i kraft senere.',
  'not-in-force': 'Tillægget skal træde i kraft, mens aftalen løber.',
  incomplete: 'Med ændringen mangler aftalen noget, som finansloven kræver.',
  'no-counter': 'Ændringsforslaget er allerede besvaret.',
  'counter-values': 'Følges ændringsforslaget, skal udkastet have de værdier, kommunen har foreslået.',
  'counter-draft':
    'Kommunens forslag er skrevet i ord. Skriv det nye udkast på siden »Overtag i et nyt udkast«, eller afvis forslaget.',
  'earlier-proposal': 'Svaret gælder et tidligere forslag. Det kan kun markeres som en bemærkning.',
  'unknown-matter': 'Sagen findes ikke.',
  'no-review': 'Sagen findes ikke.',
  'no-correction': 'Rettelsen er allerede afgjort.',
  title: 'Navnet findes ikke på siderne.',
  'open-corrections':
    'En kommunes rettelse ved faktatjekket er ikke afgjort. Den skal afgøres, før rapporten godkendes.',
  'no-contact-wish': 'Ønsket er allerede afgjort.',
  contact: 'En kontakt har et navn og en mailadresse.',
  'no-proposal': 'Tallet er allerede afgjort, eller kommunen har selv svaret siden.',
  'no-consent': 'Kommunen har ikke sagt ja til at dele erfaringen, eller har skrevet en ny.',
  footnote:
    'Rettelsen ændrer ingen bedømmelse og flytter ingen andel mere end ét procentpoint. Den noteres, og bedømmelsen står.',
  'not-frozen': 'Erfaringerne sendes, når den samlede afrapportering er frosset.',
  'no-cards': 'Der er ingen udgivne kort at sende.',
  'open-experiences': 'En erfaring venter på en sagsbehandler. Den skal afgøres, før brevet frigives.',
  'no-difference': 'Siderne siger allerede det, der gælder nu. Der er ikke noget at rette.',
  'number-beside-hidden':
    'Begrundelsen indeholder et tal, og aftalen har tal, der ikke vises. Skriv den uden tal.',
  'unknown-promise': 'Bidraget findes ikke i aftalen.',
  'not-to-share': 'Bemærkningen er allerede sendt til de andre parter, eller høringen er slut.',
  figures: 'Skriv indsigelsen til de andre parter uden tal.',
  'words-read': 'Mailen er allerede markeret som læst.',
  'no-dispute': 'Bemærkningen er allerede besvaret.',
  dispute: 'Kommunen har en bemærkning til en værdi, ministeriet har oplyst. Svar på den først.',
  'no-objection': 'Uenigheden er allerede afgjort, eller udkastet er ændret siden.',
  'same-superior': 'Den, der har indstillet eller godkendt, kan ikke også afgøre uenigheden.',
  'no-money-case': 'Afgørelsen om tilskud kan ikke findes.',
  amount: 'Skriv et beløb over 0.',
  'beyond-grant': 'Aftalen giver ikke så stort et tilskud for det år.',
  'no-advance': 'Aftalen har ikke en begrundelse for et forskud af den størrelse for det år.',
  'beyond-heard': 'Beløbet er større end det, kommunen er hørt om.',
  'no-breach': 'Vælg det vilkår, der ikke er opfyldt. Et mål, der ikke er opfyldt, er ikke en grund.',
  'money-hearing': 'Høringen er ikke slut, eller en mail er ikke afgjort endnu.',
  'sending-hour': 'Brevet sendes straks. Godkend på en arbejdsdag fra kl. 9.',
  'same-drafter': 'Den, der har skrevet udkastet, kan ikke også godkende det.',
  'no-figure': 'Tast mindst ét tal ind.',
  'unknown-key': 'En nøgle hører ikke til indberetningen.',
  older: 'Kommunen har svaret senere på et af tallene. Det senere svar gælder.',
  future: 'Datoen ligger i fremtiden.',
  'not-stopped': 'Svarene sendes allerede igen: En anden har sat dem i gang.',
  'erasure-asked': 'Der er allerede bedt om, at mailens indhold slettes.',
  'no-erasure': 'Der er ikke længere en sletning at tage stilling til.',
  'same-eraser': 'Den, der har bedt om sletningen, kan ikke også beslutte den.',
  'undecided-mail': 'Mailen er tilbageholdt. Afgør først, hvad den skal regnes for.',
  untold: 'Kontakten har endnu ikke fået besked om, at mailen er lagt til side.',
  'stale-attempt': 'Sagen behandles allerede i et nyere forløb.',
} as const satisfies Readonly<Record<string, string>>

const isKnown = (kind: string): kind is keyof typeof refusalWords => Object.hasOwn(refusalWords, kind)

/** Why it was refused, as the page says it. What is wrong with fields names them itself; a kind that is not here yet is told with its own sentence. */
export const refusalText = (refusal: Refusal): string =>
  refusal.kind === 'fields'
    ? refusal.message
    : isKnown(refusal.kind)
      ? refusalWords[refusal.kind]
      : `Det kan ikke lade sig gøre (${refusal.message}).`

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
