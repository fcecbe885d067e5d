import { parseCommandLine } from './parse-command.ts'
import { runCommand } from './run-command.ts'
import { CommandFailed, UsageError } from './usage.ts'

async function main(): Promise<number> {
  try {
    return await runCommand(parseCommandLine(process.argv.slice(2)), {
      print: (line) => {
        console.log(line)
      },
      complain: (line) => {
        console.error(line)
      },
    })
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n(npm run -s aarshjul -- --help tells the commands.)`)
      return 2
    }
    if (error instanceof CommandFailed) {
      console.error(error.message)
      return 1
    }
    throw error
  }
}

process.exitCode = await main()
