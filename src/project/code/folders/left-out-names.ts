/** Files that code asks for by their name alone, in folders below its own, and that a line of .dockerignore keeps from it. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {groupBy} from '../../../group-by.ts'
import type {BuildContext} from '../../context/build-context.ts'
import {escapePattern} from '../../escape-pattern.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {BuiltStage} from '../../image/build-stage.ts'
import {mayBring} from '../../image/may-hold.ts'
import {codeOf} from '../code.ts'

export interface LeftOutName {
  /** In the project, and in the image; its name stands in the code. */
  path: string
  place: string
  at: FileLocation
}

/** What programs read beside their code. */
const endings = ['.md', '.json', '.yaml', '.yml', '.txt', '.html', '.sql', '.j2', '.jinja', '.toml', '.csv', '.tmpl']
/** What others read: tools, and people. */
const besides =
  /^(?:README|CHANGELOG|LICENSE|CONTRIBUTING|AGENTS|CLAUDE|NOTICE|index|package|package-lock|tsconfig|pyproject|requirements|docker-compose|conftest)\b/i
const reads = /\b(?:read_text|read_bytes|open|is_file|exists|glob|rglob|load|safe_load)\(/

/**
 * Python code of the last stage that names a file, `base / name / "SKILL.md"`, of which the project has some below the folder of
 * that code: none of them comes through.
 */
export async function leftOutNames(
  final: BuiltStage,
  {paths, context, reader}: {paths: Files; context: BuildContext; reader: ProjectReader},
): Promise<LeftOutName[]> {
  const named = paths.ending(...endings).filter((path) => path.includes('/') && !besides.test(posix.basename(path)))
  const names = groupBy(named, (path) => posix.basename(path))
  const hidden = [...names].filter(([, all]) => all.every((path) => context.leftOut(`/${path}`)))
  if (hidden.length === 0 || hidden.length > 200) return []
  // The code by its folder, as the last stage has it.
  const code = groupBy(
    [...final.files.files((each) => each.ending('.py'))].flatMap(([place, {source}]) =>
      place.endsWith('.py') && paths.has(source) ? [{place, source}] : [],
    ),
    ({source}) => posix.dirname(source),
  )
  const found: LeftOutName[] = []
  for (const [name, all] of hidden) {
    const literal = new RegExp(`(?<=[/,(]\\s{0,20})["']${escapePattern(name)}["']`)
    // Of many files of one name, some tell.
    for (const path of all.slice(0, 20)) {
      const first = await readerOf(path, literal)
      if (!first) continue
      const place = posix.join(posix.dirname(first.place), posix.relative(posix.dirname(first.source), path))
      if (!final.files.get(place) && !mayBring(final, place)) found.push({path, place, at: first.at})
    }
  }
  return found

  /** The first file of code in the folders above a file that names it, and reads something. */
  async function readerOf(
    path: string,
    literal: RegExp,
  ): Promise<{place: string; source: string; at: FileLocation} | undefined> {
    for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) {
      for (const each of code.get(folder) ?? []) {
        const file = await reader.text(each.source)
        const match = file && reads.test(file.text) ? literal.exec(codeOf(file)?.text ?? '') : null
        if (file && match) return {...each, at: file.span(match.index, match.index + match[0].length)}
      }
    }
    return undefined
  }
}
