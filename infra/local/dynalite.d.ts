declare module 'dynalite' {
  import type { Server } from 'node:http'

  /** The options used here; durations in ms. `path` is a LevelDB folder, without it the table is in memory. */
  function dynalite(options: {
    path?: string
    createTableMs?: number
    deleteTableMs?: number
    updateTableMs?: number
  }): Server
  export = dynalite
}
