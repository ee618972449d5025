import {posix} from 'node:path'
import {type Document, isTable} from '../documents/document.ts'
import {parseJson} from '../documents/json.ts'
import type {TextFile} from '../files/text.ts'
import {parseRange} from './ranges.ts'
import type {Demand, Rule} from './rule.ts'
import type {StepFile, StepProject} from './step-project.ts'

/**
 * npm and pnpm only warn of `engines` unless .npmrc says engine-strict; Yarn 1 stops. Next.js and Astro stop themselves,
 * Vite breaks where it needs what an older Node has not.
 */
export const node: Rule = {
  language: 'Node',
  command:
    /^(?:npm (?:ci|install|i|run)\b|pnpm (?:install|i|run|build)\b|yarn\b|(?:npx |bunx |yarn |pnpm exec )?(?:next|astro|vite|react-scripts|vue-cli-service) build\b)(?!.*(?:-g\b|--global|--ignore-engines|--prefix|--cwd|--dir|--filter| -C\b| -F\b))/,
  replaced:
    /\bnvm\b|\bfnm\b|\bvolta\b|\bn (?:\d|lts|latest|stable)|nodesource|nodejs\.org\/dist|unofficial-builds|YARN_IGNORE_ENGINES|engine-strict|\bnpm (?:config|pkg) set\b|yarn (?:config|set)\b|\/usr\/local\/bin\/node\b/,
  unless: /openssl-legacy-provider/,
  precision: 1,
  async demands(project) {
    const file = await project.find('package.json')
    const manifest = file && parseJson(file.text)
    if (!file || !manifest || !('value' in manifest)) return []
    const found = {file, manifest, lock: (await project.read(beside(file, 'package-lock.json')))?.text}
    return isInstall(project.words) ? installDemands(project, found) : buildDemands(project, found)
  },
}

interface Found {
  file: StepFile
  manifest: Document
  /** package-lock.json beside it. */
  lock: TextFile | undefined
}

const isInstall = ([program = '', ...rest]: readonly string[]): boolean => {
  const verb = rest.find((word) => !word.startsWith('-'))
  return verb === undefined ? program === 'yarn' : /^(?:ci|install|i)$/.test(verb)
}

const beside = (file: StepFile, name: string): string => posix.join(posix.dirname(file.path), name)

async function installDemands(project: StepProject, {file, manifest, lock}: Found): Promise<Demand[]> {
  const [program] = project.words
  const enforced = program === 'yarn' ? await isClassic(project, file, manifest) : await isStrict(project, file)
  const own = nodeEngine(manifest.value)
  const range = own ? parseRange(own, 'npm') : undefined
  const at = manifest.at(['engines', 'node'])
  const demands: Demand[] = range ? [{range, said: `engines in ${file.text.path} asks for ${own}`, at}] : []
  // It goes on, and what the project is written for may be missing when it builds or runs.
  if (!enforced)
    return demands.map((each) => ({
      ...each,
      likely: true,
      outcome: `${program} goes on, and what needs it may fail`,
    }))
  // It may be large: it is parsed only where npm is strict.
  const locked = program === 'npm' && lock ? parseJson(lock) : undefined
  if (!lock || !locked || !('value' in locked) || !isTable(locked.value.packages)) return demands
  const withoutDev = project.words.some((word) => /^--(?:omit=dev|production|only=prod\w*)$/.test(word))
  for (const [path, entry] of Object.entries(locked.value.packages)) {
    if (path === '' || !isTable(entry) || entry.optional || entry.devOptional || (withoutDev && entry.dev)) continue
    const wanted = nodeEngine(entry)
    const needed = wanted ? parseRange(wanted, 'npm') : undefined
    if (!needed) continue
    const said = `${path.split('node_modules/').at(-1)} of ${lock.path} asks for ${wanted}`
    demands.push({range: needed, said, at: locked.at(['packages', path, 'engines', 'node'])})
  }
  return demands
}

const nodeEngine = ({engines}: Record<string, unknown>): string | undefined =>
  isTable(engines) && typeof engines.node === 'string' ? engines.node : undefined

/** Yarn 1: it wrote the lock, and nothing names or configures a newer one. */
async function isClassic(project: StepProject, file: StepFile, {value}: Document): Promise<boolean> {
  const lock = await project.read(beside(file, 'yarn.lock'))
  const ignores = await project.read(beside(file, '.yarnrc'))
  return (
    /^# yarn lockfile v1/m.test(lock?.text.text.slice(0, 300) ?? '') &&
    !/^yarn@(?!1\.)/.test(String(value.packageManager ?? '')) &&
    !(await project.read(beside(file, '.yarnrc.yml'))) &&
    !/ignore-engines/.test(ignores?.text.text ?? '')
  )
}

