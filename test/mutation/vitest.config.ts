import { defineConfig } from 'vitest/config'

/** The tests that mutants must not pass: the unit tests of a room (`run.ts` names them), or of every room. */
const { MUTATION_TESTS: ofRoom } = process.env
const ofEveryRoom =
  'test/unit/{answering,domain,intake,mail,record,renegotiation,report,review,web,year-run}/**/*.test.ts'

export default defineConfig({
  test: {
    include: (ofRoom ?? ofEveryRoom).split(' '),
    // It reads tests, not code.
    exclude: ['test/unit/domain/numbered/catalogue.test.ts'],
    testTimeout: 30_000,
    isolate: false,
  },
})
