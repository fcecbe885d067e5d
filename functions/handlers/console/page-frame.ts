import type { Context } from 'hono'
import type { Directory } from '../../domain/directory/directory.ts'
import { ministryOn } from '../../domain/directory/ministry.ts'
import type { Actor } from '../../domain/base/stream.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import type { PageFrame, RefusedForm } from '../../web/page.ts'
import { doneText } from '../../web/commands.ts'
import type { ConsolePerson } from '../../ports/console.ts'
import type { ConsoleEnv, ConsolePorts } from './console-ports.ts'
import { linksOf } from './session.ts'
import type { Decider } from '../../domain/base/command.ts'

/** The person as one who decides: roles by the login, cases barred from by the ministry's own list. */
export const deciderOf = (person: ConsolePerson, directory: Directory): Decider => ({
  id: person.id,
  roles: person.roles,
  barredFrom: directory.people.find((known) => known.id === person.id)?.barredFrom ?? [],
})

export const actorOf = (person: ConsolePerson): Actor => ({
  by: 'person',
  personId: person.id,
  roles: [...person.roles],
})

/** A person's name by id. */
export const nameIn =
  (directory: Directory) =>
  (id: string): string =>
    directory.people.find((person) => person.id === id)?.name ?? id

export const frameOf = async (
  c: Context<ConsoleEnv>,
  ports: ConsolePorts,
  directory: Directory,
  refused: RefusedForm | null = null,
): Promise<PageFrame> => {
  const { person } = c.get('session')
  const today = todayInCopenhagen(ports.clock.now())
  const years = await ports.register.runs()
  return {
    reader: { name: person.name, ...deciderOf(person, directory) },
    csrf: ports.forms.csrf(c.get('sessionId')),
    nonce: ports.forms.nonce(),
    years: years.toSorted((a, b) => b - a),
    authority: ministryOn(today).name,
    today,
    links: linksOf(ports),
    done: refused === null ? doneText(c.req.query('done')) : null,
    refused,
  }
}
