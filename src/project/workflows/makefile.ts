import {onceOf} from '../../once.ts'
import type {TextFile} from '../files/text.ts'

/** One line of a recipe, which make hands to a shell of its own. */
interface Recipe {
  text: string
  /** Its offset in the file. */
  start: number
  /** The variables of the Makefile. */
  own(name: string): string | undefined
  /** Those of `?=`, which hold where the environment has none. */
  fallback(name: string): string | undefined
}

type Rules = ReadonlyMap<string, {needs: string[]; recipes: Recipe[]}>

/** The recipes of targets, behind those of what they depend on; of the first target where none is named. */
export function recipesOf(file: TextFile, targets: readonly string[]): Recipe[] {
  const rules = rulesOf(file)
  const [first] = rules.keys()
  const found: Recipe[] = []
  const seen = new Set<string>()
  const visit = (target: string): void => {
    const rule = rules.get(target)
    if (!rule || seen.has(target)) return
    seen.add(target)
    for (const need of rule.needs) visit(need)
    for (const recipe of rule.recipes) found.push(recipe)
  }
  for (const target of targets.length > 0 ? targets : first === undefined ? [] : [first]) visit(target)
  return found
}

/** Steps by the hundred start targets of the same file. */
const rulesOf = onceOf((file: TextFile): Rules => {
  const rules = new Map<string, {needs: string[]; recipes: Recipe[]}>()
  const values = new Map<string, string | undefined>()
  const fallbacks = new Map<string, string | undefined>()
  const seen = new Set<string>()
  const own = (name: string) => values.get(name)
  const fallback = (name: string) => fallbacks.get(name)
  let current: string[] = []
  for (let number = 1; number <= file.lineCount; number++) {
    const line = file.line(number)
    const start = file.offset(number, 1)
    if (line.startsWith('\t')) {
      const lines = [line]
      while (lines.at(-1)?.endsWith('\\') && number < file.lineCount) lines.push(file.line(++number))
      const text = lines.join('\n')
      const [lead = ''] = /^\t\s*[@+-]*/.exec(text) ?? []
      // `$(NAME)` is make's, `$$NAME` the shell's; the length stays.
      const body = text
        .slice(lead.length)
        .replace(/\$\((\w+)\)/g, '${$1}')
        .replaceAll('$$', ' $')
      const recipe = {text: lead.includes('-') ? `${body} || true` : body, start: start + lead.length, own, fallback}
      for (const target of current) rules.get(target)?.recipes.push(recipe)
      continue
    }
    const [, name, weak, value] = /^(?:export )?(\w+)\s*(\?)?:?=\s*([^#]*?)\s*$/.exec(line) ?? []
    if (name !== undefined) {
      // Of one that is set twice, or to what is not known here, nothing is said.
      const isPlain = !seen.has(name) && !value?.includes('$')
      seen.add(name)
      fallbacks.set(name, isPlain && weak ? value : undefined)
      values.set(name, isPlain && !weak ? value : undefined)
      continue
    }
    const [, names, needs = ''] = /^([\w. -]{1,300}?)[ \t]{0,20}::?(?!=)([^=#;]*)$/.exec(line) ?? []
    if (names === undefined) {
      if (line.trim() !== '' && !line.startsWith('#')) current = []
      continue
    }
    current = names.split(/\s+/).filter((each) => each !== '.PHONY')
    for (const target of current) {
      const rule = rules.get(target) ?? {needs: [], recipes: []}
      rule.needs.push(...needs.split(/\s+/).filter(Boolean))
      rules.set(target, rule)
    }
  }
  return rules
})
