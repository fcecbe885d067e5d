import { defineConfig } from 'vitest/config'

/** The tests that mutants must not pass: the unit tests alone, as `npm run mutation` runs them for each mutant. */
export default defineConfig({
  test: {
    include: [
      'test/unit/{answering,domain,intake,mail,record,renegotiation,report,review,web,year-run}/**/*.test.ts',
    ],
    testTimeout: 30_000,
    isolate: false,
  },
})
