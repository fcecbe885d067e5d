import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { functionRights, type Right } from '../../../infra/aws/function-rights.ts'
import { fileNameOf, type FunctionName, functionNames } from '../../../workflows/tasks.ts'

/**
 * Which port's method needs which right. What a function can reach is what esbuild leaves of it: everything that
 * is never called from its entry is gone.
 */
const used: Readonly<Record<Right, RegExp>> = {
  'read-record': /\b(streams\.load|listEntries\.list|waits\.list|register\.\w+)\(/,
  'read-every-row': /makeRowInspection/,
  commit: /\b(streams\.append|listEntries\.put)\(/,
  'write-waits': /\bwaits\.(put|remove)\(/,
  'write-beside':
    /\b(claims\.(claim|advance|release)|outbox\.put|answers\.(count|hold|release)|register\.(put\w+|add\w+|openReview|closeReview)|contacts\.put|directory\.write)\(/,
  'keep-sessions': /makeSessionStore/,
  'seal-rows':
    /\b(streams\.append|waits\.put|claims\.claim|listEntries\.put|outbox\.put)\(|makeRowInspection/,
  'sign-tokens': /\btokens\.token\(/,
  'sign-lists': /makeAnchorSigner/,
  'log-in': /makeIdentityProvider/,
  'check-door': /askedFrom/,
  'read-archive': /\barchive\.get\(/,
  'write-archive': /\barchive\.putOnce\(/,
  'erase-content': /\b(archive\.erase|contacts\.erase|landing\.eraseTwins)\(/,
  'read-landing': /\blanding\.get\(/,
  'send-mail': /\bmail\.send\(/,
  'start-executions': /\bworkflows\.start\(/,
  'complete-waits': /\bworkflows\.succeed\(/,
  'read-executions': /\bexecutions\.(list|describe|definition|history)\(/,
}
const rights = Object.keys(used) as Right[]

/** Reached through an object of which the function calls other methods: no role gets it. */
const neverCalled: Readonly<Partial<Record<FunctionName, readonly Right[]>>> = {
  // The renegotiation's desk also archives the rider when it composes its letter; an event composes none.
  TakeDeliveryEvent: ['write-archive'],
}

const reachable = (file: string): string =>
  buildSync({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    treeShaking: true,
    logLevel: 'silent',
  })
    .outputFiles.map(({ text }) => text)
    .join('')

describe('what the code of a function can do is what its role may do', () => {
  test.each(functionNames)('%s', (name) => {
    const file = join('functions', 'lambda', `${fileNameOf(name)}.ts`)
    expect(existsSync(file), file).toBe(true)
    const code = reachable(file)
    expect(
      rights
        .filter((right) => used[right].test(code) && neverCalled[name]?.includes(right) !== true)
        .toSorted(),
    ).toEqual([...functionRights[name]].toSorted())
  })
})
