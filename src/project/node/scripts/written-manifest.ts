import {posix} from 'node:path'
import {allInstructions, flagOf, type Instruction} from '../../dockerfile/parse.ts'
import {type Files, javascript} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Build} from '../../image/build.ts'

const writes =
  /\bwrite(?:File|Json|JSON|Package|_text)|\bfs\.write|\bdump\(|>\s{0,9}\S{0,200}package\.json|\bsed\s+-i|\bpkg\s+set\b/
/** More programs than a build has. */
const mostPrograms = 50

/** Whether a program of the project that one of these commands names may write package.json: `node scripts/release.js`. */
export async function programWrites(
  commands: readonly string[],
  files: Files,
  reader: ProjectReader,
): Promise<boolean> {
  const text = commands.join('\n')
  const programs = files
    .ending(...javascript, '.sh', '.py')
    .filter((path) => text.includes(posix.basename(path)) || text.includes(path.replace(/\.\w+$/, '')))
  const texts = await reader.texts(programs.slice(0, mostPrograms))
  return texts.some((each) => each.text.includes('package.json') && writes.test(each.text))
}

/**
 * Whether a COPY behind that of the package.json of a folder lays one of another stage over that: the build may have made
 * one there.
 */
export function isLaidOver({final: {stage, config}}: Build, folder: string, line: number): boolean {
  const isHere = ({words}: Instruction) => posix.resolve(config.workingDir, words.at(-1) ?? '') === folder
  return allInstructions(stage).some(
    (each) =>
      each.keyword === 'COPY' &&
      (each.at.line ?? 0) > line &&
      flagOf(each, 'from') !== undefined &&
      isHere(each) &&
      each.words.slice(0, -1).some((word) => /(?:^|\/)[^/.*]*\/?\.?$/.test(word)),
  )
}
