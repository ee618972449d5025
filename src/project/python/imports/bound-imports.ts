import {topLevelImports} from './top-level-imports.ts'

/** What the imports of a module bind where they surely run: `np` to `numpy`, `Field` to `pydantic.Field`; of relative ones with their dots. */
export function boundImports(source: string): Map<string, string> {
  const bound = new Map<string, string>()
  for (const {relative, start, end} of topLevelImports(source)) {
    const text = source
      .slice(start, end)
      .replace(/#.*$/gm, ' ')
      .replace(/[()\\\s]+/g, ' ')
      .trim()
    const [, module = '', names] = /^from ([.\w]+) import (.*)$/.exec(text) ?? []
    const list = (names ?? text.replace(/^import /, '')).split(',').map((each) => each.trim())
    for (const each of list) {
      const [name = '', word, alias] = each.split(' ')
      if (name === '' || name === '*') continue
      if (names !== undefined)
        bound.set(alias ?? name, relative > 0 && /^\.+$/.test(module) ? `${module}${name}` : `${module}.${name}`)
      else if (word === 'as' && alias) bound.set(alias, name)
      else bound.set(name.split('.')[0] as string, name.split('.')[0] as string)
    }
  }
  return bound
}
