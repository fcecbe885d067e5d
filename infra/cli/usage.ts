/** A command line that cannot be understood: told with the usage, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** What went wrong is outside the command line and can be mended by a person: told without a stack, exit code 1. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
}

export const usage = `The operator's command line, for one machine and for AWS.

  npm run -s aarshjul -- <command> [options]

  agreement import DIR [--dry-run]         take agreements in; all errors are told at once
  observe FILE                             record observations, as in a set's set.json
  run start --year Y                       open the run that collects the results of year Y
  review resume AGREEMENT --year Y         start the next attempt at a review
  renegotiation resume AGREEMENT --seq N   ... at a renegotiation
  run resume --year Y                      ... at a year run
  reconcile                                take up what a crash left
  mail replay [--apply] [--json]           read stored mails again: what they say now beside what they were
    [--since TIME] [--mail ID|SHA256]      taken for; written only with --apply, in the name of --by (yours)
    [--by NAME]
  verify [--journal FILE]                  check the whole record: chains, seals, nightly lists, archived files, rows,
                                           erasures; judge the year again; FILE: a list as the journal has it
  clock [--to TIME | --next] [--force]     show or move the clock (one machine only)
  execution NAME                           what an execution has done, state by state
  summary --year Y [--json]                the year in figures

  --data DIR     the data folder of the running system (.data/year)
  --stage NAME   a stage deployed on AWS instead, with the credentials and region of the SDK
  --help         this text

Exit codes: 0 done; 1 it could not be done, or something is wrong; 2 the command line is not understood.`
