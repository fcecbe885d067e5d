/** A composed mail of one text part, with that part sent as other programs send it. */

const headOf = (raw: Buffer): string =>
  `${raw.toString('latin1').split('\r\n\r\n')[0]!}\r\n`
    .replace(/^Content-(?:Type|Transfer-Encoding):.*(?:\r\n[ \t].*)*\r\n?/gimu, '')
    .trimEnd()

export const inWindows1252 = (raw: Buffer, text: string): Buffer => {
  const bytes = Buffer.from(
    text
      .replaceAll('\u200B', '')
      .replaceAll('\n', '\r\n')
      .replaceAll('–', '\u0096')
      .replaceAll('•', '\u0095'),
    'latin1',
  )
  return Buffer.concat([
    Buffer.from(
      `${headOf(raw)}\r\nContent-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`,
    ),
    bytes,
  ])
}

export const inBase64 = (raw: Buffer, text: string): Buffer =>
  Buffer.from(
    `${headOf(raw)}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(text.replaceAll('\n', '\r\n')).toString('base64').replace(/.{76}/gu, '$&\r\n')}\r\n`,
  )
