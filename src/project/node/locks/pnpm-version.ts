import {everyOf, meets, parseRange} from '../../toolchains/ranges.ts'

/** `pnpm@9.15.0`, `pnpm@latest` of a command line; a name without a version is the newest one. */
const versions = (text: string): string[] =>
  [...text.matchAll(/(?:^|\s)pnpm(?:@(\S+))?(?=\s|$)/g)].map(([, version = 'latest']) => version)

const byNpm = /^npm (?:install|i|add)\b(?=.*\s(?:-g|--global)\b).*\spnpm(?:@|\s|$)/
const byCorepack = /^corepack (?:enable|prepare|use|install)\b/

/** What is known of pnpm's major version: `newest` where a command takes the newest one. */
export type PnpmMajor = number | 'newest' | undefined

/** From 10 on, pnpm itself goes on as the version that packageManager names. */
const switches = (version: number | undefined): boolean => version === undefined || version >= 10

/** The major version of pnpm behind these commands of a build; undefined where they do not tell. */
export function pnpmMajor(packageManager: string | undefined, texts: readonly string[]): PnpmMajor {
  const project = numberOf(/^pnpm@(.*)/.exec(packageManager ?? '')?.[1])
  const npm = texts.findLast((text) => byNpm.test(text))
  if (npm) {
    const [version = 'latest'] = versions(npm)
    const major = numberOf(version)
    if (major === undefined && version !== 'latest') return undefined
    return switches(major) ? (project ?? major ?? 'newest') : major
  }
  if (!texts.some((text) => byCorepack.test(text))) return undefined
  if (project !== undefined) return project
  const prepared = texts
    .filter((text) => byCorepack.test(text))
    .flatMap((text) => text.match(/\bpnpm@(\S+)/)?.[1] ?? [])
  const [last] = prepared.slice(-1)
  return last === undefined || last === 'latest' ? 'newest' : numberOf(last)
}

/** From 11 on pnpm installs what is missing before it runs a script (verifyDepsBeforeRun: install; tried with 11 and 12). */
export function installsBeforeRun(packageManager: string | undefined, texts: readonly string[]): boolean {
  const major = wantedMajor(packageManager, texts)
  return major === 'newest' || (major ?? 0) >= 11
}

/** The same, where the project's own version counts for whichever pnpm the image has. */
export const wantedMajor = (packageManager: string | undefined, texts: readonly string[]): PnpmMajor =>
  pnpmMajor(packageManager, texts) ?? numberOf(/^pnpm@(.*)/.exec(packageManager ?? '')?.[1])

const numberOf = (version: string | undefined): number | undefined => {
  const found = Number.parseInt(version ?? '', 10)
  return Number.isNaN(found) ? undefined : found
}

/** Whether pnpm is surely 10 or later: by packageManager, or because corepack or npm take the newest. `texts` are the commands of the build. */
export function isPnpmTen(packageManager: string | undefined, texts: readonly string[]): boolean {
  if (packageManager) return Number(/^pnpm@(\d+)/.exec(packageManager)?.[1]) >= 10
  const named = texts.flatMap((text) => [...text.matchAll(/\bpnpm@(\S+)/g)].map(([, version]) => version))
  if (named.length > 0)
    return named.every((version) => Number.parseInt(version ?? '', 10) >= 10 || version === 'latest')
  return texts.some((text) =>
    /^corepack enable\b|^npm (install|i|add) .{0,200}(-g|--global)\b.{0,200}\bpnpm\b|^npm (install|i|add) .{0,200}\bpnpm\b.{0,200}(-g|--global)/.test(
      text,
    ),
  )
}

/**
 * Whether pnpm surely fills in no variable in the token of a project's own .npmrc: 11.5.3 and later, 10.34.5 and later
 * 10.x (pnpm.io/npmrc).
 */
export function isPnpmUnfilled(packageManager: string | undefined, texts: readonly string[]): boolean {
  const major = pnpmMajor(packageManager, texts)
  if (major === 'newest' || (major !== undefined && major > 11)) return true
  const named = [packageManager, ...texts].flatMap((text) => text?.match(/\bpnpm@(\d+\.\d+\.\d+)/)?.[1] ?? [])
  const span = named[0] !== undefined && new Set(named).size === 1 ? everyOf(named[0]) : undefined
  return (
    span !== undefined && [...(parseRange('>=11.5.3 || ^10.34.5', 'npm') ?? [])].some((each) => meets(span, [each]))
  )
}
