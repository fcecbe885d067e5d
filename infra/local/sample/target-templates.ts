import type { Measure } from '../../../functions/domain/agreement/content.ts'
import type { JudgingMethod } from '../../../functions/domain/agreement/judging-methods.ts'
import type { Theme } from '../../../functions/domain/agreement/theme.ts'

/** A kind of target of the sample: its words and how it is measured. Numbers come from `build-target.ts`. */
export interface TargetTemplate {
  readonly title: string
  readonly titleEn: string
  readonly theme: Theme
  readonly definition: string
  readonly definitionEn: string
  readonly source: string
  /**
   * Id in domain/README.md, "Indicators"'s catalogue of real indicators, or `lokal` for one of the municipality's
   * own.
   */
  readonly indicator: string
  readonly measure: Measure
  readonly direction: 'rising' | 'falling'
  readonly method: JudgingMethod
  /** Baseline and way to go: percent for a share, the unit for a number. */
  readonly base: readonly [from: number, to: number]
  readonly span: number
  /** Persons counted, for a small municipality; larger ones have more. */
  readonly persons: number
}

const share: Measure = { type: 'share', unit: 'personer' }
const pupils: Measure = { type: 'share', unit: 'elever' }

/**
 * The targets of the sample, by name. Titles and measurement follow domain/README.md, "Indicators"; all values are
 * synthetic.
 */
