import type {Python} from '../python.ts'

/** The names of all packages that the lists of the project ask for. */
export const declaredNames = (python: Python | undefined): string[] =>
  [...(python?.requirements.values() ?? []), ...(python?.pyprojects.values() ?? [])].flatMap(({requirements}) =>
    requirements.map(({name}) => name),
  )
