import type { AgreementContent, AgreementKind } from './content.ts'
import type { Shortcoming } from './shortcoming.ts'

/**
 * The mandatory parts of each kind, by the Finance Act's notes (§ 18.32.23.10 and .20) and, for the 2015 partnership,
 * the announcement of 27 March 2015 (domain/README.md, "The kinds of agreement"). Without them an agreement is not
 * signed.
 */
interface MandatoryPart {
  readonly path: string
  /** The source's own words. */
  readonly part: string
  readonly expected: string
  readonly isThere: (content: AgreementContent) => boolean
}

const isText = (text: string): boolean => text.trim() !== ''

const targets = (part: string): MandatoryPart => ({
  path: 'targets',
  part,
  expected: 'at least one result target',
  isThere: (content) => content.targets.length > 0,
})
const methods = (part: string): MandatoryPart => ({
  path: 'targets',
  part,
  expected: 'a measurement method with definition, source and indicator for every target',
  isThere: (content) =>
    content.targets.length > 0 &&
    content.targets.every(
      ({ measurement }) =>
        isText(measurement.definition) && isText(measurement.source) && isText(measurement.indicator),
    ),
})
const actionPlan = (part: string): MandatoryPart => ({
  path: 'actionPlan',
  part,
  expected: 'an action plan that says how the targets are reached',
  isThere: (content) => content.actionPlan !== null && isText(content.actionPlan.text),
})

const mandatory: Readonly<Record<AgreementKind, readonly MandatoryPart[]>> = {
  resultatkontrakt: [
    targets('resultatmål for integrationsindsatsen'),
    actionPlan('en handlingsplan, der beskriver, hvordan resultatmålene nås'),
    methods('målemetoder til måling af, om målene er nået'),
    {
      path: 'dissemination',
      part: 'beskrivelse af, hvordan integrationspartnerskabet vil formidle sine resultater',
      expected: 'how the results are spread',
      isThere: (content) => content.dissemination !== null && isText(content.dissemination.text),
    },
    {
      path: 'dissemination.throughExperienceBase',
      part: 'formidling gennem Ministeriet for Flygtninge, Indvandrere og Integrations Erfaringsbase',
      expected: 'dissemination through the experience base, among other ways',
      isThere: (content) => content.dissemination?.throughExperienceBase === true,
    },
  ],
  partnerskabsaftale: [
    targets('resultatmål for indsatsen for marginaliserede nydanske børn og unge'),
    methods('metoder til måling af, om resultatmålene er nået'),
    actionPlan('en handlingsplan, der beskriver den lokale indsats for, at resultatmålene nås'),
  ],
  'partnerskab-2015': [
    targets('ambitiøse, lokale mål på områder, hvor netop deres kommune ønsker at styrke integrationen'),
    {
      path: 'promises',
      part: 'adgang til et styrket individuelt rådgivningstilbud, erfaringsudveksling mv.',
      expected: 'what the ministry promises: individual advice and exchange of experience',
      isThere: (content) => content.promises.some((promise) => isText(promise.text)),
    },
  ],
}

/** The mandatory parts that are missing. */
export const missingParts = (content: AgreementContent): readonly Shortcoming[] =>
  mandatory[content.kind]
    .filter((one) => !one.isThere(content))
    .map(({ path, expected, part }) => ({ path, expected, part, da: part }))
