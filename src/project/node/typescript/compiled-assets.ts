/** Files beside the code that the code reads by its own folder, and that tsc, which writes JavaScript alone, leaves behind. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {blocksAround, type Code, closing} from '../../code/code.ts'
import {pathExpression} from '../../code/folders/path-expression.ts'
import {javascriptModules} from '../../code/javascript.ts'
import {isBelow} from '../../image/files/image-path.ts'
import {mayBring} from '../../image/may-hold.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {foundScript} from '../scripts/started-script.ts'
import {assetMatcher} from './nest-cli.ts'
import {memberOf, type TscOutput, tscOutput} from './tsc-output.ts'

export interface LostAsset {
  by: string
  command: FileLocation
  /** In the project, and where the code looks for it in the image. */
  path: string
  place: string
  /** The expression. */
  at: FileLocation
  tool: TscOutput['tool']
  /** The folder that tsc writes, and what says so. */
  folder: string
  outDir: FileLocation
  /** Read as soon as the file is loaded. */
  atStart: boolean
  /** By which TypeORM looks for the classes of its entities, of TypeScript alone: `src/**\/*.entity.ts`. */
  pattern?: string
}

/** A path that begins at the file's own folder. */
const own = /\b(?:path\.)?(?:join|resolve)\s*\(\s*(?:__dirname|import\.meta\.dirname)\s*,|\bnew URL\s*\(\s*(?=["'])/g
const code = /\.(?:[cm]?[jt]sx?|node|wasm|map)$/
/** Read in another environment than that of the image. */
const forAnother = /NODE_ENV|production|development|isDev|test/i
/** The file makes it, or does without it. */
const without = /existsSync|mkdir|writeFile|createWriteStream|\btry\b|\.access\(/

/** `entities: ['src/**\/*.entity.ts']`, `[__dirname + '/**\/*.entity.ts']`, with nothing else in it. */
const listed = /\bentities\s{0,9}:\s{0,9}\[([^\][]{1,500})\]/g

/** TypeORM asks for files by these patterns, and tsc writes none that ends so; what Nest finds by its modules needs none. */
function typedEntities(each: Code): {pattern: string; start: number; end: number} | undefined {
  if (!/["'](?:typeorm|@nestjs\/typeorm)["']/.test(each.text) || /\bautoLoadEntities\b/.test(each.text))
    return undefined
  for (const {0: all, 1: inside = '', index} of each.text.matchAll(listed)) {
    const patterns = [...inside.matchAll(/(["'`])([^"'`\n]{1,200})\1/g)].map(([, , text = '']) => text)
    const isTyped = patterns.length > 0 && patterns.every((text) => /\*[^{}]{0,100}\.ts$/.test(text))
    if (isTyped && !/\?|\.\.\.|process\.env/.test(inside))
      return {pattern: patterns[0] as string, start: index, end: index + all.length}
  }
  return undefined
}

export async function loadCompiledAssets(inputs: Inputs, facts: FactStore): Promise<Fact<LostAsset[]>> {
  const [[build, project], flyConfig] = await Promise.all([facts.needAll('build', 'files'), facts.value('flyConfig')])
  const {workingDir} = build.final.config
  if (!workingDir) return known([])
  const {final} = build
  const covered = (flyConfig?.config.mounts ?? []).flatMap(({destination}) => destination ?? [])
  const {started} = await startedCommands(facts)
  const found: LostAsset[] = []
  for (const {by, command, certain, folder} of started) {
    if (!certain || folder === undefined || programOf(command) !== 'node') continue
    const script =
      command.words.find((word) => /\.[cm]?js$/.test(word ?? '')) ??
      (await foundScript({command}, folder, {files: final.files, reader: inputs.reader}))
    if (!script) continue
    const place = posix.resolve(folder, script)
    const member = memberOf(posix.relative(workingDir, place), build)
    const output = await tscOutput(build, inputs.reader, member, project)
    if (!output || output.copies) continue
    const base = `${posix.resolve(workingDir, output.folder)}/`
    if (!place.startsWith(base)) continue
    const inside = place.slice(base.length).replace(/\.([cm]?)js$/, '.$1ts')
    // Where rootDir is not set, the script that is started tells it.
    const roots = output.root === undefined ? ['src', '.'] : [output.root]
    const root = roots.find((each) => project.has(posix.join(each, inside)))
    if (root === undefined) continue
    const modules = await javascriptModules(posix.join(root, inside), project, inputs.reader)
    for (const each of modules.files) {
      const classes = typedEntities(each)
      if (classes && !found.some(({pattern}) => pattern !== undefined)) {
        const {pattern, start, end} = classes
        const at = each.file.span(start, end)
        const place = base.slice(0, -1)
        const rest = {path: pattern, place, atStart: false, pattern, by, command: command.at, tool: output.tool}
        found.push({...rest, at, folder: output.folder, outDir: output.at})
      }
      for (const asset of without.test(each.text) ? [] : assetsOf(each, root, base, output)) {
        if (found.some(({path}) => path === asset.path)) continue
        found.push({...asset, by, command: command.at, tool: output.tool, folder: output.folder, outDir: output.at})
      }
    }
  }
  return known(found)

  function* assetsOf(
    each: Code,
    root: string,
    base: string,
    output: TscOutput,
  ): Generator<Pick<LostAsset, 'path' | 'place' | 'at' | 'atStart'>> {
    const {path: source} = each.file
    const below = posix.relative(root, source)
    if (below.startsWith('..')) return
    for (const match of each.bare.matchAll(own)) {
      const open = each.bare.indexOf('(', match.index)
      const span = {start: match.index, end: closing(each, open) + 1}
      const written = pathExpression(each, span)
      if (written?.from !== 'file' || /[*]/.test(written.path)) continue
      const path = posix.join(posix.dirname(source), written.path)
      const place = posix.join(base, posix.dirname(below), written.path)
      // One of the project's own folders that tsc does not read is not written, whatever is in it.
      const isSource = root === '.' || isBelow(path, root)
      if (
        /^\.(?:\.|$)/.test(path) ||
        !(project.has(path) || project.hasFolder(path)) ||
        (isSource && hasCode(path, output))
      )
        continue
      if (/(^|\/)\.env/.test(path) || blocksAround(each, match.index).some((block) => forAnother.test(block))) continue
      if (final.files.get(place) || mayBring(final, place) || isAsset(path, place, output)) continue
      if (covered.some((other) => isBelow(place, other) || isBelow(other, place))) continue
      const line = each.text.slice(each.text.lastIndexOf('\n', match.index) + 1, each.text.indexOf('\n', match.index))
      const atStart = /read(?:File|dir)Sync/.test(line) && blocksAround(each, match.index).length === 0
      yield {path, place, at: each.file.span(span.start, span.end), atStart}
    }
  }

  /** What tsc writes something of, or copies: a folder with code, a module of JSON. */
  function hasCode(path: string, output: TscOutput): boolean {
    const inside = project.has(path) ? [path] : project.under(path)
    const isJson = output.options.resolveJsonModule === true && inside.some((each) => each.endsWith('.json'))
    return isJson || inside.some((each) => code.test(each))
  }

  /** Whether `nest build` copies it there, or something of it. */
  function isAsset(path: string, place: string, {nest, folder}: TscOutput): boolean {
    if (!nest) return false
    if (!nest.assets) return true
    const inside = project.has(path) ? [path] : project.under(path)
    return nest.assets.some((asset) => {
      const fits = assetMatcher(asset.include)
      const laid = (each: string) =>
        posix.resolve(workingDir, asset.outDir ?? folder, posix.relative(nest.sourceRoot, each))
      return inside.some((each) => fits(each) && isBelow(laid(each), place))
    })
  }
}
