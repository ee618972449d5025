import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {rootImage} from '../../dockerfile/parse.ts'
import {isTable} from '../../documents/document.ts'
import {noFiles} from '../../files/files.ts'
import {releaseOf} from '../../image/base/releases.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {unchangedAt} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {readRequest} from '../scripts/package-runner.ts'
import {type NpmPackages, npmLockPackages} from './npm-lock.ts'

/**
 * A package of package-lock.json whose part for the image's system is not in it: npm, run where node_modules was already
 * there, writes down the part of its own system alone, and no later install adds the others (npm/cli#4828).
 */
export interface PlatformGap {
  /** `@tailwindcss/oxide`, and its part `@tailwindcss/oxide-linux-x64-musl`. */
  name: string
  part: string
  others: number
  install: BuildCommand
  lock: FileLocation
  image: string
  /** What loads it: `vite build`. */
  used: BuildCommand
}

/** Tools that load the package when they start, and what the lock then has beside it. */
interface Rule {
  part(libc: 'gnu' | 'musl'): string
  tools: RegExp
  applies(packages: NpmPackages): boolean
}

const viteTools = /^(?:vite|astro|react-router|remix|svelte-kit|nuxt|nuxi|vitepress|storybook|vinxi|quasar|ladle)$/
const pageTools =
  /^(?:next|vite|astro|react-router|remix|svelte-kit|nuxt|nuxi|vitepress|vinxi|webpack|postcss|tailwindcss|turbo)$/
const major = (packages: NpmPackages, name: string): number => {
  const entry = packages[`node_modules/${name}`]
  return isTable(entry) && typeof entry.version === 'string' ? Number.parseInt(entry.version, 10) : Number.NaN
}
/** Tailwind 4 loads both where it compiles. */
const withTailwind = (packages: NpmPackages): boolean =>
  ['postcss', 'vite', 'cli'].some((each) => `node_modules/@tailwindcss/${each}` in packages)

const rules: ReadonlyMap<string, Rule> = new Map([
  [
    'rollup',
    {
      part: (libc) => `@rollup/rollup-linux-x64-${libc}`,
      tools: new RegExp(`${viteTools.source}|^rollup$`),
      // From 8 on Vite takes rolldown.
      applies: (packages) => major(packages, 'vite') < 8,
    },
  ],
  [
    'rolldown',
    {
      part: (libc) => `@rolldown/binding-linux-x64-${libc}`,
      tools: new RegExp(`${viteTools.source}|^(?:rolldown|tsdown)$`),
      applies: (packages) => !(major(packages, 'vite') < 8),
    },
  ],
  [
    '@tailwindcss/oxide',
    {part: (libc) => `@tailwindcss/oxide-linux-x64-${libc}`, tools: pageTools, applies: withTailwind},
  ],
  ['lightningcss', {part: (libc) => `lightningcss-linux-x64-${libc}`, tools: pageTools, applies: withTailwind}],
])

const renews =
  /\brm\b[^\n&;|]{0,300}package-lock|--no-package-lock|\bpackage-lock\s*=\s*false|\bset package-lock\b|\bnpm (?:update|upgrade|up|dedupe)\b/

export async function loadPlatformGaps({reader}: Inputs, facts: FactStore): Promise<Fact<PlatformGap[]>> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const paths = files ?? noFiles
  const found: PlatformGap[] = []
  for (const install of commands) {
    const request = readRequest(install.words)
    if (request?.manager !== 'npm' || request.kind !== 'install' || install.conditional || install.by) continue
    const image = rootImage(install.moment.stage)
    const libc = image ? releaseOf(image)?.libc : undefined
    const folder = posix.resolve(install.folder, request.folder ?? '.')
    const source = unchangedAt(install, posix.join(folder, 'package-lock.json'), paths)
    if (!image || !libc || libc === 'none' || source === undefined) continue
    const lock = await reader.text(source)
    const packages = lock && npmLockPackages(lock)
    if (!lock || !packages) continue
    const settings = await Promise.all(
      ['.npmrc', posix.join(posix.dirname(source), '.npmrc')].map((path) => reader.text(path)),
    )
    const texts = [
      ...commands.map(({words, before}) => `${words.join(' ')} ${before}`),
      ...settings.map((file) => file?.text ?? ''),
    ].join('\n')
    // Without the lock file, or past it, npm looks for the parts itself.
    if (renews.test(texts)) continue
    const gaps = [...rules].flatMap(([name, rule]) => {
      const entry = packages[`node_modules/${name}`]
      const part = rule.part(libc === 'musl' ? 'musl' : 'gnu')
      const parts = isTable(entry) && isTable(entry.optionalDependencies) ? entry.optionalDependencies : {}
      const isThere = Object.keys(packages).some((path) => path.endsWith(`node_modules/${part}`))
      // It is brought by name, with the package or alone.
      const isAdded = commands.some(
        ({words}) => words[0] === 'npm' && words.some((word) => word === name || word?.startsWith(`${name}@`)),
      )
      const isMended = isAdded || texts.includes(part)
      const used = commands.find(
        (each) =>
          rule.tools.test(programOf({words: each.words[0] === 'npx' ? each.words.slice(1) : each.words}) ?? '') &&
          each.words.includes('build') &&
          each.folder.startsWith(folder),
      )
      if (!(part in parts) || isThere || isMended || !used || !rule.applies(packages)) return []
      if (isTable(entry) && entry.dev === true && leavesOutDevelopment(install)) return []
      return [{name, part, used}]
    })
    const [first] = gaps
    if (first) found.push({...first, others: gaps.length - 1, install, lock: lock.whole, image})
  }
  return known(found)
}

const leavesOutDevelopment = ({words, moment}: BuildCommand): boolean =>
  words.some((word) => /^(?:--omit=dev|--production|--only=prod\w*)$/.test(word ?? '')) ||
  (moment.variables.get('NODE_ENV') === 'production' &&
    !words.some((word) => /^--include=dev$|^--production=false$/.test(word ?? '')))
