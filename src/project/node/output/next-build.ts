/** `next build`, as it checks the sources once it has compiled them. */
import {posix} from 'node:path'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import {scripts} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {holds, unchangedAt} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Project} from '../typescript/tsconfig.ts'

/** Whether `next build` surely ends in the making of its static pages. */
export const makesPages = (command: BuildCommand): boolean =>
  /^next build\b(?!.*--(?:experimental|help|profile))/.test(knownText(command))

/**
 * Whether it surely compiles the sources: with `--experimental-build-mode compile`, as fly launch writes it, it does that, and
 * neither checks types nor makes pages (tried with Next.js 15.5).
 */
export const compilesSources = (command: BuildCommand): boolean =>
  makesPages(command) || /^next build --experimental-build-mode[ =]compile$/.test(knownText(command))

/** The words of a command that surely runs, and whose end is that of the build. */
function knownText(command: BuildCommand): string {
  const words = [programOf(command), ...command.words.slice(1)]
  return !command.conditional && command.decisive && words.every((word) => word !== undefined) ? words.join(' ') : ''
}

/** And whether it checks the sources before, which further words may switch off. */
export const checksSources = (command: BuildCommand): boolean =>
  makesPages(command) && command.words.slice(2).every((word) => /^--turbo(?:pack)?$/.test(word ?? ''))

/**
 * Whether tsc comes to the types that Next.js writes for pages and routes, in `.next`: where `exclude` names that folder it does
 * not, whatever `include` says. The first of the configurations that has an `exclude` counts.
 */
export function readsNextTypes(configs: readonly TextFile[]): boolean {
  const excluded = configs.map(({text}) => parseLoosely(text)?.exclude).find((each) => each !== undefined)
  return !(
    Array.isArray(excluded) && excluded.some((each) => typeof each === 'string' && /\.next|^\*|^\.\/?$/.test(each))
  )
}

/** What a package asks for of another one: `^15.5.6`. */
export function askedVersion(manifest: TextFile | undefined, name: string): string | undefined {
  const {dependencies, devDependencies} = parseLoosely(manifest?.text ?? '') ?? {}
  const tables = [dependencies, devDependencies].filter(isTable)
  return tables.map((table) => table[name]).find((version) => typeof version === 'string')
}

/** Whether the settings of Next.js in the folder of a build may speak of a word. */
export async function nextMaySet(word: RegExp, command: BuildCommand, {reader, paths}: Project): Promise<boolean> {
  for (const place of scripts('next.config').map((name) => posix.join(command.folder, name))) {
    if (holds(command.moment, place) === 'no') continue
    const source = unchangedAt(command, place, paths)
    const text = source === undefined ? undefined : (await reader.text(source))?.text
    if (text === undefined || word.test(text) || fromElsewhere.test(text)) return true
  }
  return false
}

/** A file or a package may say it for them. */
const fromElsewhere =
  /\.\.\.|\b(?:from|require\()\s{0,20}["'](?:\.|@(?!next\/|sentry\/|ducanh2912\/|serwist\/|vercel\/))/
