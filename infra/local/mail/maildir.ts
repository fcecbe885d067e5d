import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A mail in a mailbox. `id` is the part of its file name before the flags and never changes. */
export interface MaildirEntry {
  readonly id: string
  readonly seen: boolean
  readonly path: string
  readonly sizeBytes: number
}

export interface Delivered {
  readonly address: string
  readonly id: string
}

export type Maildirs = ReturnType<typeof openMaildirs>

// Addresses come from mails: whatever is not plainly harmless in a file name is escaped.
const folderOf = (address: string): string =>
  address
    .toWellFormed()
    .toLowerCase()
    .replaceAll(/[^a-z0-9@+_.=-]/gu, (c) => encodeURIComponent(c))
    .replaceAll(/[*!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
    .replace(/^\./, '%2e')
const addressOf = (folder: string): string => decodeURIComponent(folder)

/**
 * The mailboxes of everybody the system writes to: `<root>/<address>/Maildir`, made at the first
 * delivery, with LF line ends, readable by any mail program. An address is its lower-case form.
 */
export function openMaildirs(root: string) {
  mkdirSync(root, { recursive: true })
  const watchers = new Set<(delivered: Delivered) => void>()

  const maildirOf = (address: string): string => join(root, folderOf(address), 'Maildir')
  const entriesOf = (address: string): MaildirEntry[] => {
    const maildir = maildirOf(address)
    // A copy or an archive of the data folder may have left out what was empty.
    const parts = ['new', 'cur'].filter((part) => existsSync(join(maildir, part)))
    return parts.flatMap((part) =>
      readdirSync(join(maildir, part)).flatMap((file) => {
        const path = join(maildir, part, file)
        // A mail program may move or delete a mail at any moment.
        const sizeBytes = statSync(path, { throwIfNoEntry: false })?.size
        const [id = file, flags = ''] = file.split(':2,')
        return sizeBytes === undefined ? [] : [{ id, seen: flags.includes('S'), path, sizeBytes }]
      }),
    )
  }
  const find = (address: string, id: string): MaildirEntry | undefined =>
    entriesOf(address).find((e) => e.id === id)

  return {
    /** Where the Maildir of an address is, for a mail program. */
    pathOf: maildirOf,

    /**
     * Puts a mail into `new`. A mail that is already there under the same id, read or not, stays as
     * it is and nobody is told again. `id` must be letters, digits, `.`, `-` and `_`.
     */
    deliver(address: string, id: string, raw: Buffer): void {
      if (!/^[\w.-]+$/.test(id) || id.startsWith('.')) throw new Error(`${id} cannot name a mail`)
      if (find(address, id) !== undefined) return
      const maildir = maildirOf(address)
      for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(maildir, part), { recursive: true })
      // Bytes in Latin-1 are bytes; only CRLF becomes LF.
      writeFileSync(join(maildir, 'tmp', id), raw.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
      renameSync(join(maildir, 'tmp', id), join(maildir, 'new', id))
      for (const watcher of watchers) watcher({ address: address.toLowerCase(), id })
    },

    /** All addresses that ever got a mail, in alphabetical order. */
    addresses: (): string[] =>
      readdirSync(root, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, 'Maildir')))
        .map((entry) => addressOf(entry.name))
        .sort(),

    /** The mails of an address, by id; ids of the local SES begin with their time. Empty for an unknown address. */
    list: (address: string): MaildirEntry[] => entriesOf(address).sort((a, b) => (a.id < b.id ? -1 : 1)),

    /** A mail as it was delivered; undefined when there is none of that id (any more). */
    async read(address: string, id: string): Promise<Buffer | undefined> {
      const entry = find(address, id)
      return entry === undefined ? undefined : readFile(entry.path)
    },

    /** Moves a mail to `cur` with the flag S. Nothing happens to one that is seen or gone. */
    markSeen(address: string, id: string): void {
      const entry = find(address, id)
      if (entry === undefined || entry.seen) return
      const [, flags = ''] = entry.path.split(':2,')
      const sorted = [...new Set(`${flags}S`)].sort().join('')
      renameSync(entry.path, join(maildirOf(address), 'cur', `${id}:2,${sorted}`))
    },

    /** Calls back at every delivery of this process. Returns a stop. */
    watch(watcher: (delivered: Delivered) => void): () => void {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}
