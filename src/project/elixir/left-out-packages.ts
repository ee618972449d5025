/** Packages of mix that the environment of the build leaves out, and that the code of the app is compiled with. */

import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {camelized} from '../camelized.ts'
import {codeOf} from '../code/code.ts'
import {noFiles} from '../files.ts'
import type {Inputs} from '../inputs.ts'
import type {TextFile} from '../text.ts'
import {openBlocks, statementStart} from './blocks.ts'

export interface LeftOutPackage {
  /** `ex_machina` */
  name: string
  /** `use ExMachina.Ecto` */
  written: string
  at: FileLocation
  /** `{:ex_machina, "~> 2.8", only: :test}` */
  named: FileLocation
  env: string
}

interface Dependency {
  name: string
  at: FileLocation
}

export async function loadLeftOutPackages({reader}: Inputs, facts: FactStore): Promise<Fact<LeftOutPackage[]>> {
  const [mix, image, files] = await Promise.all([facts.need('mixConfig'), facts.value('image'), facts.value('files')])
  const paths = files ?? noFiles
  const [manifest, lock] = await Promise.all(
    ['mix.exs', 'mix.lock'].map((name) => reader.text(posix.join(mix.folder, name))),
  )
  if (!mix.isBuilt || !image || !manifest || !lock || mix.env === 'dev' || mix.env === 'test') return known([])
  if (/\bapps_path:/.test(manifest.text) || !compilesLib(manifest.text)) return known([])
  const gone = leftOut(manifest, lock, mix.env)
  if (gone.length === 0) return known([])
  const own = `${mix.folder === '.' ? '' : `${mix.folder}/`}lib/`
  const sources = paths.ending('.ex').filter((path) => path.startsWith(own) && image.copies(path))
  const texts = (await reader.texts(sources)).filter(({text}) => !/\bensure_(?:loaded|compiled)/.test(text))
  return known(
    gone.flatMap(({name, at: named}) => {
      const module = camelized(name)
      // A module of the project's own may be called so.
      if (texts.some(({text}) => new RegExp(`\\bdefmodule\\s+${module}\\b`).test(text))) return []
      const use = texts.map((file) => usedIn(file, module)).find(Boolean)
      return use ? [{name, named, env: mix.env, ...use}] : []
    }),
  )
}

/** `elixirc_paths(_)` is lib, as the generators write it, or nothing is said of it. */
const compilesLib = (text: string): boolean =>
  !/\belixirc_paths:/.test(text) ||
  (/elixirc_paths\(_\w*\),?\s*(?:do:\s*)?(?:do\s*)?\["lib"\]/.test(text) &&
    !/elixirc_paths\(:(?:prod|dev)\)/.test(text))

/** The dependencies that are for other environments alone, and that no other package asks for. */
function leftOut(manifest: TextFile, lock: TextFile, env: string): Dependency[] {
  const text = manifest.text.replace(/^[ \t]*#.*$/gm, (line) => ' '.repeat(line.length))
  const all = [...text.matchAll(/\{:(\w+),[^{}]*\}/g)]
  // What one of git asks for stands in no lock.
  if (all.some(([each]) => /\b(?:git|github|path|in_umbrella):/.test(each) && !/\bcompile: false/.test(each))) return []
  return all.flatMap(({0: whole, 1: name = '', index}) => {
    const [, only] = /\bonly:\s*(\[[^\]]*\]|:\w+)/.exec(whole) ?? []
    const isOther =
      only !== undefined &&
      /^(?::(?:dev|test|docs|ci|lint)|\[(?:[\s,]{0,20}:(?:dev|test|docs|ci|lint)){1,9}[\s,]{0,20}\])$/.test(only)
    const isTwice = all.filter((each) => each[1] === name).length > 1
    const isNeeded = new RegExp(`\\{:${name}, `).test(lock.text)
    return isOther && !only.includes(`:${env}`) && !isTwice && !isNeeded
      ? [{name, at: manifest.span(index, index + whole.length)}]
      : []
  })
}

/** `use ExMachina.Ecto` in the body of a module: "module ExMachina.Ecto is not loaded and could not be found". */
function usedIn(file: TextFile, module: string): {written: string; at: FileLocation} | undefined {
  if (!file.text.includes(module)) return undefined
  const code = codeOf(file)
  const pattern = new RegExp(`^[ \\t]+((?:use|import|require)[ (]+${module}(?:\\.[A-Z]\\w*)*)(?![\\w.])`, 'gm')
  for (const {0: whole, 1: written = '', index} of code?.bare.matchAll(pattern) ?? []) {
    if (!code) continue
    const heads = openBlocks(code, index).map(({word, at}) =>
      word === 'do' ? code.text.slice(statementStart(code, at), at).trim() : word,
    )
    // In a condition, a macro or what is quoted it is compiled at another time, or never.
    if (heads.length === 0 || heads.some((head) => !/^defmodule\b/.test(head))) continue
    const start = index + whole.length - written.length
    return {written, at: file.span(start, start + written.length)}
  }
  return undefined
}
