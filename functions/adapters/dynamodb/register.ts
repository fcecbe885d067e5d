import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import { agreementIdSchema, type AgreementId, type ContactId } from '../../domain/base/values.ts'
import type {
  ContactErasure,
  ContactStore,
  DirectoryStore,
  Register,
  TokenNames,
} from '../../ports/record.ts'
import { addressKey, mayBeKey, messageIdKey } from '../table-keys.ts'
import { contactSchema, type Contact } from '../../domain/agreement/content.ts'
import { directorySchema, type Directory } from '../../domain/directory/directory.ts'
import { absent, jsonText, readRow, streamIdSchema, type Key, type Table } from './table.ts'

const agreementRow = z.object({ SK: agreementIdSchema })
const runRow = z.object({ SK: z.string().regex(/^\d{4}$/) })
const addressRow = z.object({ agreement: agreementIdSchema })
const tokenRow = z.object({
  names: jsonText(
    z.object({
      stream: streamIdSchema,
      agreement: agreementIdSchema,
      year: z.int(),
      municipality: z.string(),
      keyVersion: z.int(),
    }),
  ),
})
const letterRow = z.object({ stream: streamIdSchema, letterKey: z.string() })

/** One shard by default (adapters/README.md, "The table"). */
const agreementsKey = 'AGREEMENTS#0'
const runsKey = 'RUNS#0'
const openKey = (year: number): string => `RUN#${year}#OPEN#0`
const tokenKey = (token: string): Key => ({ PK: `TOKEN#${token}`, SK: 'TOKEN' })
const messageKey = (messageId: string): Key => ({ PK: `MESSAGE#${messageIdKey(messageId)}`, SK: 'MESSAGE' })
const tagKey = (tag: string): Key => ({ PK: `TAG#${tag}`, SK: 'TAG' })

/** So many tokens known to be in the table are remembered. */
const mostTokens = 2000

/** The register: base-table items, read consistently. */
export function makeRegister(table: Table): Register {
  const partition = (PK: string) => table.query({ where: '#PK = :PK', names: ['PK'], values: { PK } })
  const letter = async (key: Key) => {
    const row = mayBeKey(key.PK) ? await table.get(key) : null
    return row === null ? null : readRow(table, letterRow, row)
  }
  const tokensThere = new Map<string, TokenNames>()
  const rememberToken = (token: string, names: TokenNames): void => {
    if (tokensThere.size >= mostTokens) tokensThere.clear()
    tokensThere.set(token, names)
  }
  const findToken = async (token: string): Promise<TokenNames | null> => {
    const row = mayBeKey(token) ? await table.get(tokenKey(token)) : null
    return row === null ? null : readRow(table, tokenRow, row).names
  }
  return {
    async addAgreement(id) {
      await table.put({ PK: agreementsKey, SK: id })
    },
    async agreements() {
      return (await partition(agreementsKey)).map((row) => readRow(table, agreementRow, row).SK)
    },
    async addRun(year) {
      await table.put({ PK: runsKey, SK: String(year) })
    },
    async runs() {
      return (await partition(runsKey)).map((row) => Number(readRow(table, runRow, row).SK))
    },

    async putToken(token, { stream, agreement, year, municipality, keyVersion }) {
      const names = { stream, agreement, year, municipality, keyVersion }
      // Every letter prints its token, and a token never comes to name anything else.
      if (isDeepStrictEqual(tokensThere.get(token), names)) return
      if (await table.put({ ...tokenKey(token), names: JSON.stringify(names) }, absent))
        return rememberToken(token, names)
      if (!isDeepStrictEqual(await findToken(token), names))
        throw new Error(`Token ${token} names another request already`)
      rememberToken(token, names)
    },
    findToken,
    async putMessageId(messageId, { stream, letterKey }) {
      await table.put({ ...messageKey(messageId), stream, letterKey })
    },
    findMessageId: (messageId) => letter(messageKey(messageId)),
    async findFirstMessageId(messageIds) {
      const keys = messageIds.map(messageKey).filter(({ PK }) => mayBeKey(PK))
      const byKey = new Map((await table.getAll(keys)).map((row) => [row['PK'], row]))
      const first = keys.map(({ PK }) => byKey.get(PK)).find((row) => row !== undefined)
      return first === undefined ? null : readRow(table, letterRow, first)
    },
    async putLetterTag(tag, { stream, letterKey }) {
      await table.put({ ...tagKey(tag), stream, letterKey })
    },
    findLetterTag: (tag) => letter(tagKey(tag)),

    async openReview(year, agreement) {
      await table.put({ PK: openKey(year), SK: agreement })
    },
    async closeReview(year, agreement) {
      await table.remove({ PK: openKey(year), SK: agreement })
    },
    async openReviews(year) {
      return (await partition(openKey(year))).map((row) => readRow(table, agreementRow, row).SK)
    },

    async agreementsOfAddress(email) {
      if (!mayBeKey(email)) return []
      const rows = await partition(`ADDRESS#${addressKey(email)}`)
      return [...new Set(rows.map((row) => readRow(table, addressRow, row).agreement))]
    },
  }
}

