import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTable, type LocalTable } from '../../../infra/local/table.ts'
import { join } from 'node:path'
import { temporaryFolder } from '../../support/local-year.ts'

const temporary = temporaryFolder('table')
let table: LocalTable
beforeAll(async () => {
  table = await startTable({ folder: join(temporary.path, 'table'), tableName: 'aarshjul-test' })
})
afterAll(async () => {
  await table.close()
  temporary.remove()
})

const headers = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'DynamoDB_20120810.ListTables',
}

test.each([
  ['a question before a request (CORS)', 'OPTIONS', { origin: 'https://ond.example' }],
  ["a page's request", 'POST', { ...headers, origin: 'https://ond.example' }],
  ["a page's request that hides where it comes from", 'POST', { ...headers, origin: 'null' }],
  ['a browser that was led here', 'GET', { 'sec-fetch-site': 'cross-site' }],
])('the local table answers no browser: %s', async (_what, method, sent) => {
  const answered = await fetch(table.endpoint, {
    method,
    headers: sent as Record<string, string>,
    ...(method === 'POST' ? { body: '{}' } : {}),
  })
  expect(answered.status).toBe(403)
  expect([...answered.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  expect(await answered.text()).toBe('')
})
