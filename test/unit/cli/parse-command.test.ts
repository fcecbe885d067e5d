import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { parseCommandLine } from '../../../infra/cli/parse-command.ts'
import { UsageError } from '../../../infra/cli/usage.ts'

const parse = (line: string) => parseCommandLine(line.split(' ').filter((word) => word !== ''))

describe('the command line', () => {
  test.each([
    ['agreement import ./set --dry-run', { do: 'import', folder: './set', dryRun: true }],
    ['agreement import ./set', { do: 'import', folder: './set', dryRun: false }],
    ['observe quotas.json', { do: 'observe', file: 'quotas.json' }],
    ['run start --year 2014', { do: 'start-year', year: 2014 }],
    ['review resume svendborg-rk --year 2014', { do: 'resume', stream: 'REVIEW#2014#svendborg-rk' }],
    ['--year 2014 review resume svendborg-rk', { do: 'resume', stream: 'REVIEW#2014#svendborg-rk' }],
    ['renegotiation resume fanoe-pa --seq 2', { do: 'resume', stream: 'RENEGOTIATION#fanoe-pa#2' }],
    ['run resume --year 2014', { do: 'resume', stream: 'RUN#2014' }],
    ['reconcile', { do: 'reconcile' }],
    ['verify', { do: 'verify', journal: null }],
    ['verify --journal liste.json', { do: 'verify', journal: 'liste.json' }],
    ['clock', { do: 'clock', to: null, next: false, force: false }],
    ['clock --next --force', { do: 'clock', to: null, next: true, force: true }],
    ['execution run-2014-a1', { do: 'execution', name: 'run-2014-a1' }],
    ['summary --year 2014 --json', { do: 'summary', year: 2014, json: true }],
    ['verify --help', { do: 'help' }],
    ['mail replay', { do: 'replay', since: null, mail: null, apply: false, by: null, json: false }],
    [
      'mail replay --apply --by drift --mail 3F9A0C12B7E4 --since 2015-02-24 --json',
      {
        do: 'replay',
        since: '2015-02-23T23:00:00.000Z',
        mail: '3f9a0c12b7e4',
        apply: true,
        by: 'drift',
        json: true,
      },
    ],
  ])('reads %s', (line, command) => {
    expect(parse(line).command).toEqual(command)
  })

  test('reads a date as its first moment in Copenhagen, and an instant as it is', () => {
    expect(parse('clock --to 2015-07-01').command).toMatchObject({ to: '2015-06-30T22:00:00.000Z' })
    expect(parse('clock --to 2015-03-02T09:00:00+01:00').command).toMatchObject({
      to: '2015-03-02T08:00:00.000Z',
    })
  })

  test('knows where the command goes', () => {
    expect(parse('verify --data /tmp/year')).toMatchObject({ data: '/tmp/year', stage: null })
    expect(parse('verify --stage test')).toMatchObject({ data: null, stage: 'test' })
  })

  test.each([
    ['', 'Which command?'],
    ['import', 'There is no command "import"'],
    ['review resume', 'review resume takes --year Y'],
    ['review resume --year 2014', 'review resume takes the agreement’s id'],
    ['review resume Svendborg! --year 2014', 'is no agreement'],
    ['renegotiation resume fanoe-pa --seq 0', '--seq takes a whole number'],
    ['run start --year fourteen', '--year takes a year, not "fourteen"'],
    ['reconcile now', '"now" is one word too many'],
    ['verify --year 2014', 'verify takes no option --year'],
    ['clock --to tomorrow', '--to takes a date'],
    ['mail', 'There is no command "mail"'],
    ['mail replay all', '"all" is one word too many'],
    ['mail replay --since tomorrow', '--since takes a date'],
    ['mail replay --mail 3f9a', '--mail takes a mail'],
    ['mail replay --mail mette@kommune.example', '--mail takes a mail'],
    ['mail replay --mail', '--mail'],
    ['mail replay --apply --dry-run', 'mail replay takes no option --dry-run'],
    ['verify --apply', 'verify takes no option --apply'],
    ['clock --to 2015-01-01 --next', 'not both'],
    ['verify --frobnicate', 'frobnicate'],
    ['verify --data a --stage test', 'take one of them'],
    ['verify --stage Prod/x', "takes a stage's name"],
  ])('tells what is wrong with "%s"', (line, told) => {
    expect(() => parse(line)).toThrow(UsageError)
    expect(() => parse(line)).toThrow(told)
  })

  test('never fails otherwise, whatever is written', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'review',
        'resume',
        'mail',
        'replay',
        '--mail',
        '--since',
        'run',
        'clock',
        '--year',
        '--to',
        '--next',
        '2014',
        '-',
        '--',
      ),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (argv) => {
        try {
          expect(parseCommandLine(argv).command.do).toBeTypeOf('string')
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError)
        }
      }),
    )
  })
})
