import type { Attachments } from '../../mail/letter.ts'
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

/** The files that go with a letter: its workbook is made, documents come from the archive. */
export const attachmentsOf = async (
  ports: Pick<Ports, 'archive' | 'workbooks'>,
  attachments: Attachments,
): Promise<OutgoingLetter['attachments']> => {
  const documents = await Promise.all(
    (attachments.documents ?? []).map(async (document) => {
      const content = await ports.archive.get(document.archiveKey)
      if (content === null) throw new Error(`the archive has no ${document.archiveKey} to attach`)
      return { filename: document.fileName, contentType: typeOf(document.fileName), content }
    }),
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
