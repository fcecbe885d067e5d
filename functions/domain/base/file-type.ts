const fileTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xml: 'application/xml',
}

/** The media type of a file that the system makes, by its name's ending: for the archive, letters and downloads. */
export const fileType = (name: string): string =>
  fileTypes[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
