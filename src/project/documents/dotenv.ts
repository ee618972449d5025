import {parse} from 'dotenv'
import type {FileLocation} from '../../check.ts'
import type {TextFile} from '../files/text.ts'

/** One variable of a file of settings: `NAME=value`. */
export interface Setting {
  name: string
  /** A secret, perhaps: it must not leave the loader that asked for it. */
  value: string
  /** Its name. */
  at: FileLocation
}

/** The variables of a .env, in their order; of a name that stands twice the last counts, as it does for dotenv. */
export function dotenvSettings(file: TextFile): Setting[] {
  const values = new Map(Object.entries(parse(file.text)))
  const places = new Map<string, FileLocation>()
  for (const match of file.text.matchAll(/^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*[=:]/gm)) {
    const [whole, name = ''] = match
    const start = match.index + whole.lastIndexOf(name)
    if (values.has(name)) places.set(name, file.span(start, start + name.length))
  }
  return [...places].map(([name, at]) => ({name, value: values.get(name) as string, at}))
}
