import { municipalities } from '../directory/municipalities.ts'

/**
 * Successors in the municipal reform of 1 January 2007, which falls inside the agreements of 2005-08 (Edge case
 * 7): 18 old municipalities that went whole into one, 11 that were divided, the main successor first. A choice of
 * cases, not all 271 old ones; others are named by the codes of their successors.
 */
const rows: readonly (readonly [old: string, main: string, ...others: string[]])[] = [
  ['Grindsted', 'Billund'],
  ['Kjellerup', 'Silkeborg'],
  ['Gjern', 'Silkeborg'],
  ['Them', 'Silkeborg'],
  ['Værløse', 'Furesø'],
  ['Farum', 'Furesø'],
  ['Haslev', 'Faxe'],
  ['Skagen', 'Frederikshavn'],
  ['Sæby', 'Frederikshavn'],
  ['Karlebo', 'Fredensborg'],
  ['Fredensborg-Humlebæk', 'Fredensborg'],
  ['Birkerød', 'Rudersdal'],
  ['Søllerød', 'Rudersdal'],
  ['Ribe', 'Esbjerg'],
  ['Bramming', 'Esbjerg'],
  ['Dronninglund', 'Brønderslev'],
  ['Nakskov', 'Lolland'],
  ['Korsør', 'Slagelse'],
  ['Christiansfeld', 'Kolding', 'Haderslev'],
  ['Nørre-Rangstrup', 'Tønder', 'Haderslev'],
  ['Egtved', 'Vejle', 'Kolding'],
  ['Tørring-Uldum', 'Hedensted', 'Vejle'],
  ['Slangerup', 'Frederikssund', 'Hillerød'],
  ['Brædstrup', 'Horsens', 'Skanderborg'],
  ['Langå', 'Randers', 'Favrskov'],
  ['Sønderhald', 'Norddjurs', 'Randers'],
  ['Mariager', 'Mariagerfjord', 'Randers'],
  ['Aalestrup', 'Vesthimmerlands', 'Mariagerfjord'],
  ['Nørager', 'Rebild', 'Mariagerfjord'],
]

const codeOf = (name: string): string => {
  const found = municipalities.find((one) => one.name === name)
  if (found === undefined) throw new RangeError(`${name} is no municipality of today`)
  return found.code
}

export interface OldMunicipality {
  readonly name: string
  /** Codes of its successors, the main one first: one took it whole, several divided it. */
  readonly into: readonly [string, ...string[]]
}

export const reform2007: readonly OldMunicipality[] = rows.map(([name, main, ...others]) => ({
  name,
  into: [codeOf(main), ...others.map(codeOf)],
}))
