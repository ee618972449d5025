import {codeOf} from '../../code/code.ts'
import {pathExpression} from '../../code/folders/path-expression.ts'
import {exportedObject, objectAt} from '../../code/object-literal.ts'
import type {TextFile} from '../../files/text.ts'

export interface ConfiguredFolder {
  /** undefined where the configuration does not set it. */
  path?: string
  /** It begins at the folder of the configuration, whatever else may be set as the root. */
  isAbsolute?: boolean
  /** All of the configuration is an object literal that says nothing more. */
  isPlain: boolean
}

/** The folder under a key of a configuration in JavaScript; undefined where it cannot be told. */
export function configuredFolder(configs: readonly TextFile[], keys: readonly string[]): ConfiguredFolder | undefined {
  const [file, another] = configs
  if (!file) return {isPlain: true}
  if (another) return undefined
  const code = codeOf(file)
  const last = keys.at(-1)
  if (last === undefined) return {isPlain: true}
  const named = new RegExp(`\\b${last}\\b`).test(code?.bare ?? file.text)
  let span = code && exportedObject(code)
  if (!code || !span) return named ? undefined : {isPlain: false}
  let isPlain = true
  for (const key of keys) {
    if (code.bare[span.start] !== '{') return named ? undefined : {isPlain: false}
    const object = objectAt(code, span)
    if (object.isOpen) isPlain = false
    const value = object.get(key)
    // Elsewhere in the file it may mean something else, or come in with `...`.
    if (!value) return object.isOpen && named ? undefined : {isPlain}
    span = value
  }
  const found = pathExpression(code, span)
  if (!found || found.path.startsWith('/')) return undefined
  return {path: found.path, isPlain, isAbsolute: !/^["'`]/.test(code.text.slice(span.start))}
}
