/** Names of templates and static files, as code and templates write them. */
import type {FileLocation} from '../../../check.ts'
import {blank, codeOf} from '../../code/code.ts'
import type {TextFile} from '../../files/text.ts'

/** What names a template, or a static file. */
export interface Use {
  /** From the top of the templates: `notes/index.html`. */
  name: string
  at: FileLocation
  /** `render`, `extends`, `static`. */
  verb: string
}

const name = '["\']([\\w@+-][\\w@.+/ -]{0,200}\\.(?:html?|txt|xml|jinja2?|j2))["\']'
/** The name is all of the argument: nothing is added to it. */
const end = '(?=\\s{0,40}(?:[,)\\n]|$))'
/** `render(request, "…")`, `render_template("…")`, `template_name = "…"`. */
const inCode = [
  new RegExp(
    `\\b(render|TemplateResponse)\\(\\s{0,40}(?:request\\s{0,9}=\\s{0,9})?[\\w.]{1,60}\\s{0,20},\\s{0,40}(?:(?:template_)?name\\s{0,9}=\\s{0,9})?${name}${end}`,
    'g',
  ),
  new RegExp(
    `\\b(render_template|stream_template|render_to_string|get_template|TemplateResponse)\\(\\s{0,40}(?:(?:template_)?name\\s{0,9}=\\s{0,9})?${name}${end}`,
    'g',
  ),
  new RegExp(`\\b(template_name)\\s{0,9}=\\s{0,9}${name}${end}`, 'g'),
]

/** Those of a Python file, outside of comments and texts. */
export function usesInCode(file: TextFile): Use[] {
  if (!/render|emplate/.test(file.text)) return []
  const code = codeOf(file)
  if (!code) return []
  const isDjango = /\bdjango\b/.test(file.text)
  return inCode.flatMap((pattern) =>
    [...code.text.matchAll(pattern)].flatMap(({0: whole, 1: verb = '', 2: name = '', index}) => {
      const isCode = code.bare.startsWith(verb, index)
      if (!isCode || (verb === 'template_name' && !isDjango)) return []
      const start = index + whole.lastIndexOf(name) - 1
      return [{name, verb, at: file.span(start, start + name.length + 2)}]
    }),
  )
}

/** What a template engine does not read. */
const unread = /\{#[^\n]{0,2000}?#\}|\{%-?\s{0,20}(comment|verbatim|raw)\b[\s\S]{0,4000}?\{%-?\s{0,20}end\1\b/g
const tags = new RegExp(
  `\\{%[-+]?\\s{0,20}(extends|include|import|from)\\s{1,20}${name}(?!\\s{0,20}(?:[+~|]|ignore\\b|if\\b))`,
  'g',
)
const statics =
  /\{%[-+]?\s{0,20}(static)\s{1,20}["']([^"'\n{}]{1,200})["']\s{0,20}[-+]?%\}|\b(url_for)\(\s{0,20}["']static["']\s{0,20},\s{0,20}(?:filename|path)\s{0,9}=\s{0,9}["']([^"'\n{}]{1,200})["']\s{0,20}[,)]/g

/** The templates that a template takes in, and the static files that it names. */
export function usesInTemplate(file: TextFile): {templates: Use[]; statics: Use[]} {
  return file.once(usesInTemplate, () => {
    const text = file.text.replace(unread, blank)
    const found = (pattern: RegExp): Use[] =>
      [...text.matchAll(pattern)].map((match) => {
        const [verb = '', name = ''] = match.slice(1).filter((group) => group !== undefined)
        const start = match.index + match[0].lastIndexOf(name) - 1
        return {name, verb, at: file.span(start, start + name.length + 2)}
      })
    return {templates: found(tags), statics: found(statics)}
  })
}