async function isStrict(project: StepProject, file: StepFile): Promise<boolean> {
  const settings = await project.read(beside(file, '.npmrc'))
  return /^[ \t]*engine-strict\s*=\s*"?true/m.test(settings?.text.text ?? '')
}

interface Program {
  name: string
  /** The package that has it, where that is called otherwise. */
  package?: string
  needs: ReadonlyMap<string, string>
  likely?: boolean
  /** It builds with webpack 4: one of its own, or the newest there is unless a lock file says another. */
  webpack4?: 'own' | 'newest'
}

/**
 * webpack 4 names what it writes by MD4, which OpenSSL 3 has no more: ERR_OSSL_EVP_UNSUPPORTED (tried with Node 20). Since
 * 4.47 it brings its own.
 */
const upTo16 = (...majors: string[]) => ({needs: new Map(majors.map((major) => [major, '<17.0.0']))})

/** By major version: what a program asks of Node, and whether it surely stops (else it may break). */
const programs: readonly Program[] = [
  // packages/next/src/bin/next.ts compares with the engines of its package.json since 14.0.4.
  {
    name: 'next',
    needs: new Map([
      ['14', '>=18.17.0'],
      ['15', '^18.18.0 || ^19.8.0 || >=20.0.0'],
      ['16', '>=20.9.0'],
    ]),
  },
  {name: 'next', ...upTo16('9', '10'), webpack4: 'own'},
  {name: 'react-scripts', ...upTo16('3', '4'), webpack4: 'own'},
  {name: 'vue-cli-service', package: '@vue/cli-service', ...upTo16('3', '4'), webpack4: 'newest'},
  // packages/astro/bin/astro.mjs: "Node.js v… is not supported by Astro!" (docs.astro.build, "Upgrade to Astro v6").
  {
    name: 'astro',
    needs: new Map([
      ['6', '>=22.12.0'],
      ['7', '>=22.12.0'],
    ]),
  },
  // Of its older versions no page says any more from which Node on.
  {
    name: 'astro',
    needs: new Map([
      ['4', '>=18.14.1'],
      ['5', '>=18.17.1'],
    ]),
    likely: true,
  },
  // It calls crypto.hash, for some files only, which Node has since 20.12 (github.com/vitejs/vite/issues/20287).
  {
    name: 'vite',
    needs: new Map([
      ['7', '>=20.19.0'],
      ['8', '>=20.19.0'],
    ]),
    likely: true,
  },
]

/** What the build that a command starts, by itself or by a script, asks of Node. */
function buildDemands(project: StepProject, {file, manifest, lock}: Found): Demand[] {
  const {scripts, dependencies, devDependencies} = manifest.value
  const words = project.words.filter((word) => !/^-|^run$/.test(word))
  const script = isTable(scripts) && Object.hasOwn(scripts, words[1] ?? '') ? String(scripts[words[1] as string]) : ''
  const text = `${script} && ${project.words.join(' ')}`
  return programs.flatMap(({name: program, package: name = program, needs, likely, webpack4}) => {
    if (!new RegExp(`(?:^|[&;|] ?|exec |npx |yarn )${program} build\\b`).test(text)) return []
    if (webpack4 && text.includes('openssl-legacy-provider')) return []
    if (webpack4 === 'newest' && !lacksMd4(lock)) return []
    const list = isTable(dependencies) && Object.hasOwn(dependencies, name) ? 'dependencies' : 'devDependencies'
    const table = list === 'dependencies' ? dependencies : devDependencies
    const written = isTable(table) && Object.hasOwn(table, name) ? String(table[name]) : ''
    const major = /^[\^~]?(\d+)\./.exec(lockedVersion(lock, name) ?? written)?.[1]
    const wanted = needs.get(major ?? '')
    const range = wanted ? parseRange(wanted, 'npm') : undefined
    const at = manifest.at([list, name])
    return range
      ? [
          {
            range,
            said: webpack4
              ? `${name} ${major} of ${file.text.path} builds with webpack 4, which works up to Node 16 (ERR_OSSL_EVP_UNSUPPORTED)`
              : `${name} ${major} of ${file.text.path} asks for ${wanted}`,
            at,
            ...(likely && {likely}),
            ...(webpack4 && {
              hint: 'Write ENV NODE_OPTIONS=--openssl-legacy-provider before it, build it with Node 16, or take a newer version of it.',
            }),
          },
        ]
      : []
  })
}

/** The version that stands behind the package's own line, as npm writes it. */
const lockedVersion = (lock: Found['lock'], name: string): string | undefined =>
  new RegExp(`"node_modules/${name}": \\{\\s*"version": "([^"]+)"`).exec(lock?.text ?? '')?.[1]

const lacksMd4 = (lock: Found['lock']): boolean =>
  Number(/^4\.(\d+)/.exec(lockedVersion(lock, 'webpack') ?? '')?.[1]) < 47
