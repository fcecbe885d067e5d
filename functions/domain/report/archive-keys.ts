/** Where a compiled report's parts lie in the archive: by year and the hash of what was compiled. */
export const reportKey = (year: number, subject: string, name: string): string =>
  `reports/${year}/${subject}/${name}`

/** One agreement's own pages of a compiled report, for its fact check. */
export const pagesKey = (year: number, subject: string, agreement: string): string =>
  reportKey(year, subject, `pages/${agreement}.html`)
