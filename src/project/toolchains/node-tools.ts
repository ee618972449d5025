import {parseJson} from '../documents/json.ts'
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
    return project.words.flatMap((word, index): Demand[] => {
      // Without a version the newest is meant.
      const whole = word === 'npm' && index > 0 ? 'npm@latest' : word
      const [, name = '', version = ''] = /^(npm|pnpm)@(\d+|latest)/.exec(whole) ?? []
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
      const said = `${whole} asks for ${entry[1]}`
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

/** Corepack brings the pnpm that package.json names, whichever was prepared, and that refuses a Node too old for it. */
export const ownPnpm: Rule = {
  language: 'Node',
  command: /^pnpm /,
  replaced: new RegExp(
    String.raw`${nodeTools.replaced.source}|COREPACK_ENABLE_PROJECT_SPEC|COREPACK_DEFAULT_TO_LATEST|\b(?:npm|yarn|bun|curl|wget|apk|pnpm)\b[^&;|\n]{0,300}\b(?:pnpm(?:@|\b)|get\.pnpm)(?!-)`,
  ),
  precision: 1,
  async demands(project) {
    const {unknown, instruction} = project.step
    const enables = [...unknown.map(({text}) => text), instruction.text].some(
      (text) => text && /\bcorepack\s+enable\b(?!\s+(?:yarn|npm)\b)/.test(text),
    )
    const file = enables ? await project.find('package.json') : undefined
    const manifest = file && parseJson(file.text)
    if (!file || !manifest || !('value' in manifest)) return []
    const [named, major] = /^pnpm@(\d+)[\d.]*/.exec(String(manifest.value.packageManager ?? '')) ?? []
    const [, asked] = engines.get('pnpm')?.find(([each]) => each === major) ?? []
    const range = asked === undefined ? undefined : parseRange(asked, 'npm')
    if (!range) return []
    const at = manifest.at(['packageManager'])
    return [{range, said: `${named} of ${file.text.path} asks for ${asked}`, at, outcome: 'pnpm does not start'}]
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
