import {atLeast, everyOf, isBelow, parseRange} from './ranges.ts'
import type {Demand, Rule} from './rule.ts'

/** What the package managers ask of Node, by their major version (engines of their package.json). */
const engines = new Map<string, readonly (readonly [major: string, range: string])[]>([
  [
    'npm',
    [
      ['9', '^14.17.0 || ^16.13.0 || >=18.0.0'],
      ['10', '^18.17.0 || >=20.5.0'],
      ['11', '^20.17.0 || >=22.9.0'],
      ['12', '^22.22.2 || ^24.15.0 || >=26.0.0'],
    ],
  ],
  [
    'pnpm',
    [
      ['8', '>=16.14.0'],
      ['9', '>=18.12.0'],
      ['10', '>=18.12.0'],
      ['11', '>=22.13.0'],
    ],
  ],
])

/** npm refuses to install an npm that Node is too old for (EBADENGINE), and pnpm refuses to start. */
export const nodeTools: Rule = {
  language: 'Node',
  command:
    /^(?:npm (?:install|i|add)\b.* (?:-g|--global)\b|npm (?:install|i|add) (?:-g|--global)\b|corepack (?:prepare|use|install)\b)/,
  replaced: /\bnvm\b|\bfnm\b|\bvolta\b|\bn (?:\d|lts|latest|stable)|nodesource|nodejs\.org\/dist/,
  precision: 1,
  async demands(project, has) {
    // Before npm 8, which came with Node 16, npm only warns.
    const isOld = isBelow(everyOf(has), atLeast('16'))
    return project.words.flatMap((word): Demand[] => {
      const [, name = '', version = ''] = /^(npm|pnpm)@(\d+|latest)/.exec(word) ?? []
      const known = engines.get(name)
      // The newest one of pnpm has other rules.
      const entry =
        version === 'latest'
          ? name === 'npm'
            ? known?.at(-1)
            : undefined
          : known?.find(([major]) => major === version)
      const range = entry && parseRange(entry[1], 'npm')
      if (!entry || !range) return []
      const said = `${word} asks for ${entry[1]}`
      const at = project.step.instruction.at
      const hint =
        version === 'latest'
          ? 'Name a version that this Node runs, such as npm@10, or leave the line out: npm is in the image.'
          : undefined
      const outcome = name === 'pnpm' ? 'pnpm does not start' : undefined
      const likely = version === 'latest' || (name === 'npm' && isOld)
      return [{range, said, at, likely, ...(hint && {hint}), ...(outcome && {outcome})}]
    })
  },
}

/** Node's images had corepack up to Node 24, and Yarn up to 25 (github.com/nodejs/docker-node). */
const comesWith = (program: string, end: number, alsoBy = ''): Rule => ({
  language: 'Node',
  command: new RegExp(`^${program}\\b`),
  replaced: new RegExp(
    `\\b(?:npm|pnpm|bun|apk|apt|apt-get|volta|mise|asdf|curl|wget)\\b[^&;|]{0,500}\\b${program}(?:\\b|pkg)|--from=[^\\n]{0,500}${program}${alsoBy}`,
  ),
  precision: 1,
  async demands(project) {
    const range = parseRange(`<${end}`, 'npm') ?? []
    const said = `${program} came with it up to ${end - 1} only`
    const hint = `Install it before: RUN npm install -g ${program}; or take an image of Node 24.`
    return [{range, said, at: project.step.instruction.at, hint}]
  },
})

export const corepack = comesWith('corepack', 25)
export const yarn = comesWith('yarn', 26, '|\\bcorepack (?:enable|prepare|install|use)\\b')
