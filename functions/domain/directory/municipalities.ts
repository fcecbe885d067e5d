/**
 * The 98 Danish municipalities since 1 January 2007: code, name, official name, region. Sources: ladekjaer/dawars
 * (0BSD) for code and name, django-localflavor (BSD-3-Clause) for regions; cross-checked, 98 of 98 agree.
 * 411 Christiansø is not a municipality.
 */
export interface Municipality {
  readonly code: string
  readonly name: string
  readonly officialName: string
  readonly region: string
}

const rows: readonly (readonly [string, string, string, string])[] = [
  ['101', 'København', 'Københavns Kommune', 'Region Hovedstaden'],
  ['147', 'Frederiksberg', 'Frederiksberg Kommune', 'Region Hovedstaden'],
  ['151', 'Ballerup', 'Ballerup Kommune', 'Region Hovedstaden'],
  ['153', 'Brøndby', 'Brøndby Kommune', 'Region Hovedstaden'],
  ['155', 'Dragør', 'Dragør Kommune', 'Region Hovedstaden'],
  ['157', 'Gentofte', 'Gentofte Kommune', 'Region Hovedstaden'],
  ['159', 'Gladsaxe', 'Gladsaxe Kommune', 'Region Hovedstaden'],
  ['161', 'Glostrup', 'Glostrup Kommune', 'Region Hovedstaden'],
  ['163', 'Herlev', 'Herlev Kommune', 'Region Hovedstaden'],
  ['165', 'Albertslund', 'Albertslund Kommune', 'Region Hovedstaden'],
  ['167', 'Hvidovre', 'Hvidovre Kommune', 'Region Hovedstaden'],
  ['169', 'Høje-Taastrup', 'Høje-Taastrup Kommune', 'Region Hovedstaden'],
  ['173', 'Lyngby-Taarbæk', 'Lyngby-Taarbæk Kommune', 'Region Hovedstaden'],
  ['175', 'Rødovre', 'Rødovre Kommune', 'Region Hovedstaden'],
  ['183', 'Ishøj', 'Ishøj Kommune', 'Region Hovedstaden'],
  ['185', 'Tårnby', 'Tårnby Kommune', 'Region Hovedstaden'],
  ['187', 'Vallensbæk', 'Vallensbæk Kommune', 'Region Hovedstaden'],
  ['190', 'Furesø', 'Furesø Kommune', 'Region Hovedstaden'],
  ['201', 'Allerød', 'Allerød Kommune', 'Region Hovedstaden'],
  ['210', 'Fredensborg', 'Fredensborg Kommune', 'Region Hovedstaden'],
  ['217', 'Helsingør', 'Helsingør Kommune', 'Region Hovedstaden'],
  ['219', 'Hillerød', 'Hillerød Kommune', 'Region Hovedstaden'],
  ['223', 'Hørsholm', 'Hørsholm Kommune', 'Region Hovedstaden'],
  ['230', 'Rudersdal', 'Rudersdal Kommune', 'Region Hovedstaden'],
  ['240', 'Egedal', 'Egedal Kommune', 'Region Hovedstaden'],
  ['250', 'Frederikssund', 'Frederikssund Kommune', 'Region Hovedstaden'],
  ['253', 'Greve', 'Greve Kommune', 'Region Sjælland'],
  ['259', 'Køge', 'Køge Kommune', 'Region Sjælland'],
  ['260', 'Halsnæs', 'Halsnæs Kommune', 'Region Hovedstaden'],
  ['265', 'Roskilde', 'Roskilde Kommune', 'Region Sjælland'],
  ['269', 'Solrød', 'Solrød Kommune', 'Region Sjælland'],
  ['270', 'Gribskov', 'Gribskov Kommune', 'Region Hovedstaden'],
  ['306', 'Odsherred', 'Odsherred Kommune', 'Region Sjælland'],
  ['316', 'Holbæk', 'Holbæk Kommune', 'Region Sjælland'],
  ['320', 'Faxe', 'Faxe Kommune', 'Region Sjælland'],
  ['326', 'Kalundborg', 'Kalundborg Kommune', 'Region Sjælland'],
  ['329', 'Ringsted', 'Ringsted Kommune', 'Region Sjælland'],
  ['330', 'Slagelse', 'Slagelse Kommune', 'Region Sjælland'],
  ['336', 'Stevns', 'Stevns Kommune', 'Region Sjælland'],
  ['340', 'Sorø', 'Sorø Kommune', 'Region Sjælland'],
  ['350', 'Lejre', 'Lejre Kommune', 'Region Sjælland'],
  ['360', 'Lolland', 'Lolland Kommune', 'Region Sjælland'],
  ['370', 'Næstved', 'Næstved Kommune', 'Region Sjælland'],
  ['376', 'Guldborgsund', 'Guldborgsund Kommune', 'Region Sjælland'],
  ['390', 'Vordingborg', 'Vordingborg Kommune', 'Region Sjælland'],
  ['400', 'Bornholm', 'Bornholms Regionskommune', 'Region Hovedstaden'],
  ['410', 'Middelfart', 'Middelfart Kommune', 'Region Syddanmark'],
  ['420', 'Assens', 'Assens Kommune', 'Region Syddanmark'],
  ['430', 'Faaborg-Midtfyn', 'Faaborg-Midtfyn Kommune', 'Region Syddanmark'],
  ['440', 'Kerteminde', 'Kerteminde Kommune', 'Region Syddanmark'],
  ['450', 'Nyborg', 'Nyborg Kommune', 'Region Syddanmark'],
  ['461', 'Odense', 'Odense Kommune', 'Region Syddanmark'],
  ['479', 'Svendborg', 'Svendborg Kommune', 'Region Syddanmark'],
  ['480', 'Nordfyns', 'Nordfyns Kommune', 'Region Syddanmark'],
  ['482', 'Langeland', 'Langeland Kommune', 'Region Syddanmark'],
  ['492', 'Ærø', 'Ærø Kommune', 'Region Syddanmark'],
  ['510', 'Haderslev', 'Haderslev Kommune', 'Region Syddanmark'],
  ['530', 'Billund', 'Billund Kommune', 'Region Syddanmark'],
  ['540', 'Sønderborg', 'Sønderborg Kommune', 'Region Syddanmark'],
  ['550', 'Tønder', 'Tønder Kommune', 'Region Syddanmark'],
  ['561', 'Esbjerg', 'Esbjerg Kommune', 'Region Syddanmark'],
  ['563', 'Fanø', 'Fanø Kommune', 'Region Syddanmark'],
  ['573', 'Varde', 'Varde Kommune', 'Region Syddanmark'],
  ['575', 'Vejen', 'Vejen Kommune', 'Region Syddanmark'],
  ['580', 'Aabenraa', 'Aabenraa Kommune', 'Region Syddanmark'],
  ['607', 'Fredericia', 'Fredericia Kommune', 'Region Syddanmark'],
  ['615', 'Horsens', 'Horsens Kommune', 'Region Midtjylland'],
  ['621', 'Kolding', 'Kolding Kommune', 'Region Syddanmark'],
  ['630', 'Vejle', 'Vejle Kommune', 'Region Syddanmark'],
  ['657', 'Herning', 'Herning Kommune', 'Region Midtjylland'],
  ['661', 'Holstebro', 'Holstebro Kommune', 'Region Midtjylland'],
  ['665', 'Lemvig', 'Lemvig Kommune', 'Region Midtjylland'],
  ['671', 'Struer', 'Struer Kommune', 'Region Midtjylland'],
  ['706', 'Syddjurs', 'Syddjurs Kommune', 'Region Midtjylland'],
  ['707', 'Norddjurs', 'Norddjurs Kommune', 'Region Midtjylland'],
  ['710', 'Favrskov', 'Favrskov Kommune', 'Region Midtjylland'],
  ['727', 'Odder', 'Odder Kommune', 'Region Midtjylland'],
  ['730', 'Randers', 'Randers Kommune', 'Region Midtjylland'],
  ['740', 'Silkeborg', 'Silkeborg Kommune', 'Region Midtjylland'],
  ['741', 'Samsø', 'Samsø Kommune', 'Region Midtjylland'],
  ['746', 'Skanderborg', 'Skanderborg Kommune', 'Region Midtjylland'],
  ['751', 'Aarhus', 'Aarhus Kommune', 'Region Midtjylland'],
  ['756', 'Ikast-Brande', 'Ikast-Brande Kommune', 'Region Midtjylland'],
  ['760', 'Ringkøbing-Skjern', 'Ringkøbing-Skjern Kommune', 'Region Midtjylland'],
  ['766', 'Hedensted', 'Hedensted Kommune', 'Region Midtjylland'],
  ['773', 'Morsø', 'Morsø Kommune', 'Region Nordjylland'],
  ['779', 'Skive', 'Skive Kommune', 'Region Midtjylland'],
  ['787', 'Thisted', 'Thisted Kommune', 'Region Nordjylland'],
  ['791', 'Viborg', 'Viborg Kommune', 'Region Midtjylland'],
  ['810', 'Brønderslev', 'Brønderslev Kommune', 'Region Nordjylland'],
  ['813', 'Frederikshavn', 'Frederikshavn Kommune', 'Region Nordjylland'],
  ['820', 'Vesthimmerlands', 'Vesthimmerlands Kommune', 'Region Nordjylland'],
  ['825', 'Læsø', 'Læsø Kommune', 'Region Nordjylland'],
  ['840', 'Rebild', 'Rebild Kommune', 'Region Nordjylland'],
  ['846', 'Mariagerfjord', 'Mariagerfjord Kommune', 'Region Nordjylland'],
  ['849', 'Jammerbugt', 'Jammerbugt Kommune', 'Region Nordjylland'],
  ['851', 'Aalborg', 'Aalborg Kommune', 'Region Nordjylland'],
  ['860', 'Hjørring', 'Hjørring Kommune', 'Region Nordjylland'],
]

const byCode = new Map(
  rows.map(([code, name, officialName, region]) => [code, { code, name, officialName, region }] as const),
)

/** All municipalities, in the order of their codes. */
export const municipalities: readonly Municipality[] = [...byCode.values()]

/** @throws RangeError for a code that is no municipality's */
export const municipality = (code: string): Municipality => {
  const found = byCode.get(code)
  if (found === undefined) throw new RangeError(`${code} is not the code of a Danish municipality`)
  return found
}
