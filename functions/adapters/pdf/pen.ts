export const inkColour = '#1a1a1a'
export const lineColour = '#8a8a8a'

/** A document being written, and the measures of its page in points. */
export interface Pen {
  readonly doc: PDFKit.PDFDocument
  readonly left: number
  readonly width: number
  /** Below this nothing is written. */
  readonly bottom: number
  font(weight: 'regular' | 'bold', size: number): void
  /** Begins a new page when less than `height` is left of this one. */
  room(height: number): void
}
