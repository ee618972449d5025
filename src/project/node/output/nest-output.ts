import {posix} from 'node:path'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import {escapePattern} from '../../escape-pattern.ts'
import type {Files} from '../../files.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import type {OutputGap} from './framework-output.ts'

/**
 * nest build compiles with tsc, whose rootDir is the folder that all sources are in: one TypeScript file beside src, and
 * src/main.ts becomes dist/src/main.js (typescriptlang.org/tsconfig#rootDir).
 */
export async function nestOutput(
  script: string,
  commands: readonly BuildCommand[],
  {reader}: Inputs,
  paths: Files,
): Promise<Pick<OutputGap, 'because' | 'related' | 'hint'> | undefined> {
  const main = /^(?:.*\/)?dist\/main(?:\.js)?$/.test(script)
  const [command, another] = commands.filter(
    (each) =>
      programOf(each) === 'nest' &&
      each.words[1] === 'build' &&
      !each.words.some((word) => /^(?:-p|--path|-b|--builder|--webpack|--tsc)/.test(word ?? '')),
  )
  if (!main || !command || another || command.words.length > 2) return undefined
  const {moment, folder} = command
  const source = (name: string) => {
    const entry = moment.files.get(posix.join(folder, name))
    return entry?.kind === 'file' && paths.has(entry.source) ? entry.source : undefined
  }
  const read = async (name: string) => {
    const path = source(name)
    const file = await reader.text(path)
    return file && {file, json: parseLoosely(file.text)}
  }
  const nest = (await read('nest-cli.json'))?.json
  const builder = isTable(nest?.compilerOptions) ? nest.compilerOptions : {}
  // A monorepo, and other compilers, lay their files elsewhere.
  if (!nest || nest.monorepo || builder.webpack || builder.builder || builder.tsConfigPath) return undefined
  if (nest.sourceRoot !== 'src' || (nest.entryFile ?? 'main') !== 'main') return undefined
  const own = await read('tsconfig.build.json')
  const base = await read('tsconfig.json')
  const options = {...optionsOf(base?.json), ...optionsOf(own?.json)}
  if (!own || !base || own.json?.extends !== './tsconfig.json' || base.json?.extends) return undefined
  if (options.rootDir || options.rootDirs || options.composite || !/^\.?\/?dist\/?$/.test(String(options.outDir)))
    return undefined
  const settings = {...base.json, ...own.json}
  if (settings.include || settings.files || settings.references) return undefined
  const excluded = (Array.isArray(settings.exclude) ? settings.exclude : []).map(String).map(patternOf)
  if (excluded.includes(undefined)) return undefined
  const manifest = source('package.json')
  if (manifest === undefined) return undefined
  const origin = manifest.slice(0, -'package.json'.length)
  const outside = paths.ending('.ts', '.tsx').find((path) => {
    const name = path.startsWith(origin) ? path.slice(origin.length) : undefined
    if (
      !name ||
      !/\.(?:ts|tsx)$/.test(name) ||
      /\.d\.ts$|^(?:src|node_modules|dist)\/|(?:^|\/)\.|\/node_modules\//.test(name)
    )
      return false
    return source(name) === path && !excluded.some((each) => each?.test(name))
  })
  if (outside === undefined) return undefined
  const exclude = own.file.text.indexOf('"exclude"')
  return {
    because: `${outside} stands beside src and is compiled, too: src/main.ts becomes dist/src/main.js`,
    related: [exclude < 0 ? own.file.whole : own.file.lineSpan(own.file.position(exclude).line), {file: outside}],
    hint: `Leave it out of the build: add ${JSON.stringify(outside.slice(origin.length))} to "exclude" in ${own.file.path}; or start dist/src/main.js.`,
  }
}

const optionsOf = (json: Record<string, unknown> | undefined): Record<string, unknown> =>
  isTable(json?.compilerOptions) ? json.compilerOptions : {}

/** An entry of exclude: a file, a folder, or a pattern; undefined for one with too many stars to follow. */
function patternOf(entry: string): RegExp | undefined {
  const plain = entry.replace(/^\.\//, '').replace(/\/(?:\*\*(?:\/\*)?)?$/, '')
  if ((plain.match(/\*+/g)?.length ?? 0) > 3 || /[{}!()?]/.test(plain)) return undefined
  const text = plain
    .split(/(\*\*\/|\*)/)
    .map((part) => (part === '**/' ? '(?:.*/)?' : part === '*' ? '[^/]*' : escapePattern(part)))
    .join('')
  return new RegExp(`^${text}(?:/|$)`)
}
