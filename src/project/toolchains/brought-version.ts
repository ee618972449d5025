import {onceOf} from '../../once.ts'
import type {Dockerfile} from '../dockerfile/dockerfile.ts'
import {allInstructions, type Instruction, lineage, rootImage, type Stage} from '../dockerfile/parse.ts'
import type {TextFile} from '../files/text.ts'
import {plainName} from '../image/base/base-images.ts'
import {imageVersion} from './image-versions.ts'
import type {Rule} from './rule.ts'
import type {ToolchainGap} from './toolchains.ts'

/** The version of a language in a stage; what each key means, `ToolchainGap` says. */
export interface Brought extends Pick<ToolchainGap, 'language' | 'from' | 'has' | 'at'> {
  /** The ARG that fills the version in. */
  argument: string | undefined
  passed?: ToolchainGap['passed']
  given?: ToolchainGap['given']
}

/** The version of a language that a stage has when an instruction of it runs, or at its end; undefined where it cannot be known. */
export function broughtVersion(
  rule: Rule,
  stage: Stage,
  instruction: Instruction | undefined,
  dockerfile: Dockerfile,
): Brought | undefined {
  const history = historyOf(stage)
  const behind = instruction ? (history.places.get(instruction) ?? -1) + 1 : history.instructions.length
  if (firstReplaced(rule, history) < behind) return undefined
  const image = rootImage(stage)
  const [base] = lineage(stage)
  const has = image && imageVersion(image, rule.language)
  if (image && has) return {language: rule.language, from: image, has, ...versionPlace(base as Stage, dockerfile.file)}
  const name = plainName(image ?? '')
  const packages = /^(?:debian|ubuntu)\b/.test(name)
    ? rule.packages
    : /\balpine/.test(name)
      ? rule.alpinePackages
      : undefined
  if (!packages) return undefined
  const packaged = packagedVersion(history.instructions.slice(0, behind), packages, dockerfile)
  return packaged && {language: rule.language, ...packaged}
}

/** The instructions of a stage and of those that it is built on; kept, as every command of it asks. */
interface History {
  instructions: readonly Instruction[]
  places: ReadonlyMap<Instruction, number>
  /** By what brings another version: the first that does. */
  replaced: Map<RegExp, number>
}

const historyOf = onceOf((stage: Stage): History => {
  const instructions = allInstructions(stage)
  return {instructions, places: new Map(instructions.map((each, index) => [each, index])), replaced: new Map()}
})

function firstReplaced({replaced}: Rule, history: History): number {
  let first = history.replaced.get(replaced)
  if (first === undefined) {
    first = history.instructions.findIndex(({text, line}) => replaced.test(text) || replaced.test(line.rest))
    if (first < 0) first = history.instructions.length
    history.replaced.set(replaced, first)
  }
  return first
}

/** The one version that the packages of the language have in their names. */
function packagedVersion(
  instructions: readonly Instruction[],
  packages: RegExp,
  {file, globals}: Dockerfile,
): Omit<Brought, 'language'> | undefined {
  const found = new Map<string, Omit<Brought, 'language'>>()
  for (const {keyword, text, at} of instructions) {
    if (keyword !== 'RUN') continue
    for (const [line] of text.matchAll(/[^\n]+/g)) {
      const filled = line.replace(/\$\{?(\w+)\}?/g, (whole, name: string) => globals.get(name) ?? whole)
      for (const [name, major, minor] of filled.matchAll(packages)) {
        const has = minor === undefined ? major : `${major}.${minor}`
        if (!has || found.has(has)) continue
        const [, argument] = /\$\{?(\w*VERSION\w*)/.exec(line) ?? []
        const place = argument && globals.get(argument) === has ? argumentLine(file, argument) : undefined
        found.set(has, {from: name, has, ...(place ? {at: file.lineSpan(place), argument} : {at, argument: undefined})})
      }
    }
  }
  return found.size === 1 ? [...found.values()][0] : undefined
}

/**
 * The ARG that fills the version into a FROM, which is where another one is written; else the FROM. Of an ARG that holds the
 * whole name of the image (`BUILDER_IMAGE` of Phoenix) that is the one which fills it in there.
 */
function versionPlace({from, at}: Stage, file: TextFile): Pick<Brought, 'at' | 'argument'> {
  for (const [, name = ''] of from.line.rest.matchAll(/\$\{?(\w+)/g)) {
    const line = argumentLine(file, name)
    if (!line) continue
    const [, inner] = /=[^$\n]{0,300}[:/][^$\n:]{0,100}\$\{?(\w+)/.exec(file.line(line)) ?? []
    const filled = inner === undefined ? undefined : argumentLine(file, inner)
    if (filled && /=\D{0,100}\d/.test(file.line(filled))) return {at: file.lineSpan(filled), argument: inner}
    if (/\d/.test(file.line(line))) return {at: file.lineSpan(line), argument: name}
  }
  return {at, argument: undefined}
}

function argumentLine(file: TextFile, name: string): number | undefined {
  for (let number = 1; number <= file.lineCount; number++) {
    if (new RegExp(`^\\s*ARG\\s(?:.*\\s)?${name}=`, 'i').test(file.line(number))) return number
  }
  return undefined
}
