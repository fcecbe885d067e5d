/**
 * The process in which the table runs, so that it has a core of its own: started by `table.ts` with the
 * LevelDB folder as its argument, tells its port, and ends when its parent does, however that ends.
 */
import { join } from 'node:path'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import { isFromBrowser } from './aws/http-endpoint.ts'
import { takeExclusiveLock } from './exclusive-lock.ts'
import { MirroredLevel } from './mirrored-level.ts'

const lockTriesMs = 20
const lockWaitMs = 15_000

process.on('disconnect', () => process.exit(0))
// Ctrl-C reaches the whole group; the parent ends its work first and then lets go of this process.
process.on('SIGINT', () => {})

const folder = process.argv[2]
if (folder === undefined || process.send === undefined)
  throw new Error('Started by table.ts only, with a folder')
mkdirSync(folder, { recursive: true })

// The process of a parent killed a moment ago may not be quite gone, and LevelDB allows one at a time.
let release = takeExclusiveLock(join(folder, 'process-lock.db'))
for (let waited = 0; release === undefined && waited < lockWaitMs; waited += lockTriesMs) {
  await sleep(lockTriesMs)
  release = takeExclusiveLock(join(folder, 'process-lock.db'))
}
if (release === undefined) throw new Error(`Another process holds the table in ${folder}`)

const path = join(folder, 'level')
const store = await MirroredLevel.open(path)
// dynalite makes its store itself, of the class `Level` that it finds in the module `level` when it is loaded.
const level: object = createRequire(import.meta.resolve('dynalite'))('level')
Reflect.set(level, 'Level', function Level() {
  return store
})
const { default: dynalite } = await import('dynalite')

const server = dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
// Longer than any client's idle connection: a socket closed under a request would look like an outage.
server.keepAliveTimeout = 3_600_000
// dynalite answers any page's question (CORS): a browser is refused here as at the other endpoints.
const [answer] = server.listeners('request')
if (answer === undefined) throw new Error('The table answers no requests')
server.removeAllListeners('request')
server.on('request', (request, response) => {
  if (isFromBrowser(request.headers)) response.writeHead(403, { connection: 'close' }).end()
  else Reflect.apply(answer, server, [request, response])
})
server.on('error', (error) => {
  throw error
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The table has no port')
  process.send?.({ port: address.port })
})
