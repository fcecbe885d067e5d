import { Parser } from 'htmlparser2'

/** What a document's XML is made of, told in its order. */
interface XmlEvents {
  start(name: string, attributes: Readonly<Record<string, string>>): void
  end(name: string): void
  text(text: string): void
}

/** Tells of a whole XML document. Total: what is broken in it is left. */
export const readXml = (xml: string, to: XmlEvents): void => {
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        to.start(name, attributes)
      },
      onclosetag: (name) => {
        to.end(name)
      },
      ontext: (text) => {
        to.text(text)
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.write(xml)
  parser.end()
}
