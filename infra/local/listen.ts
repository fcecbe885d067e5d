import type { Server } from 'node:net'

/** A port that somebody else has, told so that it can be mended. */
export class PortInUse extends Error {
  override readonly name = 'PortInUse'
}

const explanations: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use',
  EACCES: 'may not be opened by this user',
}

/**
 * Opens a port on 127.0.0.1.
 * @param options.port 0 takes any free one
 * @param options.what what listens there, for the message
 * @param options.option the command line's option that chooses the port, e.g. `--port`
 * @returns the port
 * @throws PortInUse naming the port and the option
 */
export function listen(
  server: Server,
  options: { port: number; what: string; option: string },
): Promise<number> {
  const { port, what, option } = options
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      const explained = 'code' in error ? explanations[String(error.code)] : undefined
      if (explained === undefined) reject(error)
      else {
        const advice = `choose another with ${option} N (0 takes any free one)`
        reject(new PortInUse(`Port ${port} for the ${what} ${explained}: ${advice}`, { cause: error }))
      }
    }
    server.once('error', failed)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed)
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error(`The ${what} has no port`))
      else resolve(address.port)
    })
  })
}
