import { together } from './block.ts'
import { fieldKey } from './field-line.ts'
import type { PrintedForm } from './form-blocks.ts'

/** Two keys of this form as an example, in the words of the form. */
const exampleKeys = (form: PrintedForm): string => {
  const names = form.fields
    .filter((field) => field.required)
    .slice(0, 2)
    .map((field) => together(fieldKey(field, form.language)))
  return names.join(', ')
}

const danishSteps = (form: PrintedForm): readonly string[] => [
  `Svar på denne mail, og skriv tallene ud for nøglerne nedenfor (${exampleKeys(form)} osv.). I kan skrive øverst i svaret eller direkte i teksten. I kan også udfylde det vedhæftede regneark og sende det med svaret.`,
  'I behøver ikke sende alt på én gang. Vi samler svarene.',
  'Kan et tal ikke opgøres, skrives »ikke opgjort« og årsagen. Skriv kun 0, hvis tallet faktisk er nul.',
  'Send mailen videre til de kolleger, der har tallene. Svarer en kollega fra kommunens eget domæne, beder vi kontaktpersonen bekræfte tallene.',
  'I får straks en kvittering, der viser, hvordan vi har læst svaret. Indtil fristen kan I rette ved at svare igen.',
]

const englishSteps = (form: PrintedForm): readonly string[] => [
  `Reply to this mail and write the figures next to the keys below (${exampleKeys(form)} and so on), at the top of your reply or directly in the text. You may also fill in the attached workbook and send it with your reply.`,
  'You need not send everything at once. We put the replies together.',
  'If a figure is not available, write "not available" and the reason. Write 0 only if the figure really is zero.',
  "Forward this mail to colleagues who have the figures. If a colleague in the municipality's own domain answers, we ask the contact to confirm.",
  'You get a receipt at once that shows how we read your reply. Until the due date you can correct by replying again.',
]

/** The five steps, as the request and the workbook's guide print them. */
export const requestSteps = (form: PrintedForm): readonly string[] =>
  form.language === 'da' ? danishSteps(form) : englishSteps(form)
