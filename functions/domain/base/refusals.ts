/**
 * Every refusal there is: what it is called, how it is answered, and what a person is told. A refusal without words
 * does not compile.
 */

/** How a refusal is answered: not yours; no longer so; not filled in, or not possible. */
export type RefusalClass = 'forbidden' | 'conflict' | 'unprocessable'

interface RefusalWords {
  readonly da: string
  readonly en: string
}

/** It is not the person's to decide. */
const notYours = {
  role: {
    da: 'Afgørelsen hører til en anden rolle end din.',
    en: 'The decision belongs to another role than yours.',
  },
  barred: {
    da: 'Du er inhabil i sagen og kan ikke afgøre noget i den.',
    en: 'You are disqualified in this case and can decide nothing in it.',
  },
  'same-person': {
    da: 'Den, der har indstillet eller skrevet, kan ikke også godkende. En anden godkender skal se på sagen.',
    en: 'Whoever recommended or wrote cannot approve as well. Another approver has to look at it.',
  },
  'same-superior': {
    da: 'Den, der har indstillet eller godkendt, kan ikke også afgøre uenigheden.',
    en: 'Whoever recommended or approved cannot decide the disagreement as well.',
  },
  'same-drafter': {
    da: 'Den, der har skrevet udkastet, kan ikke også godkende det.',
    en: 'Whoever wrote the draft cannot approve it as well.',
  },
  'same-eraser': {
    da: 'Den, der har bedt om sletningen, kan ikke også beslutte den.',
    en: 'Whoever asked for the erasure cannot decide it as well.',
  },
} as const satisfies Readonly<Record<string, RefusalWords>>

/** It is no longer so: the record has gone on. */
const noLongerSo = {
  status: {
    da: 'Sagen er kommet videre, siden du åbnede siden. Se, hvor den står nu, og prøv igen, hvis der stadig er noget at afgøre.',
    en: 'The case has moved on since you opened the page. See where it stands now.',
  },
  superseded: {
    da: 'Udkastet er ændret, siden du åbnede siden. Læs det nye udkast, før du afgør noget.',
    en: 'The draft has changed since you opened the page. Read the new one before you decide.',
  },
  'not-held': {
    da: 'Mailen er ikke længere tilbageholdt: En anden har afgjort det, eller kontakten har svaret.',
    en: 'The mail is no longer held: somebody else has decided it, or the contact has answered.',
  },
  'no-request': {
    da: 'Anmodningen om udsættelse er allerede afgjort.',
    en: 'The request for more time is already decided.',
  },
  'nothing-raised': {
    da: 'Der er ikke noget åbent spørgsmål om at genoptage sagen.',
    en: 'No question of reopening is open.',
  },
  'nothing-new': {
    da: 'De valgte aftaler er allerede frigivet.',
    en: 'The chosen agreements are already released.',
  },
  'no-counter': {
    da: 'Ændringsforslaget er allerede besvaret.',
    en: 'The counter-proposal is already answered.',
  },
  'no-objection': {
    da: 'Uenigheden er allerede afgjort, eller udkastet er ændret siden.',
    en: 'The disagreement is already decided, or the draft has changed since.',
  },
  'not-stopped': {
    da: 'Svarene sendes allerede igen: En anden har sat dem i gang.',
    en: 'The answers are already sent again: somebody else has started them.',
  },
  'erasure-asked': {
    da: 'Der er allerede bedt om, at mailens indhold slettes.',
    en: 'The erasure of the content of the mail has already been asked for.',
  },
  'no-erasure': {
    da: 'Der er ikke længere en sletning at tage stilling til.',
    en: 'There is no erasure to decide any more.',
  },
  'stale-attempt': {
    da: 'Sagen behandles allerede i et nyere forløb.',
    en: 'The case is already handled by a newer execution.',
  },
} as const satisfies Readonly<Record<string, RefusalWords>>

