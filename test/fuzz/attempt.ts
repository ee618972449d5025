import fc from 'fast-check'
import type {Project} from '../harness.ts'
import {examine} from './examine.ts'
import {cases, mutated} from './mutations.ts'

export interface Defect {
  /** What went wrong, of the smallest case that does. */
  message: string
  project: Project
}

/** Makes one case out of a seed, and examines it. `onTry` is told of it, and of each smaller one if it fails. */
export async function attempt(
  corpus: readonly Project[],
  seed: number,
  onTry: () => void = () => undefined,
): Promise<Defect | undefined> {
  let message = ''
  const property = fc.asyncProperty(cases(corpus), async (each) => {
    onTry()
    const [defect] = await examine(mutated(corpus, each))
    if (defect === undefined) return true
    message = defect
    return false
  })
  const {failed, counterexample} = await fc.check(property, {seed, numRuns: 1})
  return failed && counterexample ? {message, project: mutated(corpus, counterexample[0])} : undefined
}
