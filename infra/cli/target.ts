import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runningAddresses } from '../local/data-folder.ts'
import { CommandFailed } from './usage.ts'

/** Where the command goes: a system on this machine, or a deployed stage. */
export interface Target {
  readonly stage: string
  /** Endpoint, region and credentials for an SDK client; empty on AWS, where the SDK finds its own. */
  readonly client: (service: 'LAMBDA' | 'SFN') => {
    readonly endpoint?: string
    readonly region?: string
    readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
  }
  /** The local console's address, which the clock's control is beside; null on AWS. */
  readonly consoleUrl: string | null
}

/** The stage of the local system. */
const localStage = 'local'
const usualFolder = fileURLToPath(new URL('../../.data/year', import.meta.url))

/** @throws CommandFailed when nothing runs on the data folder */
export function targetOf(where: { readonly data: string | null; readonly stage: string | null }): Target {
  if (where.stage !== null) return { stage: where.stage, client: () => ({}), consoleUrl: null }
  const folder = where.data === null ? usualFolder : resolve(where.data)
  const addresses = runningAddresses(folder)
  if (addresses === undefined)
    throw new CommandFailed(
      `Nothing runs on the data folder ${folder}. Start it with npm start, name another folder with --data DIR, or a deployed stage with --stage NAME.`,
    )
  return {
    stage: localStage,
    client: (service) => {
      const endpoint = addresses[`AWS_ENDPOINT_URL_${service}`]
      if (endpoint === undefined)
        throw new CommandFailed(
          `The system on ${folder} is still starting: it has no address for ${service} yet.`,
        )
      return {
        endpoint,
        region: 'eu-west-1',
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      }
    },
    consoleUrl: addresses['console'] ?? null,
  }
}

/** A system that was killed leaves its addresses behind; nobody answers there. */
export const notAnswering = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && (error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET')) ||
    notAnswering(error.cause))
