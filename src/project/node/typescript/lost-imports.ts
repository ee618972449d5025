/** Files that a file imports which tsc compiles, and that no COPY has brought by then: tsc ends with TS2307. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {importSpecifiers} from '../imports/import-specifiers.ts'
import {isLookedUp, silencesTsc} from './checked-imports.ts'
import {isGenerated, type TscProgram} from './tsc-programs.ts'
import {compilerOption} from './tsconfig.ts'

export interface LostImport {
  program: TscProgram
  /** In the project, and in the image. */
  path: string
  place: string
  /** The file that imports it, and where. */
  file: string
  named: FileLocation
}

const endings = ['', '.ts', '.tsx', '.d.ts', '.mts', '.js', '.jsx', '.json', '/index.ts', '/index.tsx', '/index.js']

/** A declaration may stand for others. */
const ofTsc = /\.(?:[cm]?[jt]sx?|json)$/

/** The first one of each program; `import type` is left out. */
export async function lostImports(
  programs: readonly TscProgram[],
  {reader, paths}: {reader: ProjectReader; paths: Files},
): Promise<LostImport[]> {
  const found: LostImport[] = []
  for (const program of programs) {
    if (!/^(?:vue-)?tsc\b|^nest\b/.test(program.name) || compilerOption(program.configs, 'rootDirs')) continue
    const first = await firstOf(program)
    if (first) found.push(first)
  }
  return found

  async function firstOf(program: TscProgram): Promise<LostImport | undefined> {
    for (const file of await reader.texts(program.sources)) {
      if (file.path.endsWith('.d.ts') || silencesTsc(file.text)) continue
      for (const {text, start, end} of importSpecifiers(file.text)) {
        if (!text.startsWith('.') || !isLookedUp(file.text, start)) continue
        const base = posix.join(posix.dirname(file.path), text)
        const typed = base.replace(/\.([cm]?)jsx?$/, '.$1ts')
        const targets = [...endings.map((ending) => base + ending), typed, `${typed}x`].filter(
          (each) => ofTsc.test(each) && paths.has(each),
        )
        const [path] = targets
        if (path === undefined || targets.some((each) => isGenerated.test(each) || !program.absent(each))) continue
        return {program, path, place: program.placeOf(path), file: file.path, named: file.span(start, end)}
      }
    }
    return undefined
  }
}
