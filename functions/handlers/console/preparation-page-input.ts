import { letterOrderId, type LetterOrder } from '../../domain/casefile/letters.ts'
import { NobodyLeft } from '../../domain/casefile/recipients.ts'
import { runStream, reviewStream } from '../../domain/base/stream-id.ts'
import { atCopenhagen } from '../../domain/base/time.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import { renderLetter } from '../../mail/render-letter.ts'
import type { LetterPreview, PreparationView, PreparedAgreement } from '../../web/views.ts'
import { municipalityName } from '../../web/words.ts'
import { reviewCase, runCase } from '../streams/cases.ts'
import { reviewComposer } from '../letters/composers.ts'
import { loadCase } from '../record/perform.ts'
import type { ConsolePorts } from './console-ports.ts'
import type { ManifestEntry } from '../../domain/year-run/slices/manifest.ts'

type PreparationPorts = Pick<
  ConsolePorts,
  'archive' | 'contacts' | 'digest' | 'directory' | 'streams' | 'tokens'
>

/** The preparation page: per agreement what is missing, and its request as it would be sent. */
export const preparationView = async (
  ports: PreparationPorts,
  year: number,
): Promise<PreparationView | null> => {
  const { state } = await loadCase(ports, runCase, runStream(year))
  if (state.status === 'none') return null
  const agreements = await Promise.all(state.asked.map((entry) => prepared(ports, state, entry)))
  return { year, requestOn: state.requestOn, dueOn: state.dueOn, releasedBy: state.releasedBy, agreements }
}

const problemText = (error: unknown): string => {
  if (error instanceof NobodyLeft) return 'ingen registreret kontakt kan nås'
  return error instanceof Error ? error.message : 'ukendt fejl'
}

const prepared = async (
  ports: PreparationPorts,
  run: RunState,
  entry: ManifestEntry,
): Promise<PreparedAgreement> => {
  const stream = reviewStream(run.year, entry.agreement)
  const [{ state, hash }, contacts, directory] = await Promise.all([
    loadCase(ports, reviewCase, stream),
    ports.contacts.of(entry.agreement),
    ports.directory.read(),
  ])
  const lacking: string[] = []
  const letters: LetterPreview[] = []
  for (const party of state.parties) {
    const name = municipalityName(party.municipality)
    const order: LetterOrder = { kind: 'request', party: party.municipality, seq: 1, about: '' }
    const sent = state.letters.find((letter) => letterOrderId(letter.order) === letterOrderId(order))
    if (sent !== undefined) {
      letters.push({ kind: 'request', to: sent.to, subject: sent.subject ?? '', text: sent.text ?? '' })
      continue
    }
    const token = ports.tokens.token({
      stream,
      agreement: entry.agreement,
      year: run.year,
      municipality: party.municipality,
    })
    try {
      const composed = await reviewComposer.compose(
        { ...state, requestOn: run.requestOn, dueOn: run.dueOn, reportingOn: run.reportingOn },
        {
          stream,
          order,
          on: run.requestOn,
          now: atCopenhagen(run.requestOn, '09:00'),
          directory,
          contacts,
          token,
          controlNumber: hash.slice(0, 12),
        },
        ports,
      )
      const rendered = renderLetter(composed.body, { ...composed.frame, token })
      letters.push({
        kind: 'request',
        to: [...composed.to, ...composed.cc].map((contact) => contact.email),
        subject: rendered.subject,
        text: rendered.text,
      })
    } catch (error) {
      lacking.push(`Anmodningen til ${name} kan ikke skrives: ${problemText(error)}.`)
    }
    if (
      !contacts.some((contact) => contact.municipality === party.municipality && contact.role === 'signatory')
    )
      lacking.push(`${name} har ingen registreret underskriver.`)
  }
  return {
    agreement: entry.agreement,
    title: state.content?.title ?? entry.agreement,
    caseNumber: state.content?.caseNumber ?? '',
    municipalities: entry.municipalities,
    lacking,
    contactsConfirmed: state.parties.every((party) => party.contactsConfirmed),
    released: run.released.includes(entry.agreement),
    letters,
  }
}
