/** Looks for regular expressions that take a time which grows faster than the text they search. */
import {readdirSync, readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import vm from 'node:vm'
import {type AST, parseRegExpLiteral, visitRegExpAST} from '@eslint-community/regexpp'
import {parseAst} from 'vitest/node'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The regular expressions of the sources: literals, and what is made of a text, with a word for each part that is not known. */
export function patternsOf(...folders: readonly string[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const folder of folders) {
    for (const path of readdirSync(root + folder, {recursive: true, encoding: 'utf8'}).sort()) {
      if (!/\.[tj]s$/.test(path)) continue
      const text = readFileSync(`${root}${folder}/${path}`, 'utf8')
      walk(parseAst(text, {lang: 'ts'}), (node) => {
        const pattern = patternOf(node)
        if (pattern) found.set(pattern, `${folder}/${path}:${text.slice(0, node.start).split('\n').length}`)
      })
    }
  }
  return found
}

interface Node {
  type: string
  start: number
  regex?: {pattern: string; flags: string}
  callee?: {name?: string}
  arguments?: Node[]
  value?: unknown
  quasi?: Node
  quasis?: {value: {raw: string; cooked: string}}[]
}

function walk(node: unknown, visit: (node: Node) => void): void {
  if (typeof node !== 'object' || node === null) return
  if (!Array.isArray(node)) visit(node as Node)
  for (const child of Object.values(node)) walk(child, visit)
}

function patternOf({type, regex, callee, arguments: [source, flags] = []}: Node): string | undefined {
  if (regex) return `/${regex.pattern}/${regex.flags}`
  if (type !== 'NewExpression' || callee?.name !== 'RegExp' || !source) return undefined
  const template = source.quasi ?? source
  const texts = template.quasis?.map(({value}) => (source.quasi ? value.raw : value.cooked))
  const text = texts ? texts.join('name') : typeof source.value === 'string' ? source.value : undefined
  return text && `/${text.replace(/(?<!\\)\//g, '\\/')}/${typeof flags?.value === 'string' ? flags.value : ''}`
}

/** What is put before, what is repeated, and what comes behind it, so that the match fails as late as it can. */
type Attack = readonly [before: string, repeated: string, behind: string]

/** The attack that a pattern is slow on, or that it does not end on before the limit, in milliseconds; undefined: there is none. */
export function slowOn(literal: string, limit = 30_000): Attack | undefined {
  const attacks = attacksOn(parseRegExpLiteral(literal))
  if (attacks.length === 0) return undefined
  const end = literal.lastIndexOf('/')
  const state = {source: literal.slice(1, end), flags: literal.slice(end + 1), attacks, process, current: 0}
  try {
    const slow = trial.runInNewContext(state, {timeout: limit}) as number | undefined
    return slow === undefined ? undefined : attacks[slow]
  } catch {
    return attacks[state.current]
  }
}

// In microseconds of the processor, the best of three, and only what is so each of three times, so that a busy machine changes
// nothing. Four times the text takes a pattern four times as long, and one that grows with the square sixteen times.
const trial = new vm.Script(`(() => {
  const pattern = new RegExp(source, flags)
  const once = (text) => {
    const {user} = process.cpuUsage()
    if (pattern.global) text.replace(pattern, '')
    else { pattern.lastIndex = 0; pattern.exec(text) }
    return process.cpuUsage().user - user
  }
  const best = (count, [before, repeated, behind]) => {
    const text = before + repeated.repeat(Math.ceil(count / repeated.length)) + behind
    let least = Infinity
    for (let time = 0; time < 3 && least > 700; time++) least = Math.min(least, once(text))
    return least
  }
  for (current = 0; current < attacks.length; current++) {
    const attack = attacks[current]
    // Twice as much each time: what doubles with every character is stopped by the time limit.
    if (![40, 400, 3000].some((count) => best(count, attack) > 700)) continue
    if ([1, 2, 3].every(() => best(32000, attack) > 8 * best(8000, attack))) return current
  }
})()`)

/** Of what each unbounded part repeats, after what stands before it, once or each time. */
function attacksOn(pattern: AST.Node): Attack[] {
  const found = new Map<string, Attack>()
  const add = (...attack: Attack) => found.set(JSON.stringify(attack), attack)
  visitRegExpAST(pattern, {
    onQuantifierEnter(node) {
      if (node.max < 50) return
      const before = textBefore(node)
      for (const repeated of samples(node.element)) {
        if (repeated === '') continue
        for (const behind of ['\u0000', '\n']) {
          add(before, repeated, behind)
          add('', before + repeated, behind)
          add('', repeated, behind)
          if (before !== '') add('', before, behind)
        }
      }
    },
  })
  return [...found.values()]
}

const characters = [...' a0A_-./:=,;"\'`\\()[]{}<>#$%@!|&*+~^?\t\n\r\u0000é']

/** A few texts that a part matches. */
function samples(node: AST.Node, most = 5): string[] {
  switch (node.type) {
    case 'Character':
      return [String.fromCodePoint(node.value)]
    case 'CharacterSet':
    case 'CharacterClass': {
      const one = new RegExp(`^(?:${node.raw})$`, /\\[pu]\{/.test(node.raw) ? 'u' : '')
      return characters.filter((character) => one.test(character)).slice(0, most)
    }
    case 'Group':
    case 'CapturingGroup':
      return node.alternatives.flatMap((each) => samples(each, 2)).slice(0, most)
    case 'Alternative':
      return node.elements.reduce<string[]>((texts, each) => joined(texts, samples(each, 2)), ['']).slice(0, most)
    case 'Quantifier': {
      const texts = samples(node.element, most)
      return node.min === 0 ? [...texts, ''] : texts.map((text) => text.repeat(node.min))
    }
    default:
      return ['']
  }
}

const joined = (texts: readonly string[], ends: readonly string[]): string[] =>
  texts.flatMap((text) => (ends.length > 0 ? ends : ['']).map((end) => text + end)).slice(0, 4)

/** A text that the parts before a part match. */
function textBefore(node: AST.Node): string {
  let text = ''
  for (let at: AST.Node | null = node; at?.parent; at = at.parent) {
    const parent: AST.Node = at.parent
    if (parent.type !== 'Alternative') continue
    const earlier = parent.elements.slice(0, parent.elements.indexOf(at as AST.Element))
    text = earlier.map((each) => samples(each, 1)[0] ?? '').join('') + text
  }
  return text
}
