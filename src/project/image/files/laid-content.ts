import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {allInstructions, flagOf, type Stage} from '../../dockerfile/parse.ts'
import {copyOf, workdirAfter} from './context-path.ts'

/** A folder that is named as if COPY had laid it down, and not its content. */
export interface LaidContent {
  at: FileLocation
  /** The folder that is copied, the stage, and where its content lies. */
  source: string
  from: string
  target: string
  name: string
}

const moves = /\b(?:mkdir|mv|cp|ln|tar|unzip|git|rsync)\b/

/**
 * `COPY --from=build /app/server ./` and `node server/entry.js`: what was copied is in the working directory, and no
 * folder of that name is. Undefined where another instruction may bring one.
 */
export function laidContent(stage: Stage, workingDir: string, path: string): LaidContent | undefined {
  const [name = '', ...inside] = posix.relative(workingDir, path).split('/')
  if (inside.length === 0 || name === '..') return undefined
  const place = posix.join(workingDir, name)
  let workdir = '/'
  let found: LaidContent | undefined
  for (const instruction of allInstructions(stage)) {
    const {keyword, text, at} = instruction
    if (keyword === 'WORKDIR') workdir = workdirAfter(workdir, instruction)
    if (keyword === 'RUN' && (moves.test(text) || text.includes(name))) return undefined
    if (keyword === 'ADD') return undefined
    const copy = keyword === 'COPY' ? copyOf(instruction) : undefined
    if (keyword === 'COPY' && (!copy || [...copy.sources, copy.target].some((word) => /[$*?[]/.test(word))))
      return undefined
    if (!copy) continue
    // It makes the folders of the path anew.
    if (flagOf(instruction, 'parents') !== undefined) return undefined
    const target = posix.resolve(workdir, copy.target)
    const from = flagOf(instruction, 'from')
    for (const source of copy.sources) {
      const base = posix.basename(source)
      const isLaid = target === workingDir && base === name
      if (isLaid && from !== undefined && copy.sources.length === 1) found = {at, source, from, target, name}
      else if (!isLaid && mayBring(source, target)) return undefined
    }
  }
  return found

  /** A folder with others in it: the whole of a stage, or of the project. What is built has no sources beside it. */
  function mayBring(source: string, target: string): boolean {
    const base = posix.basename(source)
    if (target === place || target.startsWith(`${place}/`)) return true
    if (!(target === workingDir || workingDir.startsWith(`${target === '/' ? '' : target}/`))) return false
    return !/\.\w+$|^(?:dist|build|public|static|assets|node_modules|prisma|migrations|drizzle|locales)$/.test(base)
  }
}
