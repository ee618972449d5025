/** Native parts of packages that are made for another C library than that of the last stage. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {codeContext} from '../../code/code-context.ts'
import {startedCode} from '../../code/started-code.ts'
import {allInstructions, lineage, rootImage} from '../../dockerfile/parse.ts'
import {releaseOf} from '../../image/base/releases.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {importSpecifiers, packageName} from '../imports/import-specifiers.ts'
import {installedPackages} from '../locks/installed-packages.ts'
import type {LockedPackage} from '../locks/locked-packages.ts'
import {readRequest} from '../scripts/package-runner.ts'
import {isOfGlibc, isOfOneSystem} from './native-packages.ts'
import {nodeModulesOf} from './node-modules.ts'
import {isAt} from './skipped-builds.ts'

export interface ForeignModule extends LockedPackage {
  /** The images of the two stages. */
  built: string
  runs: string
  /** `musl`, of the last stage. */
  libc: string
  /** It has no native part for that one, on whichever stage it is installed. */
  hasNone: boolean
  install: FileLocation
  /** Where a program that the machines start imports it; undefined where that is not seen. */
  loadedAt: FileLocation | undefined
}

export async function loadForeignModules(inputs: Inputs, facts: FactStore): Promise<Fact<ForeignModule[]>> {
  const [{commands}, build, dockerfile, paths] = await facts.needAll(
    'buildCommands',
    'build',
    'dockerfile',
    'files',
    'image',
  )
  const {reader} = inputs
  const {stage, config} = build.final
  const modules = nodeModulesOf(stage, config.workingDir || '/', {dockerfile, build})
  const command = 'at' in modules ? commands.find(({at}) => isAt(at, modules.at)) : undefined
  const request = command && readRequest(command.words)
  if (!command || request?.kind !== 'install') return known([])
  const [from, to] = [command.moment.stage, stage].map((each) => rootImage(each) ?? '')
  const [built, runs] = [from, to].map((each) => releaseOf(each ?? '')?.libc)
  if (!from || !to || !built || !runs || [built, runs].includes('none')) return known([])
  const isForeign = built !== runs && !lineage(stage).includes(command.moment.stage)
  const isWanted = (name: string, version: string) =>
    (isForeign && isOfOneSystem(name, version)) || (runs === 'musl' && isOfGlibc(name))
  const texts = [
    ...commands.map(({words}) => words.join(' ')),
    ...allInstructions(stage).flatMap(({keyword, text}) => (/^(?:RUN|COPY)$/.test(keyword) ? text : [])),
  ]
  if (texts.some((text) => /\b(?:npm|pnpm|yarn) (?:rebuild|rb)\b|\bgcompat\b|libc6-compat/.test(text))) return known([])
  const native = await installedPackages(command, request, {reader, paths, texts}, isWanted)
  // A step that names it may build it anew, or bring another one.
  const left = native.filter(({name}) => !texts.some((text) => text.includes(name)))
  if (left.length === 0) return known([])
  const loaded = await importsOfStarted()
  return known(
    left.map((each) => ({
      ...each,
      built: from,
      runs: to,
      libc: runs,
      hasNone: isOfGlibc(each.name),
      install: command.at,
      loadedAt: loaded.get(each.name),
    })),
  )

  /** Packages that the programs of the machines import as they start, and where. */
  async function importsOfStarted(): Promise<Map<string, FileLocation>> {
    const found = new Map<string, FileLocation>()
    const context = await codeContext(inputs, facts)
    for (const {command: each, certain} of (await startedCommands(facts)).started) {
      if (!certain) continue
      const {entry, files} = await startedCode(each.words, context)
      for (const {file} of entry?.kind === 'node' ? files : [])
        for (const {text, start, end, isDynamic, isOptional} of importSpecifiers(file.text)) {
          const name = packageName(text)
          if (!isDynamic && !isOptional && !found.has(name)) found.set(name, file.span(start, end))
        }
    }
    return found
  }
}
