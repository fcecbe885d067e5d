import { readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Assets } from '../ports/console.ts'

const fonts = 'fonts/IBMPlexSans/complete'
/**
 * What of the design system a browser gets: one style sheet, the fonts it names, the icons. `from` is the file or
 * the folder that the deployed console has beside it.
 */
export const servedDesign = [
  {
    from: 'css/dkfds.min.css',
    pattern: /^css\/dkfds\.min\.css$/,
    contentType: 'text/css; charset=utf-8',
  },
  {
    from: `${fonts}/woff2`,
    pattern: /^fonts\/IBMPlexSans\/complete\/woff2\/[\w-]+\.woff2$/,
    contentType: 'font/woff2',
  },
  // The style sheet names this form first, and a browser takes it.
  {
    from: `${fonts}/woff`,
    pattern: /^fonts\/IBMPlexSans\/complete\/woff\/[\w-]+\.woff$/,
    contentType: 'font/woff',
  },
  { from: 'img/svg-icons', pattern: /^img\/svg-icons\/[\w-]+\.svg$/, contentType: 'image/svg+xml' },
  { from: 'img/all-svg-icons.svg', pattern: /^img\/all-svg-icons\.svg$/, contentType: 'image/svg+xml' },
] as const

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** Beside the bundle on AWS; in the package where the code runs as it stands. */
const folderHere = (): string => {
  const beside = fileURLToPath(new URL('./dkfds', import.meta.url))
  return existsSync(beside)
    ? beside
    : fileURLToPath(new URL('../../node_modules/dkfds/dist', import.meta.url))
}

/**
 * The design system's files from a folder laid out as its package's `dist`: the style sheet names fonts and
 * icons by relative addresses. Each file is read once and kept.
 * @param folder a copy of `dkfds/dist`; where it is by default, `dkfds` beside the bundle or the package's own
 */
export function makeAssets(folder: string = folderHere()): Assets {
  const files = new Map<string, Promise<Uint8Array | null>>()
  const read = (path: string): Promise<Uint8Array | null> => {
    const known = files.get(path)
    if (known !== undefined) return known
    const file = readFile(join(folder, path)).catch((error: unknown) => {
      if (isMissing(error)) return null
      files.delete(path)
      throw error
    })
    files.set(path, file)
    return file
  }
  return {
    async get(path) {
      const kind = servedDesign.find(({ pattern }) => pattern.test(path))
      if (kind === undefined) return null
      const bytes = await read(path)
      return bytes === null ? null : { bytes, contentType: kind.contentType }
    },
  }
}
