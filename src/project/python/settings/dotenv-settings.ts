import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions} from '../../dockerfile/parse.ts'
import {isApart} from '../../files/apart.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {copyOf} from '../../image/files/context-path.ts'
import type {Inputs} from '../../inputs.ts'

/** Settings of pydantic that read a .env which the image may hold, and refuse names in it. */
export interface DotenvSettings {
  /** The class, and where it names the file. */
  name: string
  at: FileLocation
  /** The names that it does not have, and the file that has them. */
  others: string[]
  listed: FileLocation
  /** The COPY that brings a .env of the working directory. */
  copy: FileLocation
}

/** The real one first; the others say what is in it. */
const lists = ['.env', '.env.example', '.env.sample', '.env.template', '.env.dist', 'env.example', 'example.env']

/**
 * pydantic-settings 2 refuses what a .env has and the class does not, as `extra` is "forbid" (its docs, "Dotenv (.env)
 * support"); version 1 does not look at it.
 */
export async function loadDotenvSettings({reader}: Inputs, facts: FactStore): Promise<Fact<DotenvSettings[]>> {
  const [[dockerfile, image], files] = await Promise.all([facts.needAll('dockerfile', 'image'), facts.value('files')])
  const instructions = allInstructions(dockerfile.final)
  const copy = instructions.find(
    (each) => each.flags.length === 0 && copyOf(each)?.sources.some((source) => /^\.?\/?$/.test(source)),
  )
  if (!copy || !image.copies('.env')) return known([])
  // A RUN may take it away again.
  if (instructions.some(({keyword, text}) => keyword === 'RUN' && text.includes('.env'))) return known([])
  const list = await firstOf(lists)
  if (!list) return known([])
  const names = [...list.text.matchAll(/^[ \t]*(?:export\s+)?([A-Za-z_]\w*)\s*=/gm)].map(([, name]) => name as string)
  const found: DotenvSettings[] = []
  for (const path of (files ?? noFiles).ending('.py')) {
    if (isApart(path) || !image.copies(path)) continue
    const file = await reader.text(path)
    for (const settings of file?.text.includes('pydantic_settings') ? settingsOf(file) : []) {
      const others = names.filter((name) => !settings.known.has(name.toLowerCase()))
      if (others.length === 0) continue
      const first = list.text.search(new RegExp(`^[ \\t]*(?:export\\s+)?${others[0]}\\s*=`, 'm'))
      const listed = list.lineSpan(list.position(first).line)
      found.push({name: settings.name, at: settings.at, others, listed, copy: copy.at})
    }
  }
  return known(found)

  async function firstOf(candidates: readonly string[]): Promise<TextFile | undefined> {
    for (const path of candidates) {
      const file = await reader.text(path)
      if (file) return file
    }
    return undefined
  }
}

/** The classes that read `.env` and say nothing of other names. */
function settingsOf(file: TextFile): {name: string; at: FileLocation; known: ReadonlySet<string>}[] {
  return [
    ...file.text.matchAll(/^class (\w+)\(\s*BaseSettings\s*\):[^\n]*\n((?:(?:[ \t][^\n]*)?\n|[ \t][^\n]*$)*)/gm),
  ].flatMap(({0: whole, 1: name = '', 2: body = '', index}) => {
    const reads = /\benv_file["']?\s*[=:]\s*["']\.env["']/.exec(body)
    if (!reads || /\bextra\b|\benv_prefix\b|\benv_nested_delimiter\b|\bcustomise_sources\b/.test(body)) return []
    const fields = [...body.matchAll(/^[ \t]+(\w+)\s*:/gm)].map(([, field]) => field as string)
    const aliases = [...body.matchAll(/["']([A-Za-z_]\w*)["']/g)].map(([, alias]) => alias as string)
    const start = index + whole.length - body.length + reads.index
    const known = new Set([...fields, ...aliases].map((each) => each.toLowerCase()))
    return [{name, at: file.lineSpan(file.position(start).line), known}]
  })
}
