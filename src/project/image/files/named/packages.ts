/** npm, pnpm, Yarn, Bun and TypeScript: what their files name. */
import {withoutSlashComments} from '../../../code/comments.ts'
import {isTable} from '../../../documents/document.ts'
import {parseLoosely} from '../../../documents/json.ts'
import type {TextFile} from '../../../files/text.ts'
import type {Moment} from '../../moment.ts'
import {matches, type Named, type Naming} from './naming.ts'

/** pnpm and Bun read each patch, whether or not its package is installed: ENOENT, "Couldn't find patch file". */
function* patches({text}: TextFile): Generator<Named> {
  yield* matches(text, /:\s*["']?((?:\.\/)?[\w./@+%-]*\.patch)\b/g)
}

/** Yarn 2 and later: `patch:ms@npm%3A2.1.3#~/.yarn/patches/ms.patch`, of which ~ is the project. */
function* yarnPatches({text}: TextFile): Generator<Named> {
  yield* matches(text, /"patch:[^"#]+#(?:~\/|\.\/)?([\w./@+-]+\.patch)/g)
}

/** Whether the install leaves out what is for development. */
const withoutDev = (command: string, {variables}: Moment): boolean =>
  /\s(?:--omit[= ]dev|--production|--prod|-P|--only=prod\w*)\b/.test(command) ||
  variables.get('NODE_ENV') === 'production'

/**
 * `file:vendor/a-1.0.tgz`, which all of them unpack (ENOENT), and `file:../a`, a folder: npm links it, there or not, and
 * the others stop. None minds a `link:` that leads nowhere.
 */
function* localPackages({text}: TextFile, command: string, moment: Moment): Generator<Named> {
  const manifest = parseLoosely(text)
  const tables = withoutDev(command, moment) ? ['dependencies'] : ['dependencies', 'devDependencies']
  const specs = tables.flatMap((name) => (isTable(manifest?.[name]) ? Object.values(manifest[name]) : []))
  for (const named of matches(text, /"(?:file|portal):([^"]+)"/g)) {
    const isArchive = /\.(?:tgz|tar\.gz)$/.test(named.path)
    const isOwn = ['file', 'portal'].some((protocol) => specs.includes(`${protocol}:${named.path}`))
    if (isOwn && (isArchive || !command.startsWith('npm '))) yield named
  }
}

/** Every yarn command starts the release that .yarnrc.yml names, and that loads the plugins. */
function* yarnRelease({text}: TextFile): Generator<Named> {
  yield* matches(text, /^(?:yarnPath:|yarn-path)\s*["']?([^\s"']+)/gm)
  // Without a release there, a Yarn 1 may run, which knows no plugins.
  yield* matches(text, /^[ \t]*-\s+(?:path:\s*)?["']?(\.yarn\/plugins\/[^\s"']+)/gm, {sure: /^yarnPath:/m.test(text)})
}

/** TS5083, TS6053; other tools that read tsconfig.json stop at an unknown `extends` too, or only warn. */
function* tsconfig({text: written}: TextFile, command: string): Generator<Named> {
  const text = withoutSlashComments(written)
  const sure = /^(vue-)?tsc\b/.test(command)
  const to = (path: string) => (path.endsWith('.json') ? path : `${path}.json`)
  // All is inherited but for `references`: those of the other file are not built.
  const as = command.replace(/\s(?:-b|--build)\b/, '')
  for (const each of matches(text, /"extends"\s*:\s*"(\.{1,2}\/[^"]+)"/g, {to, sure})) yield {...each, as}
  for (const list of text.matchAll(/"extends"\s{0,99}:\s{0,99}\[([^[\]]{0,5000})\]/g)) {
    const offset = list.index + list[0].indexOf('[')
    for (const each of matches(list[0].slice(list[0].indexOf('[')), /"(\.{1,2}\/[^"]+)"/g, {to, sure})) {
      yield {...each, start: each.start + offset, end: each.end + offset, as}
    }
  }
  if (!sure || !/\s(-b|--build)\b/.test(command)) return
  const folder = (path: string) => (path.endsWith('.json') ? path : `${path.replace(/(?<!\/)\/+$/, '')}/tsconfig.json`)
  yield* matches(text, /\{\s*"path"\s*:\s*"(\.[^"]*)"\s*\}/g, {to: folder})
}

/** `tsc -p api`, `tsc -b api web`: without a name, the settings of the folder. */
export function projectsOf(text: string): string[] {
  const [, named] = / (?:-p|--project)[ =](\S+)/.exec(text) ?? []
  const words = / (?:-b|--build)\b/.test(text) ? text.split(' ').slice(1) : []
  const written = named === undefined ? words.filter((word) => !word.startsWith('-')) : [named]
  if (written.length === 0) return ['tsconfig.json']
  return written
    .filter((each) => !each.includes('$'))
    .map((each) => (each.endsWith('.json') ? each : `${each.replace(/(?<!\/)\/+$/, '')}/tsconfig.json`))
}
const manifest = () => ['package.json']
const pnpmInstall = /^pnpm (?:install|i)\b/
/** Of another folder, or of some members only. */
const partly = /\s(?:--dir|-C|--cwd|--prefix|--filter|-F|--workspaces?|-w|--global|-g)\b/

export const packages: readonly Naming[] = [
  {runs: pnpmInstall, without: /--dir|\s-C\b/, begins: () => ['pnpm-workspace.yaml'], above: true, names: patches},
  {runs: pnpmInstall, without: /--dir|\s-C\b/, begins: manifest, names: patches},
  {runs: /^bun (?:install|i|ci)(?: -\S+)*$/, without: partly, begins: manifest, names: patches},
  {runs: /^yarn(?: install)?(?: -\S+)*$/, without: partly, begins: manifest, names: yarnPatches},
  {
    runs: /^(?:(?:npm|pnpm|bun) (?:install|i|ci|clean-install)|yarn(?: install)?)(?: -\S+)*$/,
    without: partly,
    begins: manifest,
    names: localPackages,
  },
  {runs: /^yarn\b/, without: /--cwd/, begins: () => ['.yarnrc.yml', '.yarnrc'], above: true, names: yarnRelease},
  {
    runs: /^(?:tsc|vue-tsc|vite build|next build|nest build|tsup|tsx)\b/,
    begins: projectsOf,
    names: tsconfig,
    follows: true,
  },
]
