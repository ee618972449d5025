/** The file that a bundler of servers writes, by the words of its command or its configuration, against the one that node starts. */
import {posix} from 'node:path'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import type {Files} from '../../files/files.ts'
import type {Build} from '../../image/build.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {sourceAt} from '../../image/moment.ts'
import {builtPlaces} from '../../image/outputs/built-places.ts'
import {programOf} from '../../image/shell/command.ts'
import {isInstall} from '../../image/shell/quiet-run.ts'
import type {Inputs} from '../../inputs.ts'
import {flagValue} from './built-site.ts'
import type {OutputGap} from './framework-output.ts'
import {commandText, siteBuild} from './site-builds.ts'

/** What one command writes, in the image; undefined where its words do not tell. */
type Bundler = (words: readonly string[], isModule: boolean) => string[] | undefined

/** The words that are no options, where each option with a value has it behind `=` or is one of these. */
function entriesOf(words: readonly string[], valued: RegExp, bare: RegExp): string[] | undefined {
  const found: string[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string
    if (!word.startsWith('-')) found.push(word)
    else if (valued.test(word)) index++
    else if (!word.includes('=') && !word.includes(':') && !bare.test(word)) return undefined
  }
  return found.every((word) => /^[\w@./-]+\.[cm]?[jt]sx?$/.test(word)) ? found : undefined
}

const stem = (path: string): string => posix.basename(path).replace(/\.\w+$/, '')

const esbuild: Bundler = (words) => {
  const entries = entriesOf(
    words,
    /^$/,
    /^--(?:bundle|minify\S*|sourcemap|splitting|keep-names|analyze|allow-overwrite)$/,
  )
  const [entry, another] = entries ?? []
  if (!entry || words.some((word) => /^--(?:out-extension|outbase|entry-names|watch|serve)/.test(word)))
    return undefined
  const file = flagValue(words, '--outfile')
  const folder = flagValue(words, '--outdir')
  // Several are laid out as the folders that they come from.
  return file ? [file] : folder && !another ? [posix.join(folder, `${stem(entry)}.js`)] : undefined
}

const bun: Bundler = ([verb, ...words]) => {
  const entries = entriesOf(
    words,
    /^--(?:outdir|outfile|target|format|external|env|root)$/,
    /^--(?:minify\S*|production|sourcemap)$/,
  )
  const [entry, another] = entries ?? []
  if (verb !== 'build' || !entry || another || words.some((word) => /^--(?:root|entry-naming|compile)/.test(word)))
    return undefined
  const file = flagValue(words, '--outfile')
  const folder = flagValue(words, '--outdir')
  return file ? [file] : folder ? [posix.join(folder, `${stem(entry)}.js`)] : undefined
}

const ncc: Bundler = ([verb, ...words]) => {
  const entries = entriesOf(words, /^(?:-o|--out|-e|--external|--target)$/, /^-(?:[msC]|-\w[\w-]*)$/)
  const [entry, another] = entries ?? []
  if (verb !== 'build' || !entry || another || !/\.[jt]sx?$/.test(entry)) return undefined
  return [posix.join(flagValue(words, '-o', '--out') ?? 'dist', 'index.js')]
}

/** Of a module the CommonJS has the ending of its own, of others the ESM (tsup's own defaults). */
const tsup: Bundler = (words, isModule) => {
  const entries = entriesOf(
    words,
    /^(?:-d|--out-dir|--format|--target|--external|--tsconfig|--platform)$/,
    /^--(?:clean|dts|minify|sourcemap|splitting|no-splitting|shims|treeshake|silent|no-config)$/,
  )
  const [entry, another] = entries ?? []
  const formats = (flagValue(words, '--format') ?? 'cjs').split(',')
  if (!entry || another || formats.some((each) => !/^(?:cjs|esm)$/.test(each))) return undefined
  const ending = {cjs: isModule ? 'cjs' : 'js', esm: isModule ? 'js' : 'mjs'}
  const folder = flagValue(words, '-d', '--out-dir') ?? 'dist'
  return formats.map((each) => posix.join(folder, `${stem(entry)}.${ending[each as 'cjs' | 'esm']}`))
}

const bundlers: ReadonlyMap<string, Bundler> = new Map([
  ['esbuild', esbuild],
  ['bun', bun],
  ['ncc', ncc],
  ['tsup', tsup],
])

