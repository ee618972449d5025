import type {TextFile} from '../../files/text.ts'
import {parsedModule} from './parsed-module.ts'
import {scopesOf} from './scopes.ts'

/** The values that a module exports by a declaration, with the offsets of their names; types are none. */
export function exportedValues(file: TextFile): [name: string, start: number][] {
  const declared = scopesOf(file)?.bindings.filter(({isExported, meaning}) => isExported && meaning === 'value') ?? []
  const standard = parsedModule(file).tree?.program.body.find(({type}) => type === 'ExportDefaultDeclaration')
  const [from = 0, to = 0] = [standard?.start ?? 0, standard?.end ?? 0]
  return [
    ...declared
      .filter(({start}) => start < from || start >= to)
      .map(({name, start}): [string, number] => [name, start]),
    ...(standard ? [['default', from] as [string, number]] : []),
  ]
}
