import {posix} from 'node:path'
import type {Edit, FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import type {Code} from '../code/code.ts'
import type {Inputs} from '../inputs.ts'
import {isReached, openBlocks, statementEnd} from './blocks.ts'

/** Why a configuration of mix cannot be compiled. */
export interface ConfigFault {
  /** The variable that is not set, the key before which a comma is missing, the word whose `do` config takes, or the call. */
  name: string
  kind: 'variable' | 'comma' | 'block' | 'call'
  /** Read when the release starts; the others are read while it is built. */
  atRuntime: boolean
  at: FileLocation
  /** The comma. */
  edit?: Edit
}

export async function loadConfigFaults({reader}: Inputs, facts: FactStore): Promise<Fact<ConfigFault[]>> {
  const mix = await facts.need('mixConfig')
  const manifest = (await reader.text(posix.join(mix.folder, 'mix.exs')))?.text ?? ''
  return known(
    mix.files.flatMap(({code, atRuntime}) => {
      if (!isWhole(code)) return []
      const commas = missingCommas(code)
      const calls = !atRuntime && mix.complete && mix.isBuilt ? absentModules(code, mix.env, manifest) : []
      const found = commas.length > 0 ? commas : [...takenBlocks(code), ...unsetVariables(code), ...calls]
      return found.map((fault) => ({...fault, atRuntime}))
    }),
  )
}

type Found = Omit<ConfigFault, 'atRuntime'>

/** Whether brackets and blocks close each other: else a string or a sigil was taken for code, or the reverse. */
function isWhole(code: Code): boolean {
  const open: string[] = []
  for (const character of code.bare) {
    if ('([{'.includes(character)) open.push(character)
    else if (')]}'.includes(character) && open.pop() !== {')': '(', ']': '[', '}': '{'}[character]) return false
  }
  const words = code.bare.match(/(?<![\w.:@])(?:do|fn|end)\b(?![:?!])/g) ?? []
  const ends = words.filter((word) => word === 'end').length
  return open.length === 0 && ends * 2 === words.length && openBlocks(code, code.bare.length).length === 0
}

/** A line that begins with `key: value`, behind one that ends with a value: nothing but a list can go on so. */
function missingCommas({bare, file}: Code): Found[] {
  return [...bare.matchAll(/^[ \t]*([a-z_]\w*[?!]?):(?=[ \t]+\S)/gm)].flatMap(({index, 1: name = ''}) => {
    const before = bare.slice(0, index).trimEnd()
    const last = before.slice(before.lastIndexOf('\n') + 1)
    if (!/[\w"'\])}]$/.test(last) || /\b(?:do|else|fn|end|when|and|or|in|not|rescue|catch|after)$/.test(last)) return []
    const {line, column} = file.position(before.length)
    const edit = {file: file.path, line, column, endLine: line, endColumn: column, text: ','}
    return [{kind: 'comma' as const, name, at: file.lineSpan(line), edit}]
  })
}

/**
 * `config :shop, mode: case x do`: a do binds to the outermost call without parentheses (Elixir's syntax reference), so
 * config is given the block, and case one argument.
 */
function takenBlocks(code: Code): Found[] {
  const {bare, file} = code
  return [...bare.matchAll(/^[ \t]*config[ \t]+:/gm)].flatMap(({index, 0: head}) => {
    let depth = 0
    let word: {name: string; at: number} | undefined
    const tokens = /[([{)\]}]|\b(?:fn|do|end)\b(?!:)|(?<=:[ \t\n]{1,20})(?:if|unless|case|for|with)\b(?=[ \t(])/g
    tokens.lastIndex = index + head.length
    const last = statementEnd(code, index)
    for (let token = tokens.exec(bare); token !== null && token.index < last; token = tokens.exec(bare)) {
      const [text] = token
      if (/^(?:[([{]|fn)$/.test(text)) depth++
      else if (/^(?:[)\]}]|end)$/.test(text)) depth--
      else if (depth > 0) {
        if (text === 'do') depth++
      } else if (text !== 'do') word = {name: text, at: token.index}
      else if (word) {
        const {name, at} = word
        return [{kind: 'block' as const, name, at: file.span(at, at + name.length)}]
      } else return []
    }
    return []
  })
}

/** Names without arguments that are no variables: of the language, of Kernel and of Config. */
const words = new Set('nil true false do end else fn node self make_ref binding config_env config_target'.split(' '))

/** What may define functions, or set variables without showing it. */
const hides =
  /\b(?:import(?!\s+Config\b)|use(?!\s+Mix\.Config\b)|require(?!\s+Logger\b)|def\w*|quote|unquote|var!|match\?|destructure|Code\.|EEx)(?=[\s.(!])/

/** A name that stands alone as a value, as the one argument of a call, or on the right of `=`. */
const value = /(?:(?<![\w:])\w+[?!]?:[ \t]+|(?<=\w)\(|(?<![=!<>~|])=\s+)([a-z_]\w*)(?=[ \t]*(?:[,\])}\n]|$))/g

/** Variables that nothing before sets, in a block that the value stands in. */
function unsetVariables(code: Code): Found[] {
  const {bare, file} = code
  if (hides.test(bare)) return []
  const uses = [...bare.matchAll(value)].flatMap(({0: match, 1: name = '', index}) => {
    const start = index + match.length - name.length
    // In a pattern it is set.
    const isPattern = /(?<![=!<>])=(?![=~>])|<-|->/.test(bare.slice(start, statementEnd(code, start)))
    return isPattern || words.has(name) || name.startsWith('_') ? [] : [{name, start}]
  })
  const starts = new Set(uses.map(({start}) => start))
  const told = new Set<string>()
  return uses.flatMap(({name, start}) => {
    const around = new Set(openBlocks(code, start).map(({at}) => at))
    const sets = [...bare.slice(0, start).matchAll(new RegExp(`(?<![\\w.:@])${name}(?![\\w?!]|:\\s)`, 'g'))]
    const isSet = sets.some(({index}) => !starts.has(index) && openBlocks(code, index).every(({at}) => around.has(at)))
    if (isSet || told.has(name)) return []
    told.add(name)
    return [{kind: 'variable' as const, name, at: file.span(start, start + name.length)}]
  })
}

/** The modules that are there when mix reads config.exs: those of Elixir, of Mix and of its archives. */
const ofElixir = new Set(
  (
    'Access Agent Application Atom Base Behaviour Bitwise Calendar Code Collectable Config Date DateTime Dict Duration ' +
    'DynamicSupervisor EEx Elixir Enum Enumerable ExUnit Exception File Float Function GenEvent GenServer HashDict HashSet ' +
    'Hex IEx IO Inspect Integer JSON Kernel Keyword List Logger Macro Map MapSet Mix Module NaiveDateTime Node OptionParser ' +
    'PartitionSupervisor Path Port Process Protocol Range Rebar Record Regex Registry Set Stream String StringIO Supervisor ' +
    'System Task Time Tuple URI Version'
  ).split(' '),
)

/**
 * `LoggerJSON.Formatters.Basic.new()`: mix reads the configuration before it puts the dependencies and the project on the
 * path, even where they are compiled. It has read mix.exs by then, whose modules are there, and what that loads.
 */
function absentModules(code: Code, env: string, manifest: string): Found[] {
  const {bare, file} = code
  if (hides.test(bare) || /\balias\b|\b(?:rescue|catch)\b/.test(bare) || /\bCode\./.test(manifest)) return []
  const call = /(?<![\w.:@&%"'])((?:[A-Z]\w*\.){1,20})[a-z_]\w*[?!]?(?=\()/g
  const foreign = [...bare.matchAll(call)].filter(({1: module = ''}) => {
    const [root = ''] = module.split('.')
    return !ofElixir.has(root) && !manifest.includes(`defmodule ${root}`)
  })
  // Each is looked for among all blocks before it.
  return foreign.slice(0, 50).flatMap(({index, 0: name}) => {
    // Within a function, which only something else calls: &(Shop.Name.of(&1)).
    const statement = bare.slice(bare.lastIndexOf('\n', index) + 1, statementEnd(code, index))
    if (statement.includes('&') || isReached(code, index, env) !== 'yes') return []
    return [{kind: 'call' as const, name: `${name}()`, at: file.span(index, index + name.length)}]
  })
}
