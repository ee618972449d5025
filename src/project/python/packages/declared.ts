import type {Python} from '../python.ts'
import type {Requirement} from './requirements.ts'

/** What all lists of the project ask for, whichever of them a build installs. */
export const declaredRequirements = (python: Python | undefined): Requirement[] =>
  [...(python?.requirements.values() ?? []), ...(python?.pyprojects.values() ?? [])].flatMap(
    ({requirements}) => requirements,
  )

export const declaredNames = (python: Python | undefined): string[] =>
  declaredRequirements(python).map(({name}) => name)
