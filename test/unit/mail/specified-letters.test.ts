import { expect, test } from 'vitest'
import type { LetterKind } from '../../../functions/domain/casefile/letter-kinds.ts'
import { renderLetter } from '../../../functions/mail/render-letter.ts'
import { firstReminder } from '../../../functions/mail/reminder.ts'
import { allLetters } from '../../fixtures/letters/all-letters.ts'
import { sampleFacts, sampleForm, sampleFrame } from '../../fixtures/letters/sample-frame.ts'

const rendered = allLetters('da').map((body) => renderLetter(body, sampleFrame))
const flat = (text: string): string => text.split(/\s+/).filter(Boolean).join(' ')
const textsOf = (kind: LetterKind): string =>
  rendered
    .filter((letter) => letter.kind === kind)
    .map((letter) => flat(letter.text))
    .join(' | ')
const subjectOf = (kind: LetterKind): string =>
  rendered.find((letter) => letter.kind === kind)?.subject.replace(/ \(sagsnr\. .*$/, '') ?? ''

// LETTERS 4: each letter's words, blanks and line breaks apart.
test.each<[LetterKind, string, readonly string[]]>([
  [
    'contact-confirmation',
    'Resultatkontrakt: er I fortsat kontakt? Svar senest 15. december 2014',
    [
      'Den 15. januar 2015 beder ministeriet om resultaterne for 2014 efter resultatkontrakten. Mailen bliver sendt til udviklingskonsulent Mette Prøve (mette.proeve@svendborg-kommune.example) med kopi til post@svendborg-kommune.example. Der er ingen stedfortræder. Er det fortsat rigtigt, så svar OK senest mandag den 15. december 2014. Ellers svar med navn, titel og e-mail: Kontakt: ____ Stedfortræder: ____ Kolleger, der også må sende tal: Medindberetter: ____ I skal ikke sende tal endnu.',
    ],
  ],
  [
    'courtesy-notice',
    'Resultatkontrakt: indberetning for 2014, frist om to uger, 2. marts 2015',
    [
      'Fristen for indberetningen for 2014 er mandag den 2. marts 2015. Vi mangler fortsat linjerne nedenfor. Har I sendt dem inden for de seneste dage, kan I se bort fra denne mail. Har I brug for mere tid, så svar med linjen »Udsættelse til:« og en dato.',
    ],
  ],
  [
    'observed-value',
    'Resultatkontrakt: forudsætning 1 er opgjort',
    [
      'Kommunekvoten for 2015 er fastsat til 160 personer (27. marts 2015, kilde: KL). Kontraktens reference er 53 personer (30. september 2014, afledt tal). Ændringen er over kontraktens grænse. Tallet har ikke betydning for bedømmelsen af 2014. Mener I, at tallet er forkert, så svar med linjen »FS1 bemærkning:«.',
    ],
  ],
  [
    'reminder-1',
    'Resultatkontrakt: påmindelse om indberetning for 2014, ny frist 17. marts 2015',
    [
      'Ministeriet bad den 15. januar 2015 om kommunens resultater for 2014 senest den 2. marts 2015. Ministeriet har endnu ikke modtaget indberetningen og beder om at få den senest tirsdag den 17. marts 2015. Har I sendt den inden for de seneste dage, kan I se bort fra denne mail. Er der noget, vi kan hjælpe med, eller har I brug for mere tid, så svar blot på mailen.',
      'Tak for jeres indberetning. Det her er på plads: aktivitet 1, mål 2 og mål 3. Vi mangler kun linjerne nedenfor og beder om dem senest tirsdag den 17. marts 2015. Kan et tal ikke opgøres, skrives »ikke opgjort« og årsagen.',
    ],
  ],
  [
    'reminder-2',
    'Resultatkontrakt: sidste påmindelse, indberetning for 2014, frist 25. marts 2015',
    [
      'Ministeriet har endnu ikke modtaget indberetningen for 2014 og beder om at få den senest onsdag den 25. marts 2015. Modtager ministeriet ikke indberetningen inden fristen, foretages bedømmelsen på det foreliggende grundlag. Mål, der ikke kan opgøres på det grundlag, vil fremgå som »kan ikke bedømmes«. Det betyder ikke, at målet anses for ikke opfyldt.',
    ],
  ],
  [
    'collection-closed',
    'Resultatkontrakt: bedømmelsen af 2014 foretages nu',
    [
      'Ministeriet har ikke modtaget resten af indberetningen og foretager nu bedømmelsen på det foreliggende grundlag. I får et udkast i høring. Sender I tallene inden høringsfristen, indgår de.',
    ],
  ],
  [
    'held-mail-notice',
    'Resultatkontrakt: er denne mail fra jer? Svar OK',
    [
      'Ministeriet har den 27. februar 2015 modtaget en mail fra jonas@privat.example, som vi ikke kan henføre til en registreret kontakt hos jer. Svar OK på denne mail, hvis den er jeres indberetning; så tager vi den ind. I behøver ikke sende tallene igen.',
    ],
  ],
  [
    'closed-notice',
    'SV: Resultatkontrakt: indberetning for 2014',
    [
      'Indberetningen for 2013 blev afsluttet den 12. juni 2014. Skal tallene for 2013 rettes, så svar med årsagen. Tal for 2014 sendes som svar på mailen af 15. januar 2015.',
    ],
  ],
  [
    'citizen-data-notice',
    'SV: Resultatkontrakt: indberetning for 2014',
    [
      'Mailen indeholder oplysninger om borgere. Den er lagt til side og bliver ikke læst. Send tallene igen uden navne og CPR-numre.',
    ],
  ],
  [
    'question',
    'SV: Resultatkontrakt: et spørgsmål om jeres tal for 2014',
    [
      'Tak for indberetningen. Før ministeriet kan bedømme resultaterne, har vi ét spørgsmål: 1. Mål 2. Hvordan er ventetiden gjort op, og hvilke personer er talt med? Vi beder om svar senest torsdag den 12. marts 2015 under nøglen M2 bemærkning: ____ Skal tallet ændres, så skriv også M2: ____ uger',
    ],
  ],
  [
    'extension-granted',
    'SV: Resultatkontrakt: udsættelse af indberetningen for 2014 til 13. marts 2015',
    [
      'I får udsættelse. Den nye frist er fredag den 13. marts 2015, fordi tallene skal behandles i udvalget den 10. marts. Den nye frist træder i stedet for den gamle.',
    ],
  ],
  [
    'hearing',
    'UDKAST til bedømmelse: resultatkontrakt, resultater for 2014, frist 24. marts 2015',
    [
      'UDKAST til bedømmelse af resultaterne for 2014 Vedhæftet følger ministeriets udkast til bedømmelse af kommunens resultater for 2014 efter resultatkontrakten af 12. november 2012. I hovedtræk: Mål 1. 61 af 134 personer, 45,5 pct. mod et mål på 50,0 pct. Fremgangen siden 2012 er 7,0 procentpoint, svarende til 61,0 pct. af den aftalte fremgang. Målet vurderes at være delvist opfyldt.',
      'Samlet: målopfyldelse 84 pct. (dækning 100 pct.).',
      'Eventuelle bemærkninger bedes sendt senest tirsdag den 24. marts 2015 som svar på denne mail. Skriv »ingen bemærkninger«, hvis kommunen ikke har nogen: Høringssvar: ____ M1 bemærkning: ____',
      'Hører ministeriet ikke fra kommunen inden fristens udløb, lægges udkastet til grund, og det vil fremgå, at der ikke er modtaget bemærkninger.',
    ],
  ],
  [
    'final-assessment',
    'Resultatkontrakt: bedømmelse af resultaterne for 2014',
    [
      'Det er ministeriets samlede vurdering, at målopfyldelsen for 2014 er 84 pct. (dækning 100 pct.).',
      'Kommunens bemærkninger af 20. marts 2015 til mål 2 har ikke givet anledning til at ændre bedømmelsen, idet',
      'Tallene er opgjort pr. 31. december 2014 og kan være genstand for efterregulering. Ministeriet takker for indsatsen.',
    ],
  ],
  [
    'renegotiation-opened',
    'Resultatkontrakt: genforhandling af mål 1',
    [
      'har ændret sig væsentligt, jf. kontraktens pkt. 7, idet kommunekvoten for 2015 er fastsat til 160 personer mod en referenceværdi på 53 (30. september 2014, afledt). Ministeriet finder på den baggrund anledning til at optage forhandlinger om en tilpasning af mål 1 for 2015 og senere. Bedømmelsen af 2014 berøres ikke.',
    ],
  ],
  [
    'proposal',
    'Resultatkontrakt: forslag til tillæg nr. 1, svar senest 1. juni 2015',
    [
      'Det ændrer mål 1 for 2015 fra 50,0 pct. til 46,0 pct. og har virkning fra den 1. juli 2015.',
      'Kommunens svar bedes sendt senest mandag den 1. juni 2015. Skriv tiltrædes, tiltrædes ikke eller ændringsforslag: Svar: ____ Begrundelse: ____ M1 ny målværdi: ____ pct. Et svar, der binder kommunen, gives af den, der er registreret som underskriver: kommunaldirektør Inger Prøvedal. Andre kan sende bemærkninger.',
    ],
  ],
  [
    'counter-proposal-answer',
    'Resultatkontrakt: svar på kommunens ændringsforslag',
    [
      'Ministeriet har modtaget kommunens ændringsforslag (mål 1: 44,0 pct.).',
      'Det seneste forslag fra ministeriet står ved magt til den 22. juni 2015. Dette er anden runde af højst tre.',
    ],
  ],
  [
    'rider',
    'Resultatkontrakt: tillæg nr. 1 er tiltrådt af alle parter',
    [
      'Tillæg nr. 1 til resultatkontrakt af 12. november 2012 mellem Udlændinge-, Integrations- og Boligministeriet og Svendborg Kommune § 1. Mål 1 affattes således: »Målet for 2015 er 46,0 pct.«. § 2. Tillægget har virkning fra den 1. juli 2015. § 3. Kontraktens øvrige bestemmelser er uændrede.',
    ],
  ],
  [
    'final-return',
    'Resultatkontrakt: udløber 31. december 2015, slutindberetning og slutregnskab',
    [
      'Ministeriet beder om slutindberetning for 2015 senest tirsdag den 1. marts 2016 og om revideret slutregnskab med revisorerklæring senest fredag den 1. april 2016. Anmodningen om slutindberetning sendes den 15. januar 2016.',
    ],
  ],
  [
    'fact-check',
    'Samlet afrapportering for 2014: faktatjek af jeres sider, frist 24. august 2015',
    [
      'Vedhæftet er de sider, der handler om jer. Vi beder jer kontrollere, at tal og navne er rigtige, senest mandag den 24. august 2015.',
      'Hører vi ikke fra jer, udkommer siderne, som de er, med en bemærkning om, at de ikke er kontrolleret af kommunen.',
    ],
  ],
])('%s has the words of the specification', (kind, subject, texts) => {
  expect(subjectOf(kind)).toBe(subject)
  const all = textsOf(kind)
  for (const text of texts) expect(all).toContain(text)
})

test('the first reminder counts what is missing in words', () => {
  const subject = (keys: readonly string[]): string =>
    renderLetter(
      firstReminder({
        facts: sampleFacts(),
        requestedOn: '2015-01-15',
        wasDueOn: '2015-03-02',
        dueOn: '2015-03-17',
        form: sampleForm('da', keys),
        inPlace: ['mål 2'],
      }),
      sampleFrame,
    ).subject.replace(/ \(sagsnr.*/, '')
  expect(subject(['M1 i alt', 'M1 heraf'])).toBe(
    'Resultatkontrakt: vi mangler to tal for 2014, frist 17. marts 2015',
  )
  expect(subject(['FS2'])).toBe('Resultatkontrakt: vi mangler ét tal for 2014, frist 17. marts 2015')
  expect(subject(['Formidling'])).toBe('Resultatkontrakt: vi mangler ét svar for 2014, frist 17. marts 2015')
})

test('with more than twelve required lines the mail points to the workbook', () => {
  const form = sampleForm('da')
  const fields = [...form.fields, ...form.fields].map((field, at) => ({ ...field, key: `${field.key}${at}` }))
  const { text } = renderLetter(
    firstReminder({
      facts: sampleFacts(),
      requestedOn: '2015-01-15',
      wasDueOn: '2015-03-02',
      dueOn: '2015-03-17',
      form: { ...form, fields },
      inPlace: [],
    }),
    sampleFrame,
  )
  expect(text).toContain('Der er mange tal i år. Brug regnearket.')
  expect(text).not.toContain('____')
})
