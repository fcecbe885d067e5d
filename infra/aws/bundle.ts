import { cpSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AssetHashType, DockerImage } from 'aws-cdk-lib'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { buildSync } from 'esbuild'
import { servedDesign } from '../../functions/adapters/assets.ts'
import { fileNameOf, type FunctionName } from '../../workflows/tasks.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const entryFolder = join(root, 'functions', 'lambda')
const designSystem = join(root, 'node_modules', 'dkfds', 'dist')
/** What the console serves of the design system, in its own layout, and its licences. */
const designFiles = ['LICENSE.md', ...servedDesign.map(({ from }) => from)]
/** What the printed report and its correction sheets are set in, and its licence. */
const printFontFolder = 'fonts/IBMPlexSans/complete/woff'
const printFonts = ['IBMPlexSans-Regular.woff', 'IBMPlexSans-SemiBold.woff', 'license.txt']
/** Packages in CommonJS call `require`, which a module of ES form does not have. */
const requireBanner =
  "import { createRequire as topLevelCreateRequire } from 'node:module';const require = topLevelCreateRequire(import.meta.url);"

/** Of ES form, minified, in one file (the console's printer in others), with the SDK inside: that starts faster than the runtime's own copy. */
export const bundleInto = (name: FunctionName, folder: string): void => {
  buildSync({
    entryPoints: [join(entryFolder, `${fileNameOf(name)}.ts`)],
    entryNames: 'index',
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // The console prints seldom: the printer's libraries are files of their own, read when it does.
    splitting: name === 'Console',
    minify: true,
    keepNames: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // Beside the code, for reading a stack trace; never loaded, which would cost every cold start.
    sourcemap: 'external',
    sourcesContent: false,
    mainFields: ['module', 'main'],
    banner: { js: requireBanner },
    logLevel: 'error',
  })
  if (name === 'FreezeReport' || name === 'Console') {
    mkdirSync(join(folder, 'fonts'), { recursive: true })
    for (const file of printFonts)
      cpSync(join(designSystem, printFontFolder, file), join(folder, 'fonts', file))
  }
  if (name !== 'Console') return
  for (const file of designFiles) {
    mkdirSync(dirname(join(folder, 'assets', file)), { recursive: true })
    cpSync(join(designSystem, file), join(folder, 'assets', file), { recursive: true })
  }
}

/** The function's code, bundled at synth on this machine; a template made without bundling is the same but for hashes. */
export const codeOf = (name: FunctionName): Code =>
  Code.fromAsset(entryFolder, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('unused'),
      // CDK keeps one bundle per folder and options, and sees no difference between two closures.
      command: [name],
      local: {
        tryBundle: (folder) => {
          bundleInto(name, folder)
          return true
        },
      },
    },
  })
