import type { Language } from '../domain/base/values.ts'

/** Why an attached workbook was not read, as a sentence; a reason not listed is only "cannot be read". */
const reasons: ReadonlyMap<string, Readonly<Record<Language, string>>> = new Map([
  ['encrypted', { da: 'Den er beskyttet med adgangskode.', en: 'It is protected by a password.' }],
  ['macros', { da: 'Den indeholder makroer.', en: 'It contains macros.' }],
  ['too-large', { da: 'Den er for stor.', en: 'It is too large.' }],
  ['empty', { da: 'Den er tom.', en: 'It is empty.' }],
  [
    'xlsb',
    { da: 'Den er gemt i det binære format (.xlsb).', en: 'It was saved in the binary format (.xlsb).' },
  ],
  ['broken', { da: 'Den er beskadiget.', en: 'It is damaged.' }],
  ['encrypted-mail', { da: 'Den er krypteret.', en: 'It is encrypted.' }],
  ['attached-mail', { da: 'Den er en vedhæftet mail.', en: 'It is an attached mail.' }],
  ['rich-text', { da: 'Den er i Outlooks eget format.', en: "It is in Outlook's own format." }],
  [
    'cloud-link',
    { da: 'Den er et link, og vi åbner ikke links.', en: 'It is a link, and we open no links.' },
  ],
])

/** The attached file was not read, why, and what to do. */
export const unreadableAttachmentWords = (name: string, refusal: string, language: Language): string => {
  const because = reasons.get(refusal)?.[language]
  const why = because === undefined ? '' : ` ${because}`
  return language === 'da'
    ? `Vi kan ikke læse den vedhæftede fil »${name}«.${why} Brug det regneark, vi sendte, eller skriv tallene i mailen.`
    : `We cannot read the attached file "${name}".${why} Please use the workbook we sent, or write the figures in the mail.`
}
