import { danishRoles } from '../../../functions/domain/base/values.ts'
import type { SamplePerson } from '../identity/login-pages.ts'
import type { People } from './set-schema.ts'

/** The set's people as the local identity provider takes them. */
export const identityPeople = (people: People): SamplePerson[] =>
  people.map(({ id, name, email, roles }) => ({
    id,
    name,
    email,
    roles: roles.map((role) => danishRoles[role]),
  }))