const contactRow = z.object({ contact: jsonText(contactSchema) })
const contactPrefix = 'CONTACT#'

/**
 * Contacts: `PK = CONTACTS#<agreement>, SK = CONTACT#<id>`, and for each an item under its address
 * (`PK = ADDRESS#<address in lower case>`), which the register reads.
 */
export function makeContactStore(table: Table): ContactStore & ContactErasure {
  const find = async (agreement: AgreementId, id: ContactId): Promise<Contact | null> => {
    const row = await table.get(contactKey(agreement, id))
    return row === null ? null : readRow(table, contactRow, row).contact
  }
  return {
    async put(agreement, contact) {
      const before = await find(agreement, contact.id)
      // The new address first and the old one last: at no moment is mail from the contact without a home.
      await table.put({ ...ofAddress(agreement, contact), agreement })
      await table.put({ ...contactKey(agreement, contact.id), contact: JSON.stringify(contact) })
      if (before !== null && addressKey(before.email) !== addressKey(contact.email))
        await table.remove(ofAddress(agreement, before))
    },
    async of(agreement) {
      const rows = await table.query({
        where: '#PK = :PK AND begins_with(#SK, :SK)',
        names: ['PK', 'SK'],
        values: { PK: contactsKey(agreement), SK: contactPrefix },
      })
      return rows.map((row) => readRow(table, contactRow, row).contact)
    },
    find,
    async erase(agreement, id) {
      const contact = await find(agreement, id)
      if (contact === null) return
      // The address first: a crash in between leaves a contact that the next call finds.
      await table.remove(ofAddress(agreement, contact))
      await table.remove(contactKey(agreement, id))
    },
  }
}

const contactsKey = (agreement: AgreementId): string => `CONTACTS#${agreement}`
const contactKey = (agreement: AgreementId, id: ContactId): Key => ({
  PK: contactsKey(agreement),
  SK: `${contactPrefix}${id}`,
})
const ofAddress = (agreement: AgreementId, { id, email }: Contact): Key => ({
  PK: `ADDRESS#${addressKey(email)}`,
  SK: `${agreement}#${id}`,
})

const bodyRow = z.object({ body: z.string() })
const key = { PK: 'DIRECTORY', SK: 'CURRENT' } as const

/**
 * The ministry's people and names: one item, read with every letter and page, changed by an administrator.
 * @param options.rememberMs how long (real time) this process keeps what it read; nothing by default. Who may
 *   decide what is the login's to say, not the directory's
 */
export function makeDirectoryStore(
  table: Table,
  { rememberMs = 0, nowMs = Date.now }: { rememberMs?: number; nowMs?: () => number } = {},
): DirectoryStore {
  let known: { readonly directory: Directory; readonly atMs: number } | null = null
  return {
    async read() {
      if (known !== null && nowMs() - known.atMs < rememberMs) return known.directory
      const row = await table.get(key)
      if (row === null) throw new Error(`Table ${table.name}: no directory of the ministry's people yet`)
      const directory = directorySchema.parse(JSON.parse(readRow(table, bodyRow, row).body))
      known = { directory, atMs: nowMs() }
      return directory
    },
    async write(directory) {
      known = null
      await table.put({ ...key, body: JSON.stringify(directory) })
    },
  }
}
