import type { Frame } from './frame.ts'

/**
 * Grant money of the Finance Acts 2005–2012, from the accounts' notes. 18.32.23.10: of 11,0 to 11,2 mio. kr. a
 * year, 10,0 mio. is the grant line (54); pay (11) and goods (14) are not given to anybody. 18.32.23.20: of the
 * 12,0 mio. kr. of 2009, 1,0 mio. is reserved for evaluation and dissemination.
 */
const notes = [
  ...[2005, 2006, 2007, 2008].map((year) => ({
    year,
    kind: 'resultatkontrakt' as const,
    account: '18.32.23.10',
    grantKroner: 10_000_000,
    reservedKroner: 0,
  })),
  ...(
    [
      [2009, 12_000_000, 1_000_000],
      [2010, 8_500_000, 0],
      [2011, 12_500_000, 0],
      [2012, 12_500_000, 0],
    ] as const
  ).map(([year, grantKroner, reservedKroner]) => ({
    year,
    kind: 'partnerskabsaftale' as const,
    account: '18.32.23.20',
    grantKroner,
    reservedKroner,
  })),
]

export const financeActGrants: readonly Frame[] = notes.map(
  ({ year, kind, account, grantKroner, reservedKroner }) => ({
    year,
    kinds: [kind],
    kroner: String(grantKroner - reservedKroner),
    source: `Finansloven for ${year}, § ${account}`,
  }),
)
