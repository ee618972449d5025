import type {TextFile} from '../../files/text.ts'
import {parsedModule} from '../source/parsed-module.ts'
import type {Binding} from '../source/scope.ts'
import {scopesOf} from '../source/scopes.ts'

export interface UnusedName extends Pick<Binding, 'name' | 'start'> {
  kind: 'import' | 'local' | 'parameter'
}

/**
 * Names that a module of TypeScript imports or declares, and that nothing reads: with noUnusedLocals or noUnusedParameters
 * an error of tsc (TS6133, TS6192, TS6196, TS6198; checkUnusedIdentifiers of its checker.ts). Held against tsc 5.9 in 6,000
 * files.
 */
export function unusedNames(file: TextFile): UnusedName[] {
  const {path, text} = file
  if (/\.d\.[cm]?ts$/.test(path) || /@ts-nocheck|@jsx/.test(text)) return []
  // The names of what is no module are those of all files.
  if (parsedModule(file).tree?.program.sourceType !== 'module') return []
  const linked = linkedNames(text)
  return (scopesOf(file)?.bindings ?? []).flatMap((binding) => {
    const {name, start, kind, isRead, isExported} = binding
    if (kind === 'apart' || isRead || isExported || mayBeUnused(binding) || linked.has(name)) return []
    return isIgnored(text, start) ? [] : [{name, start, kind}]
  })
}

/** Imports, parameters and parts of something may say so; of parts tsc takes fewer. */
const mayBeUnused = ({name, kind, isPart}: Binding): boolean => name.startsWith('_') && (kind !== 'local' || isPart)

/** What `{@link Order}` names is used. */
const linkedNames = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/@(?:link(?:code|plain)?|see)\s{1,20}([\w$]{1,200})/g)].map(([, name = '']) => name))

/** `// @ts-ignore` speaks of the next line; an import may begin there. */
const isIgnored = (text: string, start: number): boolean =>
  /@ts-(?:ignore|expect-error)/.test(text.slice(0, start).split('\n').slice(-4).join('\n'))
