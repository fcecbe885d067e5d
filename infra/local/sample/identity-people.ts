import type { SamplePerson } from '../identity/login-pages.ts'
import type { People } from './set-schema.ts'

/** The identity provider names roles as a Danish directory does. */
const danishRoles = {
  caseworker: 'sagsbehandler',
  approver: 'godkender',
  administrator: 'administrator',
  auditor: 'revisor',
} as const

/** The set's people as the local identity provider takes them. */
export const identityPeople = (people: People): SamplePerson[] =>
  people.map(({ id, name, email, roles }) => ({
    id,
    name,
    email,
    roles: roles.map((role) => danishRoles[role]),
  }))
