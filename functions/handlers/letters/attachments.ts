import type { AttachedDocument, Attachments } from '../../mail/letter.ts'
import type { OutgoingLetter } from '../../domain/casefile/letter-claim.ts'
import type { Ports } from '../../ports/ports.ts'

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

const typeOf = (fileName: string): string =>
  contentTypes[fileName.slice(fileName.lastIndexOf('.') + 1)] ?? 'application/octet-stream'

/** A document as the archive has it; one that its letter brings along is put there first, under its hash. */
const documentContent = async (
  ports: Pick<Ports, 'archive' | 'digest'>,
  document: AttachedDocument,
): Promise<Uint8Array> => {
  if ('html' in document) {
    const bytes = new TextEncoder().encode(document.html)
    const archiveKey = `${document.archiveFolder}/${ports.digest(document.html)}`
    await ports.archive.putOnce(archiveKey, bytes, typeOf('.html'))
    return bytes
  }
  const content = await ports.archive.get(document.archiveKey)
  if (content === null) throw new Error(`the archive has no ${document.archiveKey} to attach`)
  return content
}

/** The files that go with a letter: its workbook is made, documents come from the archive. */
export const attachmentsOf = async (
  ports: Pick<Ports, 'archive' | 'digest' | 'workbooks'>,
  attachments: Attachments,
): Promise<OutgoingLetter['attachments']> => {
  const documents = await Promise.all(
    (attachments.documents ?? []).map(async (document) => ({
      filename: document.fileName,
      contentType: typeOf(document.fileName),
      content: await documentContent(ports, document),
    })),
  )
  if (attachments.workbook === undefined) return documents
  const workbook = await ports.workbooks.write(attachments.workbook)
  return [
    ...documents,
    {
      filename: attachments.workbook.fileName,
      contentType: typeOf(attachments.workbook.fileName),
      content: workbook,
    },
  ]
}
