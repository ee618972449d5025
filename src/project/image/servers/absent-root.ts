/** Where nginx looks for pages, and the image has no folder of that name. */

import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {startedCommands} from '../../processes/processes.ts'
import {inAbsentFolder} from '../files/absent-folder.ts'
import {isBelow, withAbove} from '../files/image-path.ts'
import {mayBring, movesFiles} from '../may-hold.ts'
import {withoutNginxComments} from './nginx-text.ts'

export interface AbsentRoot {
  folder: string
  at: FileLocation
  by: string
  /** A folder of the image that has such pages, and what brings it. */
  instead: {folder: string; at: FileLocation} | undefined
  certain: boolean
}

/** Where distributions and packages have pages of their own. */
const ofSystem = /^\/(?:usr|etc|opt|lib\w*|var\/(?!www\/)|run|tmp|var\/www\/(?:html|localhost)(?:\/htdocs)?\/?$)/
const roots = /(?<=[\s;{}])root\s{1,50}["']?(\/[^\s;"'$]{1,300})["']?\s{0,20};/g

export async function loadAbsentRoots(facts: FactStore): Promise<Fact<AbsentRoot[]>> {
  const nginx = await facts.value('packagedNginx')
  if (!nginx) return known([])
  const {build, read, covered, start} = nginx
  const {final} = build
  const {texts} = await startedCommands(facts)
  // What a machine copies as it starts may be the pages.
  if (texts.some(({text, code}) => !code && movesFiles(text))) return known([])
  const found: AbsentRoot[] = []
  for (const [, file] of read) {
    const text = withoutNginxComments(file.text)
    // All that is handed on to another server needs no folder.
    if (/(?<=[\s;{}])location\s{1,20}\/\s{0,20}\{[^{}]{0,2000}_pass\s/.test(text)) continue
    for (const match of text.matchAll(roots)) {
      const folder = posix.resolve(match[1] as string)
      if (blockOf(text.slice(0, match.index)) !== 'server' || ofSystem.test(folder)) continue
      if (found.some((each) => each.folder === folder) || covered.some((each) => isBelow(folder, each))) continue
      if (final.unknown.some(({by, path}) => by === 'copy' && (isBelow(folder, path) || isBelow(path, folder))))
        continue
      const isLinked = withAbove(folder).some((each) => final.files.get(each, {followLast: false})?.kind === 'link')
      if (isLinked || final.files.get(folder) || (mayBring(final, folder) && !inAbsentFolder(build, `${folder}/`)))
        continue
      const at = file.span(match.index, match.index + match[0].length)
      found.push({
        folder,
        at,
        by: start.by,
        instead: insteadOf(folder),
        certain: (start.certain || start.command.supervised === true) && !mayBring(final, folder),
      })
    }
  }
  return known(found)

  /** A folder of the same name that has a first page. */
  function insteadOf(folder: string): AbsentRoot['instead'] {
    for (const [path, {at}] of final.files.files((names) => names.ending('index.php', 'index.html'))) {
      const place = posix.dirname(path)
      if (posix.basename(place) === posix.basename(folder)) return {folder: place, at}
    }
    return undefined
  }
}

/** The name of the block that a text ends in. */
function blockOf(text: string): string | undefined {
  let depth = 0
  for (let index = text.length - 1; index >= 0; index--) {
    if (text[index] === '}') depth++
    else if (text[index] === '{' && depth-- === 0)
      return /([\w-]+)[^;{}]{0,300}$/
        .exec(text.slice(Math.max(0, index - 300), index))?.[0]
        ?.trim()
        .split(/\s/)[0]
  }
  return undefined
}