/** Something is missing, wrong, or cannot be. */
const notPossible = {
  reason: {
    da: 'Skriv en begrundelse.',
    en: 'Write a reason.',
  },
  'unknown-mail': {
    da: 'Mailen kan ikke findes i sagen.',
    en: 'The mail cannot be found in the case.',
  },
  unreadable: {
    da: 'Mailen kan ikke læses og kan derfor kun afvises.',
    en: 'The mail cannot be read and can therefore only be dismissed.',
  },
  'no-party': {
    da: 'Det fremgår ikke, hvilken kommune mailen kommer fra. Den kan kun afvises her.',
    en: 'It does not say which municipality the mail is from. It can only be rejected here.',
  },
  earlier: {
    da: 'Den nye frist ligger før den frist, der gælder nu.',
    en: 'The new date lies before the one that holds now.',
  },
  party: {
    da: 'Kommunen er ikke part i aftalen.',
    en: 'The municipality is no party of the agreement.',
  },
  target: {
    da: 'Målet findes ikke i udkastet.',
    en: 'The target is not in the draft.',
  },
  unanswered: {
    da: 'Hver bemærkning skal have et svar.',
    en: 'Every comment needs an answer.',
  },
  'hearing-open': {
    da: 'Høringen er ikke slut, eller et svar i den er ikke afgjort endnu.',
    en: 'The hearing is not over, or an answer in it is not decided yet.',
  },
  'no-wish': {
    da: 'Ingen kommune har ønsket denne genforhandling.',
    en: 'No municipality has wished for this renegotiation.',
  },
  'too-many-rounds': {
    da: 'Der er dannet ti udkast. Tal med kontorchefen om, hvordan sagen føres til ende.',
    en: 'Ten drafts have been made. Talk to the head of department about how to end the case.',
  },
  'not-approved': {
    da: 'Udkastet er ikke godkendt.',
    en: 'The draft is not approved.',
  },
  'no-change': {
    da: 'Et forslag skal ændre mindst ét felt i aftalen.',
    en: 'A proposal changes at least one field of the agreement.',
  },
  twice: {
    da: 'En målværdi er ændret to gange i samme forslag.',
    en: 'A target value is changed twice in one proposal.',
  },
  change: {
    da: 'En ny målværdi passer ikke til målet, er uændret, eller hører til et år, der er åbnet.',
    en: 'A new target value does not suit the target, changes nothing, or belongs to an opened year.',
  },
  'opened-year': {
    da: 'Året er åbnet. Tillægget kan først træde i kraft senere.',
    en: 'The year is opened. The rider can only take effect later.',
  },
  'not-in-force': {
    da: 'Tillægget skal træde i kraft, mens aftalen løber.',
    en: 'The rider has to take effect while the agreement runs.',
  },
  incomplete: {
    da: 'Med ændringen mangler aftalen noget, som finansloven kræver.',
    en: 'With the change the agreement lacks something that the Finance Act requires.',
  },
  'counter-values': {
    da: 'Følges ændringsforslaget, skal udkastet have de værdier, kommunen har foreslået.',
    en: 'If the counter-proposal is followed, the draft has the values that the municipality proposed.',
  },
  'counter-draft': {
    da: 'Kommunens forslag er skrevet i ord. Skriv det nye udkast på siden »Overtag i et nyt udkast«, eller afvis forslaget.',
    en: 'The proposal of the municipality is in words. Write the new draft, or refuse the proposal.',
  },
  'earlier-proposal': {
    da: 'Svaret gælder et tidligere forslag. Det kan kun markeres som en bemærkning.',
    en: 'The answer is to an earlier proposal. It can only be marked as a comment.',
  },
  'unknown-matter': {
    da: 'Sagen findes ikke.',
    en: 'The matter does not exist.',
  },
  'no-review': {
    da: 'Sagen findes ikke.',
    en: 'The case does not exist.',
  },
  'no-correction': {
    da: 'Rettelsen er allerede afgjort.',
    en: 'The correction is already decided.',
  },
  title: {
    da: 'Navnet findes ikke på siderne.',
    en: 'The name is not on the pages.',
  },
  'open-corrections': {
    da: 'En kommunes rettelse ved faktatjekket er ikke afgjort. Den skal afgøres, før rapporten godkendes.',
    en: 'A correction of the fact check is not decided. Decide it before the report is approved.',
  },
  'no-contact-wish': {
    da: 'Ønsket er allerede afgjort.',
    en: 'The wish is already decided.',
  },
  contact: {
    da: 'En kontakt har et navn og en mailadresse.',
    en: 'A contact has a name and a mail address.',
  },
  'no-proposal': {
    da: 'Tallet er allerede afgjort, eller kommunen har selv svaret siden.',
    en: 'The figure is already decided, or the municipality has answered since.',
  },
  'no-consent': {
    da: 'Kommunen har ikke sagt ja til at dele erfaringen, eller har skrevet en ny.',
    en: 'The municipality has not agreed to share the experience, or has written a new one.',
  },
  footnote: {
    da: 'Rettelsen ændrer ingen bedømmelse og flytter ingen andel mere end ét procentpoint. Den noteres, og bedømmelsen står.',
    en: 'The correction changes no verdict and moves no share by more than one point. It is noted, and the assessment stands.',
  },
  'not-frozen': {
    da: 'Erfaringerne sendes, når den samlede afrapportering er frosset.',
    en: 'The experiences are sent when the joint report is frozen.',
  },
  'no-cards': {
    da: 'Der er ingen udgivne kort at sende.',
    en: 'There are no published cards to send.',
  },
  'open-experiences': {
    da: 'En erfaring venter på en sagsbehandler. Den skal afgøres, før brevet frigives.',
    en: 'An experience waits for a caseworker. Decide it before the letter is released.',
  },
  'no-difference': {
    da: 'Siderne siger allerede det, der gælder nu. Der er ikke noget at rette.',
    en: 'The pages already say what holds now. There is nothing to correct.',
  },
  'number-beside-hidden': {
    da: 'Begrundelsen indeholder et tal, og aftalen har tal, der ikke vises. Skriv den uden tal.',
    en: 'The text holds a number, and the agreement has figures that are not shown. Write it without numbers.',
  },
  'unknown-promise': {
    da: 'Bidraget findes ikke i aftalen.',
    en: 'The promise is not in the agreement.',
  },
  'not-to-share': {
    da: 'Bemærkningen er allerede sendt til de andre parter, eller høringen er slut.',
    en: 'The comment was already sent to the other parties, or the hearing is over.',
  },
  figures: {
    da: 'Skriv indsigelsen til de andre parter uden tal.',
    en: 'Write the objection to the other parties without figures.',
  },
  'words-read': {
    da: 'Mailen er allerede markeret som læst.',
    en: 'The mail is already marked as read.',
  },
  'no-dispute': {
    da: 'Bemærkningen er allerede besvaret.',
    en: 'The remark is already answered.',
  },
  dispute: {
    da: 'Kommunen har en bemærkning til en værdi, ministeriet har oplyst. Svar på den først.',
    en: 'The municipality has a remark on a value the ministry observed. Answer it first.',
  },
  'no-money-case': {
    da: 'Afgørelsen om tilskud kan ikke findes.',
    en: 'The decision on money cannot be found.',
  },
  amount: {
    da: 'Skriv et beløb over 0.',
    en: 'Write an amount above 0.',
  },
  'beyond-grant': {
    da: 'Aftalen giver ikke så stort et tilskud for det år.',
    en: 'The agreement does not give so large a grant for that year.',
  },
  'no-advance': {
    da: 'Aftalen har ikke en begrundelse for et forskud af den størrelse for det år.',
    en: 'The agreement has no ground for an advance of that size for that year.',
  },
  'beyond-heard': {
    da: 'Beløbet er større end det, kommunen er hørt om.',
    en: 'The amount is larger than the one the municipality was heard on.',
  },
  'no-breach': {
    da: 'Vælg det vilkår, der ikke er opfyldt. Et mål, der ikke er opfyldt, er ikke en grund.',
    en: 'Choose the condition that is not met. A target that is not met is no ground.',
  },
  'money-hearing': {
    da: 'Høringen er ikke slut, eller en mail er ikke afgjort endnu.',
    en: 'The hearing is not over, or a mail is not decided yet.',
  },
  'sending-hour': {
    da: 'Brevet sendes straks. Godkend på en arbejdsdag fra kl. 9.',
    en: 'The letter goes at once. Approve on a working day from 9.',
  },
  'no-figure': {
    da: 'Tast mindst ét tal ind.',
    en: 'Type at least one figure.',
  },
  'unknown-key': {
    da: 'En nøgle hører ikke til indberetningen.',
    en: 'A key does not belong to the report.',
  },
  older: {
    da: 'Kommunen har svaret senere på et af tallene. Det senere svar gælder.',
    en: 'The municipality has answered one of the figures later. The later answer holds.',
  },
  future: {
    da: 'Datoen ligger i fremtiden.',
    en: 'The date lies in the future.',
  },
  'undecided-mail': {
    da: 'Mailen er tilbageholdt. Afgør først, hvad den skal regnes for.',
    en: 'The mail is held. Decide first what it counts as.',
  },
  untold: {
    da: 'Kontakten har endnu ikke fået besked om, at mailen er lagt til side.',
    en: 'The contact has not been told yet that the mail was set aside.',
  },
  fields: {
    da: 'Felterne er ikke udfyldt rigtigt.',
    en: 'The fields are not filled in rightly.',
  },
  'unknown-command': {
    da: 'Siden kender ikke den handling.',
    en: 'The page does not know that action.',
  },
  'another-agreement': {
    da: 'Et tillæg ændrer hverken aftalens nummer eller dens art.',
    en: 'A rider keeps the id and the kind of its agreement.',
  },
  ended: {
    da: 'Aftalen er ophørt.',
    en: 'The agreement has ended.',
  },
  erased: {
    da: 'Mailens indhold er slettet.',
    en: 'The content of the mail was erased.',
  },
  frame: {
    da: 'Rammen for tilskud rækker ikke til aftalen.',
    en: 'The frame for grants does not suffice for the agreement.',
  },
  'key-reused': {
    da: 'En nøgle har før stået for noget andet i aftalen. Brug en ny nøgle.',
    en: 'A key has stood for another thing in the agreement before. Use a new one.',
  },
  moved: {
    da: 'En anden har reserveret først. Prøv igen.',
    en: 'Somebody else reserved first. Try again.',
  },
  'new-ground': {
    da: 'Der er kommet en grund mere til spørgsmålet, siden du åbnede siden.',
    en: 'A further ground has joined the question since you opened the page.',
  },
  'no-draft': {
    da: 'Kontakter indføres på en aftale, der er et udkast til.',
    en: 'Contacts are registered on an agreement of which there is a draft.',
  },
  'no-ground': {
    da: 'En genforhandling skal have en grund: en forudsætning, en fejl i den eller en begrundelse.',
    en: 'A renegotiation has a ground: an assumption, an error in one, or a reason.',
  },
  'no-period': {
    da: 'En observation gælder fra en dag, der ikke ligger efter dens sidste.',
    en: 'An observation is valid from a day not after its last.',
  },
  'no-question': {
    da: 'Der er ikke rejst et spørgsmål.',
    en: 'No question was raised.',
  },
  'no-report': {
    da: 'Der er ingen afrapportering.',
    en: 'There is no report.',
  },
  'no-rider': {
    da: 'Spørgsmålet afgøres af tillægget selv, når det træder i kraft.',
    en: 'The question is settled by the rider itself when it takes effect.',
  },
  'no-version': {
    da: 'Ingen udgave af aftalen gælder på måledagen.',
    en: 'No version of the agreement is in force on the measuring date.',
  },
  'not-expired': {
    da: 'Aftalen er ikke udløbet endnu.',
    en: 'The agreement has not expired yet.',
  },
  'not-opened': {
    da: 'Sagen er ikke åbnet endnu.',
    en: 'The case is not opened yet.',
  },
  'not-rebased': {
    da: 'Et mål, der opgøres på en ny måde, skal have et nyt udgangspunkt.',
    en: 'A target that is counted anew needs a new baseline.',
  },
  'not-signed': {
    da: 'Kun en underskrevet aftale kan få et tillæg.',
    en: 'Only a signed agreement can get a rider.',
  },
  'not-theirs': {
    da: 'Forudsætningen oplyses af den anden part.',
    en: 'The assumption is observed by the other party.',
  },
  rejected: {
    da: 'En person har sagt, at mailen ikke er kommunens.',
    en: 'A person has said that the mail is not the municipality’s.',
  },
  'rider-exists': {
    da: 'Et tillæg med det nummer gælder allerede med en anden tekst.',
    en: 'A rider of that number is in force with another text.',
  },
  settled: {
    da: 'Genforhandlingen er afsluttet.',
    en: 'The renegotiation has ended.',
  },
  signed: {
    da: 'En underskrevet aftale ændres kun ved et tillæg.',
    en: 'A signed agreement is changed by a rider alone.',
  },
  'unknown-assumption': {
    da: 'Forudsætningen findes ikke i aftalen.',
    en: 'The assumption is not in the agreement.',
  },
  'unknown-letter': {
    da: 'Brevet findes ikke i sagen.',
    en: 'The letter is not in the case.',
  },
  'not-later': {
    da: 'Et tillæg træder i kraft efter den udgave, der gælder nu.',
    en: 'A rider takes effect after the version that is in force now.',
  },
  'year-opened': {
    da: 'Året er åbnet. Begge parter skal underskrive en påtegning, hvis tillægget skal gælde i det.',
    en: 'The year is opened. Both sides sign a note if the rider is to hold in it.',
  },
  'year-assessed': {
    da: 'Året er endeligt bedømt.',
    en: 'The year is finally assessed.',
  },
} as const satisfies Readonly<Record<string, RefusalWords>>

export const refusalWords = { ...notYours, ...noLongerSo, ...notPossible } as const
export type RefusalKind = keyof typeof refusalWords

/** How a refusal of that kind is answered. */
export const classOfRefusal = (kind: RefusalKind): RefusalClass =>
  Object.hasOwn(notYours, kind) ? 'forbidden' : Object.hasOwn(noLongerSo, kind) ? 'conflict' : 'unprocessable'
