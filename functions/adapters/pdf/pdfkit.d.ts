import 'pdfkit'

declare global {
  namespace PDFKit {
    namespace Mixins {
      /** What PDFKit 0.20 takes and its type package (0.17) does not know yet. */
      interface StructureElementOptions {
        scope?: 'Row' | 'Column'
        bbox?: [number, number, number, number]
      }
    }
  }
}
