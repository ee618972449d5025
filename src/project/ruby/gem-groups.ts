import type {TextFile} from '../files/text.ts'

/** The group of what stands in no block. */
export const noGroup = 'default'

/** Code that decides which gems are there. */
const decides =
  /^\s*(?:if|unless|case|elsif|else|while|def|eval_gemfile|gemspec|instance_eval|eval|load|require_relative|plugin|install_if)\b|\b(?:each\w*|times|map)\b|^\s*gem\b.*\s(?:if|unless)\s|^\s*gem[ (]+(?!["'])/

/** The groups that a Gemfile gives each of its gems; undefined where a program decides. */
export function gemGroups(gemfile: TextFile): ReadonlyMap<string, ReadonlySet<string>> | undefined {
  const found = new Map<string, Set<string>>()
  const open: (readonly string[] | undefined)[] = []
  let pending = ''
  for (let number = 1; number <= gemfile.lineCount; number++) {
    const line =
      pending +
      gemfile
        .line(number)
        .replace(/(^|\s)#.*$/s, '$1')
        .trim()
    // A list that goes on in the next line.
    pending = /,$/.test(line) ? `${line} ` : ''
    if (pending !== '') continue
    if (decides.test(line)) return undefined
    const [, groups] = /^group[ (]{1,5}([^()]{1,200})\)?\s{0,5}do$/.exec(line) ?? []
    if (groups !== undefined) open.push(namesIn(groups))
    else if (/\bdo(?:\s{0,99}\|[^|]{0,300}\|)?$/.test(line)) open.push(undefined)
    else if (line === 'end') open.pop()
    const [, name, options = ''] = /^gem[ (]+["']([\w.-]+)["'](.*)$/.exec(line) ?? []
    if (name === undefined) continue
    const [, own] =
      /(?:\bgroups?:|:groups?\s{0,20}=>)\s{0,20}(\[[^\]]{0,500}\]|%i\[[^\]]{0,500}\]|%w\[[^\]]{0,500}\]|:\w+|["']\w+["'])/.exec(
        options,
      ) ?? []
    const all = [...open.flatMap((each) => each ?? []), ...(own === undefined ? [] : namesIn(own))]
    const groupsOf = found.get(name) ?? new Set()
    for (const each of all.length > 0 ? all : [noGroup]) groupsOf.add(each)
    found.set(name, groupsOf)
  }
  return found
}

const namesIn = (text: string): string[] => text.replace(/%[iw](?=\[)/g, '').match(/\w+/g) ?? []
