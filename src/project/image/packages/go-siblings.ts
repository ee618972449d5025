import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {blocksAround, type Code, codeOf} from '../../code/code.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {BuildCommand} from '../build-commands.ts'
import {builtPackages, type GoProgram, goFiles} from '../files/named/go-packages.ts'
import {sourceAt} from '../moment.ts'

/** A name that a file takes from another one of its package, which `go build main.go` leaves out. */
export interface LeftOutName {
  name: string
  /** The file that has it, as the project calls it. */
  declaredIn: string
  usedAt: FileLocation
}

/**
 * "undefined: routes": where a command names files, the package is these files alone, whatever else lies in the folder
 * (go help packages).
 */
export async function leftOutName(
  command: BuildCommand,
  {module, root, sources}: GoProgram,
  {reader, project}: {reader: ProjectReader; project: Files},
): Promise<LeftOutName | undefined> {
  for (const {place, names} of builtPackages(command, module, root)) {
    if (!names || names.some((name) => /[*?[]/.test(name))) continue
    const built = sources.filter((each) => posix.dirname(each.place) === place)
    // One with a condition of its own is not read.
    if (built.length !== names.length) continue
    const codes = built.flatMap(({file}) => codeOf(file) ?? [])
    const entry = command.moment.files.get(place)
    const others = entry?.kind === 'folder' ? goFiles(entry).filter((name) => !names.includes(name)) : []
    for (const other of others) {
      const source = sourceAt(command.moment, posix.join(place, other), project)
      const file = await reader.text(source)
      const code = file && codeOf(file)
      if (!code || packageOf(code) !== packageOf(codes[0]) || /^\/\/(?:go:build| ?\+build) /m.test(file.text)) continue
      for (const [, name = ''] of code.bare.matchAll(/^func[ \t]+(\w+)[ \t]*[([]/gm)) {
        const usedAt = name === 'main' || name === 'init' ? undefined : callOf(name, codes)
        if (usedAt) return {name, declaredIn: file.path, usedAt}
      }
    }
  }
  return undefined
}

const packageOf = (code: Code | undefined): string | undefined => /^package[ \t]+(\w+)/m.exec(code?.text ?? '')?.[1]

/** Where the files call a function of this name and none of them has it, nor an import that brings names without its own. */
function callOf(name: string, codes: readonly Code[]): FileLocation | undefined {
  const declares = new RegExp(
    `\\bfunc[ \\t]+${name}\\b|\\b${name}(?:,[^=\\n]{0,200})?[ \\t]*:?=|\\bvar[ \\t]+${name}\\b|[(,\\t ]${name}[ \\t]+func\\b|^[ \\t]*\\.[ \\t]+"`,
    'm',
  )
  if (codes.some(({text}) => declares.test(text))) return undefined
  for (const code of codes) {
    for (const match of code.bare.matchAll(new RegExp(`(?<![\\w.)][ \\t]{0,20}|[\\w.])${name}[ \\t]{0,20}\\(`, 'g'))) {
      const around = blocksAround(code, match.index)
      if (around.length === 0 || around.some((header) => /\binterface$/.test(header))) continue
      return code.file.span(match.index, match.index + name.length)
    }
  }
  return undefined
}
