import { printKroner } from '../domain/base/danish.ts'
import type { Breach, MoneyCase, MoneyEvent, MoneyKind } from '../domain/review/slices/money.ts'

export const moneyKindWords: Readonly<Record<MoneyKind, string>> = {
  commitment: 'tilsagn',
  refusal: 'afslag',
  advance: 'forskud',
  lapse: 'bortfald',
  repayment: 'tilbagebetaling',
}

export const breachLabels: Readonly<Record<Breach, string>> = {
  'not-started': 'aktiviteten er ikke begyndt inden for seks måneder',
  unused: 'midlerne er ikke brugt',
  'outside-budget': 'midlerne er brugt til andet end budgettet',
  'account-missing': 'det reviderede regnskab foreligger ikke',
  'other-condition': 'et andet vilkår er ikke opfyldt',
}

export const moneyStatusWords: Readonly<Record<MoneyCase['status'], string>> = {
  drafted: 'venter på godkendelse',
  returned: 'sendt tilbage til sagsbehandleren',
  intended: 'i høring hos kommunen',
  decided: 'truffet',
  dropped: 'opgivet',
}

/** `bortfald, 320.000 kr. for 2015` */
export const moneyTitle = ({
  kind,
  kroner,
  forYear,
}: Pick<MoneyCase, 'kind' | 'kroner' | 'forYear'>): string =>
  `${moneyKindWords[kind]}, ${printKroner(kroner)} for ${forYear}`

const said = (head: string, text: string | undefined): string =>
  text === undefined || text === '' ? head : `${head}: ${text}`

/** What a step of a decision on money says, in one Danish sentence. */
export const moneyText = (event: MoneyEvent): string => {
  switch (event.type) {
    case 'MoneyDecisionDrafted':
      return said(
        `Udkast til ${event.step === 'intended' ? 'påtænkt ' : ''}afgørelse om ${moneyTitle(event)}`,
        event.private?.reasons,
      )
    case 'MoneyDecisionApproved':
      return 'Afgørelsen om tilskud er godkendt'
    case 'MoneyDecisionReturned':
      return said('Afgørelsen om tilskud er sendt tilbage', event.private?.text)
    case 'MoneyDecisionCommented':
      return 'Bemærkninger til den påtænkte afgørelse om tilskud'
    case 'MoneyDecisionDropped':
      return said('Den påtænkte afgørelse om tilskud træffes ikke', event.private?.text)
    default:
      return event satisfies never
  }
}
