import { importInputSchema, makeImportAgreements } from '../handlers/operator/import-agreements.ts'
import { command } from './wiring.ts'

export const handler = command(importInputSchema, makeImportAgreements)
