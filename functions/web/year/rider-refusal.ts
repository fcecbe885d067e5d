const words: Readonly<Record<string, string>> = {
  'year-opened':
    'tillægget rækker ind i et år, der er åbnet. Giv det en senere ikrafttrædelse, eller lad begge parter underskrive en note.',
  'year-assessed': 'tillægget rækker ind i et år, der er endeligt bedømt. Giv det en senere ikrafttrædelse.',
  ended: 'aftalen er udløbet.',
  settled: 'spørgsmålet er allerede afgjort på aftalen.',
  'not-later': 'tillægget skal have virkning senere end den gældende version.',
  'rider-exists': 'der er allerede et tillæg med det nummer.',
  frame:
    'tilskuddet kan ikke rummes i årets tilsagnsramme, eller der mangler et forbehold for bevilling på finansloven.',
  incomplete: 'aftalen ville mangle en del, den skal have.',
}

/** Why an agreement would not take a rider, in the console's words; the record keeps its own code. */
export const riderRefusalWord = (kind: string): string => words[kind] ?? `aftalen afviste det (${kind}).`
