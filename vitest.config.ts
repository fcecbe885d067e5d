import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[], options: object = {}) => ({
  test: { name, include, expect: { requireAssertions: true }, ...options },
})

export default defineConfig({
  test: {
    // Of its own accord vitest leaves one core idle, which on two is half of them.
    maxWorkers: '100%',
    projects: [
      project('unit', ['test/unit/**/*.test.ts'], { isolate: false, testTimeout: 30_000 }),
      project('contract', ['test/contract/**/*.test.ts'], { testTimeout: 30_000, hookTimeout: 30_000 }),
      project('integration', ['test/integration/**/*.test.ts'], { testTimeout: 60_000, hookTimeout: 60_000 }),
      project('infra', ['test/infra/**/*.test.ts'], { testTimeout: 120_000, hookTimeout: 60_000 }),
      project('journey', ['test/journey/**/*.test.ts'], { testTimeout: 300_000, hookTimeout: 120_000 }),
      project('slow', ['test/slow/**/*.test.ts'], {
        testTimeout: 1_500_000,
        hookTimeout: 120_000,
        fileParallelism: false,
      }),
    ],
  },
})
