/** Imports of what tsc wrote that lead out of the folder which a COPY takes of its output. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {allInstructions, flagOf} from '../../dockerfile/parse.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {Build} from '../../image/build.ts'
import {placedCopies} from '../../image/files/context-path.ts'
import {isBelow} from '../../image/files/image-path.ts'
import {mayBring} from '../../image/may-hold.ts'
import {builtPlaces} from '../../image/outputs/built-places.ts'
import {type ImportSpecifier, importSpecifiers} from '../imports/import-specifiers.ts'
import {isKept} from '../imports/is-kept.ts'
import type {ScriptFault} from '../imports/own-imports.ts'
import {resolvedImport} from '../imports/resolved-import.ts'
import {commonRoot} from './common-root.ts'
import type {TscProgram} from './tsc-programs.ts'
import {isWhole} from './tsc-projects.ts'
import {compilerOption} from './tsconfig.ts'

const mostFiles = 400
const compiled = /(?<!\.d)\.[cm]?tsx?$/

/**
 * tsc keeps relative paths: where a COPY takes a folder of its output (`dist/server`), an import of a file beside that
 * (`../shared/price`) leads to where nothing is. Of a program in one stage, that the last stage copies.
 */
export async function leftImports(
  path: string,
  {
    build,
    programs,
    reader,
    paths,
  }: {build: Build; programs: readonly TscProgram[]; reader: ProjectReader; paths: Files},
): Promise<ScriptFault[]> {
  const [, only, another] = builtPlaces(build, path)
  const takes = [...placedCopies(allInstructions(build.final.stage))].findLast(
    ({instruction, target}) => flagOf(instruction, 'from') !== undefined && isBelow(path, target),
  )
  if (!only?.from || another || !takes) return []
  for (const program of programs) {
    if (!only.stages.has(program.command.moment.stage) || !/^tsc\b|^nest build$/.test(program.name)) continue
    const output = compilerOption(program.configs, 'outDir')
    const set = compilerOption(program.configs, 'rootDir')
    if (typeof output?.value !== 'string' || output.value.includes('${') || !isWhole(program.configs)) continue
    const folder = posix.join(posix.dirname(output.from.path), output.value).replace(/\/$/, '')
    const place = program.placeOf(folder)
    if (!isBelow(only.path, place)) continue
    const root =
      typeof set?.value === 'string'
        ? posix.join(posix.dirname(set.from.path), set.value).replace(/^\.\/?$|\/$/, '')
        : (await commonRoot(program, {reader, paths}))?.folder
    if (root === undefined) continue
    // As tsc lays them: a path of the output for each source.
    const writtenAs = (source: string) =>
      posix.join(place, posix.relative(root, source)).replace(/\.([cm]?)tsx?$/, '.$1js')
    const inside = posix.join(root, posix.relative(place, only.path))
    const entry = ['ts', 'tsx'].map((ending) => inside.replace(/js$/, ending)).find((each) => paths.has(each))
    if (entry === undefined) continue
    const laidAt = (source: string) =>
      posix.resolve(posix.dirname(path), posix.relative(posix.dirname(only.path), writtenAs(source)))
    return await follow(
      entry,
      writtenAs,
      laidAt,
      only.from.stage.name ?? String(only.from.stage.index),
      takes.instruction.at,
    )
  }
  return []

  async function follow(
    entry: string,
    writtenAs: (source: string) => string,
    laidAt: (source: string) => string,
    from: string,
    at: FileLocation,
  ): Promise<ScriptFault[]> {
    const next = [entry]
    const seen = new Set<string>()
    for (let source = next.shift(); source !== undefined && seen.size < mostFiles; source = next.shift()) {
      const file = seen.has(source) ? undefined : await reader.text(source)
      seen.add(source)
      for (const each of file ? importSpecifiers(file.text) : []) {
        if (!file || each.isDynamic || !/^\.{1,2}\//.test(each.text) || !(await isKeptHere(file, each))) continue
        const target = resolvedImport(posix.join(posix.dirname(source), each.text), paths)
        if (target === undefined || !compiled.test(target)) continue
        const laid = laidAt(target)
        if (!isAbsent(laid)) {
          next.push(target)
          continue
        }
        const folder = posix.dirname(laid)
        return [
          {
            ...{kind: 'left-out', specifier: each.text, at, because: file.span(each.start, each.end)},
            ...{file: target, place: laid, copy: `COPY --from=${from} ${posix.dirname(writtenAs(target))} ${folder}`},
          },
        ]
      }
    }
    return []
  }

  /** Neither the file nor anything that may bring it; what a COPY takes of a build is in its folder. */
  function isAbsent(place: string): boolean {
    const {final} = build
    const names = [place, place.replace(/\.([cm]?)js$/, '.$1ts'), `${place}x`, posix.dirname(place)]
    const isTaken = final.unknown.some((each) => each.by === 'copy' && isBelow(place, each.path))
    return !isTaken && !names.some((each) => final.files.get(each)) && !mayBring(final, place)
  }

  async function isKeptHere(file: TextFile, each: ImportSpecifier): Promise<boolean> {
    const target = resolvedImport(posix.join(posix.dirname(file.path), each.text), paths)
    return isKept(file, each, target === undefined ? undefined : await reader.text(target))
  }
}
