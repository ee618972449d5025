/** What a COPY lays into a folder of the image over which a volume is mounted. */
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions} from '../../dockerfile/parse.ts'
import type {Inputs} from '../../inputs.ts'
import {placedCopies} from './context-path.ts'
import {imagePath, isBelow} from './image-path.ts'

export interface CoveredCopy {
  at: FileLocation
  keyword: string
  /** One of the files of the project that it brings, and where that lies in the image. */
  path: string
  place: string
  /** How many it brings besides. */
  more: number
  /** The folder that the volume is mounted at, and where fly.toml says so. */
  folder: string
  mount: FileLocation
}

/** It is there so that git keeps the folder, or tells people what belongs there. */
const keepsFolder = /(?:^|\/)(?:\.[^/]*|README[^/]*)$/i
/** It changes rights alone, or makes a folder. */
const onlyTouches = /^[ \t]{0,20}(?:(?:chmod|chown|chgrp|mkdir|ls)\b[^;&|]{0,300}(?:&&|;|$)\s*)+$/

/**
 * A volume is mounted over what the image has there, and Fly.io copies nothing of it to a new one (fly.io/docs/volumes).
 * What the build itself reads there, a release command, which has no volume, or machines without it, is of use.
 */
export async function loadCoveredCopies(_: Inputs, facts: FactStore): Promise<Fact<CoveredCopy[]>> {
  const [flyConfig, {final}] = await facts.needAll('flyConfig', 'build')
  const {config, groups, hasContainers} = flyConfig
  if (hasContainers || config.build?.image || config.deploy?.release_command) return known([])
  const own = allInstructions(final.stage)
  const found: CoveredCopy[] = []
  for (const {destination = '', path, groups: mounting} of flyConfig.mounts) {
    const folder = imagePath('/', destination)
    const isOfAll = groups.every((group) => mounting.includes(group))
    // Over the folder of the app it hides much more.
    if (!destination.startsWith('/') || !isOfAll || isBelow(final.config.workingDir || '/', folder)) continue
    for (const {instruction, sources, target} of placedCopies(own)) {
      if (!isBelow(target, folder)) continue
      if (sources.some((source) => /\$|^\w+:\/\//.test(source))) continue
      const behind = own.slice(own.indexOf(instruction) + 1)
      const isUsed = behind.some(
        ({keyword, text}) =>
          keyword === 'RUN' && !onlyTouches.test(text) && (text.includes(folder) || mentions(text, sources)),
      )
      const brought = [...final.files.files()].flatMap(([place, {source}]) =>
        source !== undefined && isBelow(place, target) && !keepsFolder.test(source) ? [{path: source, place}] : [],
      )
      const [first] = brought
      if (isUsed || !first) continue
      const mount = flyConfig.at(...path, 'destination')
      found.push({at: instruction.at, keyword: instruction.keyword, ...first, more: brought.length - 1, folder, mount})
    }
  }
  return known(found)
}

const mentions = (text: string, sources: readonly string[]): boolean =>
  sources.some((source) => text.includes(source.replace(/^\.?\/|\/{1,9}$/g, '')))
