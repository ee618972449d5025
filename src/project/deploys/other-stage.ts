import {type Fact, type FactStore, known} from '../../facts.ts'
import {flagOf, mountsOf, type Stage} from '../dockerfile/parse.ts'
import {isNamed} from '../dockerfile/stage-name.ts'

/**
 * Every deploy takes a ready image, and nothing tells which stage it was built of (`docker buildx bake`, another repository):
 * of a Dockerfile with an image for each app the last stage is any of them.
 */
export async function loadOtherStage(facts: FactStore): Promise<Fact<{reason: string | undefined}>> {
  const [deploys, dockerfile] = await Promise.all([facts.value('deployCommands'), facts.value('dockerfile')])
  const [first, ...more] = deploys?.commands ?? []
  const isReady = first !== undefined && [first, ...more].every(({image, builtAt}) => image && !builtAt)
  const ends = isReady ? endsOf(dockerfile?.stages ?? []) : []
  return known({
    reason:
      ends.length > 1 ? `${first?.at.file} deploys an image that is made of any of ${ends.length} stages` : undefined,
  })
}

/** The stages that no other one is made of or takes something from, but those that check and those to develop with. */
const endsOf = (stages: readonly Stage[]): Stage[] =>
  stages.filter(
    (stage) =>
      !/(?:^|[-_.])(?:dev|development|tests?|lint|checks?|debug|ci)(?:$|[-_.])/.test(stage.name ?? '') &&
      !stages.some((other) => other.parent === stage || takesFrom(other, stage)),
  )

const takesFrom = ({instructions}: Stage, stage: Stage): boolean =>
  instructions.some((each) =>
    [flagOf(each, 'from'), ...mountsOf(each).map((mount) => mount.get('from'))].some(
      (from) => from !== undefined && isNamed(stage, from),
    ),
  )
