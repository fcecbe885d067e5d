import { agreementFileSchema, type AgreementFile } from '../../../functions/domain/agreement/content.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'

/** The same agreement of another municipality or under another number, so that two may be mistaken. */
const another = (
  id: string,
  of: { municipality: string; domain: string; caseNumber: string },
): AgreementFile => {
  const text = JSON.stringify(svendborg)
    .replaceAll('"svendborg-rk"', JSON.stringify(id))
    .replaceAll('"479"', JSON.stringify(of.municipality))
    .replaceAll('2015-0479', of.caseNumber)
    .replaceAll('svendborg-kommune.example', of.domain)
  return agreementFileSchema.parse(JSON.parse(text))
}

/** Three agreements: two of Svendborg's, so that they may be mistaken, and one of another municipality. */
export const agreementFiles: readonly AgreementFile[] = [
  svendborg,
  another('svendborg-pa', {
    municipality: '479',
    domain: 'svendborg-kommune.example',
    caseNumber: '2015-0480',
  }),
  another('odense-rk', { municipality: '461', domain: 'odense-kommune.example', caseNumber: '2015-0461' }),
]
