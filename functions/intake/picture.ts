import type { MessageAttachment } from './message.ts'

/** How large a picture is, told by its bytes. */
interface Pixels {
  readonly width: number
  readonly height: number
}

const big = (bytes: Uint8Array, at: number, length: number): number => {
  let value = 0
  for (let nth = 0; nth < length; nth += 1) value = value * 256 + (bytes[at + nth] ?? 0)
  return value
}
const little = (bytes: Uint8Array, at: number, length: number): number => {
  let value = 0
  for (let nth = length - 1; nth >= 0; nth -= 1) value = value * 256 + (bytes[at + nth] ?? 0)
  return value
}
const startsWith = (bytes: Uint8Array, signs: string, at = 0): boolean =>
  [...signs].every((sign, nth) => bytes[at + nth] === sign.charCodeAt(0))

/** The frame of a JPEG: its segments are walked to the first that begins one (ITU-T T.81, B.2.2). */
const jpegPixels = (bytes: Uint8Array): Pixels | null => {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1] ?? 0
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return { width: big(bytes, at + 7, 2), height: big(bytes, at + 5, 2) }
    at += marker === 0xff ? 1 : 2 + Math.max(2, big(bytes, at + 2, 2))
  }
  return null
}

const webpPixels = (bytes: Uint8Array): Pixels | null => {
  if (startsWith(bytes, 'VP8X', 12)) return { width: little(bytes, 24, 3) + 1, height: little(bytes, 27, 3) + 1 }
  if (startsWith(bytes, 'VP8 ', 12)) return { width: little(bytes, 26, 2) & 0x3fff, height: little(bytes, 28, 2) & 0x3fff }
  if (!startsWith(bytes, 'VP8L', 12)) return null
  const bits = little(bytes, 21, 4)
  return { width: (bits % 0x4000) + 1, height: (Math.floor(bits / 0x4000) % 0x4000) + 1 }
} // prettier-ignore

/** The first directory of a TIFF, as fax machines and scanners write it: tags 256 and 257 (TIFF 6.0, section 2). */
const tiffPixels = (bytes: Uint8Array): Pixels | null => {
  const read = bytes[0] === 0x49 ? little : big
  const directory = read(bytes, 4, 4)
  const found = new Map<number, number>()
  const count = Math.min(read(bytes, directory, 2), 200)
  for (let nth = 0; nth < count; nth += 1) {
    const at = directory + 2 + nth * 12
    const isShort = read(bytes, at + 2, 2) === 3
    found.set(read(bytes, at, 2), read(bytes, at + 8, isShort ? 2 : 4))
  }
  const [width, height] = [found.get(256), found.get(257)]
  return width === undefined || height === undefined ? null : { width, height }
}

/** The largest picture of a HEIC or AVIF: its parts each have an `ispe` box (ISO/IEC 23008-12, 6.5.3). */
const heifPixels = (bytes: Uint8Array): Pixels | null => {
  let largest: Pixels | null = null
  for (let at = 12; at + 16 < Math.min(bytes.length, 16_384); at += 1) {
    if (bytes[at] !== 0x69 || !startsWith(bytes, 'ispe', at)) continue
    const found = { width: big(bytes, at + 8, 4), height: big(bytes, at + 12, 4) }
    if (largest === null || found.width * found.height > largest.width * largest.height) largest = found
  }
  return largest
}

/** The size of a PNG, JPEG, GIF, BMP, WebP, TIFF, HEIC or AVIF; null where the bytes do not tell. */
export const pixelsOf = (bytes: Uint8Array): Pixels | null => {
  if (bytes.length < 30) return null
  if (startsWith(bytes, '\u0089PNG')) return { width: big(bytes, 16, 4), height: big(bytes, 20, 4) }
  if (startsWith(bytes, 'GIF8')) return { width: little(bytes, 6, 2), height: little(bytes, 8, 2) }
  if (startsWith(bytes, 'BM')) return { width: little(bytes, 18, 4), height: little(bytes, 22, 4) }
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return webpPixels(bytes)
  if (startsWith(bytes, 'II*\u0000') || startsWith(bytes, 'MM\u0000*')) return tiffPixels(bytes)
  if (startsWith(bytes, 'ftyp', 4)) return heifPixels(bytes)
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? jpegPixels(bytes) : null
}

/** No form with figures in it can be read on less: a logo, an icon, a line. */
const smallest = { area: 50_000, side: 50 } as const
/** Banners of signatures are larger; a page or a photo is larger still. */
const largestBanner = 300_000
/** Bytes of a picture whose size cannot be told. */
const smallestBytes = 20_000

/**
 * A logo, an icon or a line of somebody's signature: too small to be read on, or standing there once for every mail
 * of the thread. By its content, never by its name: Outlook calls a pasted page as it calls a logo (MAIL 286).
 */
export const isSignatureGraphic = (
  picture: MessageAttachment,
  attachments: readonly MessageAttachment[],
): boolean => {
  const pixels = pixelsOf(picture.content)
  if (pixels === null) return picture.content.length < smallestBytes
  const area = pixels.width * pixels.height
  if (area < smallest.area || Math.min(pixels.width, pixels.height) < smallest.side) return true
  return (
    area < largestBanner &&
    picture.sha256 !== '' &&
    attachments.filter(({ sha256 }) => sha256 === picture.sha256).length > 1
  )
}
