/** Pictures of a given size, as far as their headers tell it: nothing else of them is looked at. */
const rest = Buffer.alloc(25_000, 7)

export const png = (width: number, height: number): Buffer => {
  const head = Buffer.alloc(33)
  head.write('\u0089PNG\r\n\u001A\n', 'latin1')
  head.writeUInt32BE(13, 8)
  head.write('IHDR', 12)
  head.writeUInt32BE(width, 16)
  head.writeUInt32BE(height, 20)
  return Buffer.concat([head, rest])
}
export const gif = (width: number, height: number): Buffer => {
  const head = Buffer.alloc(10)
  head.write('GIF89a')
  head.writeUInt16LE(width, 6)
  head.writeUInt16LE(height, 8)
  return Buffer.concat([head, rest])
}
/** With an EXIF segment before the frame, as cameras write it. */
export const jpeg = (width: number, height: number): Buffer => {
  const exif = Buffer.alloc(4 + 200)
  exif.writeUInt16BE(0xffe1, 0)
  exif.writeUInt16BE(202, 2)
  const frame = Buffer.alloc(19)
  frame.writeUInt16BE(0xffc0, 0)
  frame.writeUInt16BE(17, 2)
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  return Buffer.concat([Buffer.from([0xff, 0xd8]), exif, frame, rest])
}
export const bmp = (width: number, height: number): Buffer => {
  const head = Buffer.alloc(54)
  head.write('BM')
  head.writeUInt32LE(width, 18)
  head.writeUInt32LE(height, 22)
  return Buffer.concat([head, rest])
}
export const webp = (width: number, height: number): Buffer => {
  const head = Buffer.alloc(30)
  head.write('RIFF')
  head.write('WEBPVP8X', 8)
  head.writeUIntLE(width - 1, 24, 3)
  head.writeUIntLE(height - 1, 27, 3)
  return Buffer.concat([head, rest])
}