export const targetTemplates = {
  jobOrOffer: {
    title: 'Andel i job eller virksomhedsrettet tilbud',
    titleEn: 'Share in work or in an offer at a workplace',
    theme: 'employment',
    definition:
      'Nyankomne flygtninge og familiesammenførte på 18-64 år med bopæl i kommunen den 31. december {år}. »Heraf« er dem, der samme dag var i ordinær beskæftigelse eller i virksomhedsrettet aktivt tilbud. En person tæller én gang.',
    definitionEn:
      'Newly arrived refugees and reunited family members aged 18-64 who lived in the municipality on 31 December {år}. "Of which" are those who on that day were in ordinary employment or in an active offer at a workplace. A person counts once.',
    source: 'kommunens jobcenter',
    indicator: 'andel-i-job-eller-tilbud',
    measure: share,
    direction: 'rising',
    method: 'progress',
    base: [31, 41],
    span: 12,
    persons: 90,
  },
  weeksToOffer: {
    title: 'Uger til første virksomhedsrettede tilbud',
    titleEn: 'Weeks until the first offer at a workplace',
    theme: 'employment',
    definition: 'Median for dem, der fik deres første tilbud i {år}.',
    definitionEn: 'Median for those who had their first offer in {år}.',
    source: 'kommunens fagsystem',
    indicator: 'uger-til-foerste-tilbud',
    measure: { type: 'number', unit: 'uger', whole: false },
    direction: 'falling',
    method: 'level',
    base: [30, 38],
    span: 8,
    persons: 0,
  },
  companies: {
    title: 'Samarbejdsaftale med mindst fem virksomheder',
    titleEn: 'Cooperation agreement with at least five enterprises',
    theme: 'employment',
    definition: 'Er aftalen underskrevet af mindst fem virksomheder senest den 31. december {år}?',
    definitionEn: 'Has the agreement been signed by at least five enterprises by 31 December {år}?',
    source: 'kommunens jobcenter',
    indicator: 'samarbejdsaftale',
    measure: { type: 'milestone' },
    direction: 'rising',
    method: 'milestone',
    base: [0, 0],
    span: 0,
    persons: 0,
  },
  danishTest: {
    title: 'Bestået danskprøve inden fem år',
    titleEn: 'Danish examination passed within five years',
    theme: 'danish',
    definition:
      'Kursister, der begyndte på danskuddannelse for fem år siden og har bopæl i kommunen den 31. december {år}. »Heraf« er dem, der har bestået en afsluttende prøve.',
    definitionEn:
      'Persons who began Danish courses five years ago and lived in the municipality on 31 December {år}. "Of which" are those who have passed a final examination.',
    source: 'sprogcentret',
    indicator: 'I10',
    measure: share,
    direction: 'rising',
    method: 'level',
    base: [50, 58],
    span: 6,
    persons: 110,
  },
  jobInThreeYears: {
    title: 'Andel i lønmodtagerjob inden for tre år',
    titleEn: 'Share in employment within three years',
    theme: 'employment',
    definition:
      'Flygtninge og familiesammenførte på 18-64 år, der kom til kommunen for tre år siden. »Heraf« er dem, der i løbet af {år} har haft støttet eller ustøttet lønmodtagerjob.',
    definitionEn:
      'Refugees and reunited family members aged 18-64 who came to the municipality three years ago. "Of which" are those who have been in subsidised or unsubsidised employment in the course of {år}.',
    source: 'kommunens jobcenter',
    indicator: 'I05',
    measure: share,
    direction: 'rising',
    method: 'progress-without',
    base: [28, 36],
    span: 14,
    persons: 100,
  },
  companyPlaces: {
    title: 'Antal nyankomne i virksomhedsrettet tilbud',
    titleEn: 'Number of new arrivals in an offer at a workplace',
    theme: 'employment',
    definition:
      'Nyankomne flygtninge og familiesammenførte, der i løbet af {år} er begyndt i et virksomhedsrettet aktivt tilbud. En person tæller én gang.',
    definitionEn:
      'Newly arrived refugees and reunited family members who began in an active offer at a workplace in the course of {år}. A person counts once.',
    source: 'kommunens jobcenter',
    indicator: 'lokal-virksomhedspladser',
    measure: { type: 'number', unit: 'personer', whole: true },
    direction: 'rising',
    method: 'progress',
    base: [40, 55],
    span: 30,
    persons: 0,
  },
  absence: {
    title: 'Bekymrende skolefravær',
    titleEn: 'Worrying absence from school',
    theme: 'education',
    definition:
      'Nydanske elever i kommunens folkeskoler i skoleåret, der sluttede i {år}. »Heraf« er elever med mere end 10 pct. fravær.',
    definitionEn:
      'Pupils of immigrant background in the municipality’s schools in the school year that ended in {år}. "Of which" are pupils with more than 10 per cent absence.',
    source: 'kommunens skoleforvaltning',
    indicator: 'I21',
    measure: pupils,
    direction: 'falling',
    method: 'progress',
    base: [18, 24],
    span: -7,
    persons: 180,
  },
  clubs: {
    title: 'Medlemskab af forening, 6-17 år',
    titleEn: 'Membership of a club, ages 6-17',
    theme: 'citizenship',
    definition:
      'Nydanske børn og unge på 6-17 år med bopæl i kommunen den 31. december {år}. »Heraf« er medlemmer af mindst én forening.',
    definitionEn:
      'Children and young people of immigrant background aged 6-17 who lived in the municipality on 31 December {år}. "Of which" are members of at least one club.',
    source: 'kommunens fritidsforvaltning',
    indicator: 'I22',
    measure: share,
    direction: 'rising',
    method: 'maintain',
    base: [52, 64],
    span: 0,
    persons: 200,
  },
  grade9: {
    title: 'Mindst karakteren 2 i skriftlig dansk og matematik, 9. klasse',
    titleEn: 'At least grade 2 in written Danish and mathematics, year 9',
    theme: 'education',
    definition:
      'Nydanske elever, der afsluttede 9. klasse i {år}. »Heraf« er elever med mindst karakteren 2 i skriftlig dansk og i matematisk problemløsning.',
    definitionEn:
      'Pupils of immigrant background who finished year 9 in {år}. "Of which" are pupils with at least grade 2 in written Danish and in mathematical problem solving.',
    source: 'kommunens skoleforvaltning',
    indicator: 'I12',
    measure: pupils,
    direction: 'rising',
    method: 'level',
    base: [70, 78],
    span: 6,
    persons: 80,
  },
  youthEducation: {
    title: 'Gennemført mindst én ungdomsuddannelse, 20-24 år',
    titleEn: 'At least one youth education completed, ages 20-24',
    theme: 'education',
    definition:
      'Nydanske unge på 20-24 år med bopæl i kommunen den 31. december {år}. »Heraf« er dem, der har gennemført mindst én ungdomsuddannelse.',
    definitionEn:
      'Young people of immigrant background aged 20-24 who lived in the municipality on 31 December {år}. "Of which" are those who have completed at least one youth education.',
    source: 'ungdommens uddannelsesvejledning',
    indicator: 'I13',
    measure: share,
    direction: 'rising',
    method: 'progress',
    base: [50, 58],
    span: 10,
    persons: 90,
  },
  homework: {
    title: 'Lektiecafé i alle udsatte boligområder',
    titleEn: 'Homework café in every deprived housing area',
    theme: 'education',
    definition:
      'Er der åbnet en lektiecafé i hvert af kommunens udsatte boligområder senest den 31. december {år}?',
    definitionEn:
      'Has a homework café opened in each of the municipality’s deprived housing areas by 31 December {år}?',
    source: 'kommunens fritidsforvaltning',
    indicator: 'lokal-lektiecafe',
    measure: { type: 'milestone' },
    direction: 'rising',
    method: 'milestone',
    base: [0, 0],
    span: 0,
    persons: 0,
  },
  housing: {
    title: 'Antal udsatte boligområder',
    titleEn: 'Number of deprived housing areas',
    theme: 'deprived-areas',
    definition: 'Boligområder i kommunen på den statslige liste pr. 31. december {år}.',
    definitionEn: 'Housing areas in the municipality on the national list on 31 December {år}.',
    source: 'den statslige liste',
    indicator: 'I19',
    measure: { type: 'number', unit: 'områder', whole: true },
    direction: 'falling',
    method: 'maintain',
    base: [1, 3],
    span: 0,
    persons: 0,
  },
} as const satisfies Readonly<Record<string, TargetTemplate>>

export type TemplateName = keyof typeof targetTemplates
