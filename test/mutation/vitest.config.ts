import { defineConfig } from 'vitest/config'

/** The tests that mutants must not pass: the unit tests of a room (`run.ts` names them), or of every room. */
const { MUTATION_TESTS: ofRoom } = process.env
const ofEveryRoom =
  'test/unit/{answering,domain,intake,mail,record,renegotiation,report,review,web,year-run}/**/*.test.ts'

export default defineConfig({
  test: {
    include: (ofRoom ?? ofEveryRoom).split(' '),
    testTimeout: 30_000,
    isolate: false,
  },
})
