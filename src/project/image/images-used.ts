import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {flagOf} from '../dockerfile/parse.ts'
import {type NoSuchTag, noSuchTag} from './official-tags.ts'

/** An image of somebody else's that the build takes something from. */
export interface ImageUsed {
  image: string
  at: FileLocation
  /** A variable is part of the name. */
  filledIn: boolean
  /** Its tag never was. */
  missing: NoSuchTag | undefined
}

/** The images of the stages that are built, and those that COPY --from names. */
export async function loadBaseImages(facts: FactStore): Promise<Fact<ImageUsed[]>> {
  const build = await facts.get('build')
  if (build.state !== 'ok') return build
  const used: ImageUsed[] = []
  for (const {stage} of build.value.stages) {
    if (stage.image !== undefined && !stage.parent) add(stage.image, stage.at, stage.from.line.rest.includes('$'))
    for (const instruction of stage.instructions) {
      const from = instruction.keyword === 'COPY' ? flagOf(instruction, 'from') : undefined
      // No stage can have a colon in its name.
      if (from?.includes(':')) add(from, instruction.at, false)
    }
  }
  return known(used)

  function add(image: string, at: FileLocation, filledIn: boolean): void {
    used.push({image, at, filledIn, missing: noSuchTag(image)})
  }
}
