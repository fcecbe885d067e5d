import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Files of a project share their worker: what they import is loaded once, and what they keep is made per test. */
const project = (name: string, include: string[], options: object = {}) => ({
  test: { name, include, isolate: false, expect: { requireAssertions: true }, ...options },
})

export default defineConfig({
  test: {
    // Of its own accord vitest leaves one core idle, which on two is half of them.
    maxWorkers: '100%',
    // Processes that tests start load what the one before them compiled.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, '.cache/compiled') },
    projects: [
      project('unit', ['test/unit/**/*.test.ts'], { testTimeout: 30_000 }),
      project('contract', ['test/contract/**/*.test.ts'], { testTimeout: 30_000, hookTimeout: 30_000 }),
      project('integration', ['test/integration/**/*.test.ts'], { testTimeout: 60_000, hookTimeout: 60_000 }),
      // A synth of the stack beside other work.
      project('infra', ['test/infra/**/*.test.ts'], { testTimeout: 180_000, hookTimeout: 180_000 }),
      project('journey', ['test/journey/**/*.test.ts'], { testTimeout: 900_000, hookTimeout: 900_000 }),
      project('slow', ['test/slow/**/*.test.ts'], {
        testTimeout: 1_500_000,
        hookTimeout: 120_000,
        fileParallelism: false,
      }),
    ],
  },
})