/** Writes no JavaScript of the project's own, or none to start. */
const harmless =
  /^(?:tsc(?= )(?=.* --noEmit\b)|rimraf|eslint|biome|prettier|vitest|jest|prisma (?:generate|migrate deploy|validate)|del-cli|husky|patch-package|(?:npm|pnpm) prune|apt-get|apt|apk|corepack|mkdir|chown|chmod|adduser|addgroup|useradd|groupadd|echo|cd|set|svelte-kit sync|svelte-check|astro (?:check|sync))(?: |$)/
/** `pnpm --filter @shop/api run build`: of one package, and not of those that it needs, too. */
const runsScript =
  /^(?:npm|pnpm|yarn|bun)(?: run| (?:--filter|-F|--workspace|-w|-C|--dir|--prefix|--cwd|workspace)[ =](?!\S*\.\.\.)@?[\w./-]+){0,3} [\w:.-]+(?: (?:--workspace|-w|--filter)[ =](?!\S*\.\.\.)@?[\w./-]+)?$/

export async function bundlerOutput(
  {script, path}: {script: string; path: string},
  build: Build,
  commands: readonly BuildCommand[],
  {reader}: Inputs,
  paths: Files,
): Promise<Pick<OutputGap, 'because' | 'related' | 'hint'> | undefined> {
  const written: {command: BuildCommand; files: string[]}[] = []
  for (const [index, command] of commands.entries()) {
    const bundler = bundlers.get(programOf(command) ?? '')
    const [, ...words] = command.words
    const text = commandText(command)
    const made = bundler && !words.includes(undefined) ? await madeBy(command, bundler) : undefined
    if (made) written.push({command, files: made.map((file) => posix.resolve(command.folder, file))})
    else if (programOf(command) === 'vite') {
      const site = await siteBuild(command, {reader, paths})
      const [kit] =
        site?.folders.filter((folder) => site.folders.includes(posix.join(posix.dirname(folder), '.svelte-kit'))) ?? []
      if (kit && site?.index === undefined) written.push({command, files: [posix.join(kit, 'index.js')]})
      else if (site?.index === undefined) return undefined
    } else if (!(isInstall(text) || harmless.test(text) || (runsScript.test(text) && isFollowed(index))))
      return undefined
  }
  const places = builtPlaces(build, path)
  // What is named by its ending is told as a file that nothing brings.
  const isLost = places.length === 1 && !/\.[cm]?js$/.test(script) && build.lacks(path)
  const near = written.filter(({command}) => isLost || places.some(({stages}) => stages.has(command.moment.stage)))
  const wanted = places.flatMap(({path: each}) => [each, `${each}.js`, `${each}/index.js`])
  if (near.some(({command, files}) => command.conditional || files.some((file) => wanted.includes(file))))
    return undefined
  // Of a workspace each member may be built: the one is meant that writes into the folder.
  const meant = near.length > 1 ? near.filter(({files}) => files.some(isBeside)) : near
  const [only, another] = meant
  if (!only || another) return undefined
  const names = only.files.map((file) => posix.relative(only.command.folder, file))
  const tool = commandText(only.command).match(/^(?:bun|ncc|vite) build|^\w+/)?.[0]
  return {
    because: `${tool} writes ${names.join(' and ')}`,
    related: [only.command.written],
    hint: `Start ${names.find((name) => stem(name) === stem(script)) ?? names.at(-1)}, where it lies in the image; or have ${tool} write ${script}.`,
  }

  function isBeside(file: string): boolean {
    return places.some((place) => posix.dirname(place.path) === posix.dirname(file))
  }

  async function madeBy(command: BuildCommand, bundler: Bundler): Promise<string[] | undefined> {
    const manifest = sourceAt(command.moment, posix.join(command.folder, 'package.json'), paths)
    const json = manifest === undefined ? undefined : parseLoosely((await reader.text(manifest))?.text ?? '')
    if (!json || isTable(json.tsup)) return undefined
    // A configuration may say something else.
    const [config, another] = paths
      .in(posix.dirname(manifest ?? ''))
      .filter((each) => /(?:^|\/)(?:tsup|bunfig)\.[\w.]+$/.test(each))
    if (config !== undefined) {
      const isAlone = bundler === tsup && command.words.length === 1 && another === undefined
      const file = isAlone ? await reader.text(config) : undefined
      const {tsupFiles} = await import('./tsup-config.ts')
      return file && tsupFiles(file, json.type === 'module')
    }
    return bundler(command.words.slice(1) as string[], json.type === 'module')
  }

  /** Whether what a script of package.json runs stands behind it. */
  function isFollowed(index: number): boolean {
    const [command, next] = commands.slice(index, index + 2)
    return next?.by !== undefined && next.at === command?.at && next.by !== command.by
  }
}
