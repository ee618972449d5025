/** Which projects a call of tsc compiles, by its words (typescriptlang.org/docs/handbook/compiler-options.html). */
import {posix} from 'node:path'
import {parseLoosely} from '../../documents/json.ts'
import type {TextFile} from '../../files/text.ts'
import type {Project} from './tsconfig.ts'

export const buildsReferences = (words: readonly (string | undefined)[]): boolean =>
  words.some((word) => word === '-b' || word === '--build')

/** The paths of the tsconfig.json files that are compiled: with -b also those that the first refers to. */
export async function tscProjects(start: string, isBuild: boolean, {reader, paths}: Project): Promise<string[]> {
  const all = [start.endsWith('.json') ? start : posix.join(start, 'tsconfig.json')]
  for (const path of isBuild ? all : []) {
    const references = paths.has(path) ? parseLoosely((await reader.text(path))?.text ?? '')?.references : undefined
    for (const each of Array.isArray(references) ? references : []) {
      const to = posix.join(posix.dirname(path), String((each as {path?: unknown})?.path ?? ''))
      const config = to.endsWith('.json') ? to : posix.join(to, 'tsconfig.json')
      if (!all.includes(config) && all.length < 50) all.push(config)
    }
  }
  return all
}

/** Options that change nothing of what is compiled, nor of what is wrong with it: how it is told, and what is written beside. */
const plain =
  /^(?:-b|-f|--(?:build|noEmit|verbose|force|pretty|incremental|skipLibCheck|sourceMap|inlineSourceMap|inlineSources|declarationMap|removeComments|noEmitOnError|listFiles|listEmittedFiles|diagnostics|extendedDiagnostics))$/
/** Where it is written, which is then not for tsconfig.json to say. */
export const placed = /^--(?:outDir|tsBuildInfoFile|declarationDir|sourceRoot|mapRoot)$/

/** The configuration that tsc is told, or takes; undefined: it is given files, or has more to say than is known here. */
export function tscConfig(words: readonly (string | undefined)[]): string | undefined {
  let config = '.'
  for (let index = 0; index < words.length; index++) {
    const word = words[index]
    if (
      word === undefined ||
      /^--?(?:w|watch|h|help|v|version|init|showConfig|all|clean|dry|d|declaration)$/.test(word)
    )
      return undefined
    if (/^(?:-p|--project)$/.test(word)) config = words[++index] ?? '?'
    else if (placed.test(word)) index++
    else if (plain.test(word)) continue
    else if (word.startsWith('-') || /\.[cm]?[jt]sx?$/.test(word)) return undefined
    else config = word
  }
  return /^[\w./@-]+$/.test(config) ? config : undefined
}

/** Whether all that says what is compiled is there: another package may say it, too. */
export const isWhole = (configs: readonly TextFile[]): boolean => {
  const lists = configs.map(({text}) => [parseLoosely(text)?.extends ?? []].flat())
  const names = lists.flat()
  // Of several the last one counts, and what is read here is the first.
  if (lists.some(({length}) => length > 1)) return false
  return configs.every(({text}) => parseLoosely(text) !== undefined) && names.length === configs.length - 1
}
