/** How what `mix release` writes comes to the machines, and whether that is what they start. */
import type {FactStore} from '../../facts.ts'
import {copiesFrom} from '../dockerfile/parse.ts'
import type {Image} from '../image/image.ts'
import {startedCommands} from '../processes/processes.ts'

/** Whether the last stage takes what `mix release` has written in another one: in the stage that builds, Mix is there. */
export const takesRelease = ({final, stages}: Pick<Image, 'final' | 'stages'>): boolean =>
  stages.some(
    (each) =>
      each !== final &&
      copiesFrom(final.stage, each.stage) &&
      each.commands.some(({words: [program, verb]}) => program === 'mix' && verb === 'release'),
  )

/** Whether the machines start mix itself, which compares nothing with what is compiled, or compiles anew. */
export async function startsWithMix(facts: FactStore): Promise<boolean> {
  const {started, scripts} = await startedCommands(facts)
  return (
    started.some(({command}) => command.words.some((word) => /^(?:mix|iex)$/.test(word ?? ''))) ||
    scripts.some(({file}) => /\b(?:mix|iex)\s/.test(file.text))
  )
}
