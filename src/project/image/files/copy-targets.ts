import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {jsonArray} from '../../dockerfile/logical-line.ts'
import type {Instruction} from '../../dockerfile/parse.ts'
import type {Inputs} from '../../inputs.ts'
import {strings} from '../stage-work.ts'
import {glob, hasWildcard} from './copy-files.ts'
import {contextSource} from './copy-sources.ts'

/** A COPY whose sources are a pattern, and that lays what it finds where nobody looks for it. */
export interface CopyTarget {
  at: FileLocation
  keyword: string
  source: string
  /** As it is written. */
  destination: string
  /** What the sources find in the context; nothing for those of another stage. */
  found: readonly string[]
  /**
   * `pattern`: the destination has a wildcard, which Docker takes for a name. `same`: all these files come to one path,
   * and the last of them stays.
   */
  kind: 'pattern' | 'same'
}

/** Of the stages that the image is made of. */
export async function loadCopyTargets(_: Inputs, facts: FactStore): Promise<Fact<CopyTarget[]>> {
  const [build, context] = await facts.needAll('build', 'buildContext')
  const source = contextSource(context)
  const instructions = build.stages.flatMap(({stage}) => stage.instructions)
  // Of folders the contents are laid together.
  const filesOf = (pattern: string) =>
    glob(source.files, pattern, false).filter((path) => source.files.entry(path)?.kind !== 'folder')
  return known(instructions.flatMap((each) => targetOf(each, filesOf) ?? []))
}

function targetOf(
  {keyword, line, at}: Instruction,
  filesOf: (pattern: string) => readonly string[],
): CopyTarget | undefined {
  if (!/^(?:COPY|ADD)$/.test(keyword) || line.heredocs.length > 0) return undefined
  const flags = new Map(line.flags)
  const words = strings(jsonArray(line.rest)) ?? line.rest.split(/\s+/).filter(Boolean)
  const destination = words.at(-1) ?? ''
  const sources = words.slice(0, -1)
  const source = sources.find(hasWildcard)
  if (source === undefined || words.some((word) => word.includes('$'))) return undefined
  const found = flags.has('from')
    ? []
    : [
        ...new Set(
          sources.flatMap((each) =>
            hasWildcard(each) ? filesOf(each).map((path) => path.slice(1)) : posix.resolve('/', each).slice(1),
          ),
        ),
      ]
  // The name of a folder may begin with [: Next.js has such routes.
  if (/[*?]/.test(destination)) return {at, keyword, source, destination, found, kind: 'pattern'}
  if (flags.has('parents') || flags.has('exclude') || found.length < 2) return undefined
  const [name, ...others] = new Set(found.map((path) => posix.basename(path)))
  // What is one file, and not a folder, has its own name: of folders the contents are laid together.
  const isFile = name !== undefined && /.\.\w+$/.test(name)
  return isFile && others.length === 0 ? {at, keyword, source, destination, found, kind: 'same'} : undefined
}
