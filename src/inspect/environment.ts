import type {FileLocation} from '../check.ts'
import type {Facts} from '../facts.ts'

/** A variable that the code reads. */
export interface InspectedVariable {
  name: string
  /** The code stops without it, where it is read. */
  required: boolean
  reads: {at: FileLocation; without: 'fails' | 'continues' | 'unknown'}[]
}

/** By name; what is read with a default anywhere is not required. */
export function inspectEnvironment({reads}: Facts['environment']): InspectedVariable[] {
  const variables = new Map<string, InspectedVariable>()
  for (const {name, required, at, without} of reads) {
    const variable = variables.get(name) ?? {name, required: false, reads: []}
    variable.required ||= required
    variable.reads.push({at, without})
    variables.set(name, variable)
  }
  return [...variables.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

const meanings = {
  fails: 'the deploy stops without it',
  unknown: '',
  continues: 'it has a default',
}

/** The same for reading: the required ones first, each read with its line. */
export function describeEnvironment(variables: readonly InspectedVariable[]): string {
  if (variables.length === 0) return 'Nothing that is read from the environment is known.\n'
  const list = (wanted: boolean) => {
    const lines = variables
      .filter(({required}) => required === wanted)
      .flatMap(({name, reads}) => [
        name,
        ...reads.map(({at, without}) => `  ${at.file}:${at.line ?? 1}${meanings[without] && `  ${meanings[without]}`}`),
      ])
    return lines.length > 0 ? lines : ['(none is seen)']
  }
  return [
    'Required',
    ...list(true).map((each) => `  ${each}`),
    '',
    'Optional',
    ...list(false).map((each) => `  ${each}`),
    '',
  ].join('\n')
}
