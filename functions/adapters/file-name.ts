/**
 * A file's name as it may be shown and sent: no path, no control or bidi signs, no quotes, at most 120 signs
 * (intake/README.md, "What the parser is told"). Never used as a path.
 */
export const cleanFileName = (name: string): string => {
  const last = name.normalize('NFC').split(/[/\\]/u).at(-1) ?? ''
  return (
    last
      // oxlint-disable-next-line no-control-regex -- control signs are what is removed
      .replace(/[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF"<>|:*?;]/gu, '')
      .replace(/\s+/gu, ' ')
      .trim()
      .slice(0, 120)
  )
}
