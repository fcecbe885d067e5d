import { parseDocument, DomUtils } from 'htmlparser2'

type Element = ReturnType<typeof DomUtils.findAll>[number]

/** A form as a page shows it, with what a browser would send if nothing were touched. */
export interface PageForm {
  /** What it decides: its `data-action`; empty for other forms. */
  readonly name: string
  readonly action: string
  readonly fields: URLSearchParams
  /** Names of all its fields, also those that send nothing untouched. */
  readonly names: ReadonlySet<string>
  /** The values a field can be given by choosing: radio buttons, checkboxes, options, buttons. */
  readonly choices: ReadonlyMap<string, readonly string[]>
  /** The `data-` attributes inside, by name without `data-`; the first of each. */
  readonly data: ReadonlyMap<string, string>
  /** What somebody else wrote, quoted as it stands: a mail's text. */
  readonly quoted: string
}

const attribute = (element: Element, name: string): string => element.attribs[name] ?? ''

const inside = (root: Element, ...names: readonly string[]): Element[] =>
  DomUtils.findAll((element) => names.includes(element.name), root.children)

const readForm = (form: Element): PageForm => {
  const fields = new URLSearchParams()
  const names = new Set<string>()
  const choices = new Map<string, string[]>()
  const mayChoose = (name: string, value: string): void => {
    choices.set(name, [...(choices.get(name) ?? []), value])
  }
  for (const field of inside(form, 'input', 'textarea', 'select', 'button')) {
    const name = attribute(field, 'name')
    if (name === '') continue
    names.add(name)
    const value = attribute(field, 'value')
    if (field.name === 'textarea') fields.append(name, DomUtils.textContent(field).replace(/^\n/, ''))
    else if (field.name === 'button') mayChoose(name, value)
    else if (field.name === 'select') {
      const options = inside(field, 'option')
      for (const option of options) mayChoose(name, attribute(option, 'value'))
      const chosen = options.find((option) => 'selected' in option.attribs) ?? options[0]
      if (chosen !== undefined) fields.append(name, attribute(chosen, 'value'))
    } else if (['radio', 'checkbox'].includes(attribute(field, 'type'))) {
      mayChoose(name, value)
      if ('checked' in field.attribs) fields.append(name, value)
    } else fields.append(name, value)
  }
  return {
    name: attribute(form, 'data-action'),
    action: attribute(form, 'action'),
    fields,
    names,
    choices,
    data: dataOf(form),
    quoted: inside(form, 'pre')
      .map((quote) => DomUtils.textContent(quote))
      .join('\n'),
  }
}

const dataOf = (root: Element): ReadonlyMap<string, string> => {
  const data = new Map<string, string>()
  for (const element of DomUtils.findAll(() => true, root.children))
    for (const [name, value] of Object.entries(element.attribs))
      if (name.startsWith('data-') && !data.has(name.slice(5))) data.set(name.slice(5), value)
  return data
}

/** The forms of a page, in its order. */
export const formsOf = (html: string): readonly PageForm[] =>
  DomUtils.findAll((element) => element.name === 'form', parseDocument(html).children).map(readForm)

/** A task in the list of somebody's tasks. */
export interface ListedTask {
  readonly kind: string
  readonly href: string
  /** Instant. */
  readonly since: string
  readonly agreement: string
  /** The person whose case it is; empty where it is nobody's in particular. */
  readonly mine: string
  /** The role whose turn it is first. */
  readonly turn: string
}

export const listedTasks = (html: string): readonly ListedTask[] =>
  DomUtils.findAll(
    (element) => element.name === 'li' && 'data-kind' in element.attribs,
    parseDocument(html).children,
  ).flatMap((item) => {
    const [link] = DomUtils.findAll((element) => element.name === 'a', item.children)
    return link === undefined
      ? []
      : [
          {
            kind: attribute(item, 'data-kind'),
            href: attribute(link, 'href'),
            since: attribute(item, 'data-since'),
            agreement: attribute(item, 'data-agreement'),
            mine: attribute(item, 'data-mine'),
            turn: attribute(item, 'data-turn'),
          },
        ]
  })

/** The text of the page's alerts: what was done, or why it was refused. */
export const alertsOf = (html: string): readonly string[] =>
  DomUtils.findAll(
    (element) => attribute(element, 'class').split(' ').includes('alert-text'),
    parseDocument(html).children,
  ).map((element) => DomUtils.textContent(element).replaceAll(/\s+/gu, ' ').trim())
