import type {FileLocation} from '../../check.ts'
import {anyText, exactly, matcherOf} from '../files/glob.ts'
import {samePath} from '../files/same-path.ts'
import type {TextFile} from '../files/text.ts'

/** A `flyctl deploy` as somebody wrote it, with what its words say. */
export interface DeployCommand {
  at: FileLocation
  /** A name, or an expression such as `$FLY_APP` that only the workflow can fill in. */
  app: string | undefined
  config: string | undefined
  dockerfile: string | undefined
  image: string | undefined
  /** The step beside it that builds its image: Dockerfile, arguments and target are then those of this step. */
  builtAt: FileLocation | undefined
  /** --build-arg: each name with its value, which may be an expression; `undefined`: a name is not readable, or others may be passed. */
  buildArgs: ReadonlyMap<string, string> | undefined
  /** --primary-region; --region and -r of older versions. */
  region: string | undefined
  /** The flags that it has, as they are written: `--strategy`. */
  flags: ReadonlySet<string>
  /** --nixpacks: no Dockerfile is used. */
  nixpacks: boolean
  /** FLY_APP is set in the same file. */
  setsFlyApp: boolean
}

/** `flyctl deploy …` to the end of its (continued) line, with flags before the verb, and `args: deploy …` of the old action. */
const deploy =
  /(?:\bfly(?:ctl)?((?:\s+--?[\w-]+(?:[= ](?:"[^"\n]*"|[\w${}./-]+))?){0,4}?)\s+deploy|\bargs:\s*["']?deploy)\b((?:[^\n\\]|\\\n|\\.)*)/g

/** The action that deploys an app of its own for each pull request, with its inputs (up to the next step). */
const reviewApps = /^[ \t-]*uses:\s*["']?superfly\/fly-pr-review-apps\b((?:(?!\n\s{0,200}- )[\s\S])*)/gm

/** A plain or quoted text that begins behind its key and goes on below, further in than the key. */
const continued =
  /^([ \t]*)(?:- (?:run|script|command|args):[ \t]+(?![|>#])\S[^\n]*\n(?:\1[ \t]{3,}[^ \t\n][^\n]*\n?)+|(?:run|script|command|args):[ \t]+(?![|>#])\S[^\n]*\n(?:\1[ \t]+[^ \t\n][^\n]*\n?)+)/gm

/** YAML's folded text (`run: >`, or plain below or behind `run:`) is one line: line ends become blanks, so that offsets stay true. */
const unfolded = (text: string): string =>
  text
    .replace(continued, (whole) => whole.replace(/\n(?=[ \t]*\S)/g, ' '))
    .replace(
      /^([ \t]*)(?:- )?(?:[\w-]+:[ \t]*>[-+]?|(?:run|script|command|args):)[ \t]*\n((?:\1[ \t]+[^ \t\n][^\n]*\n|[ \t]*\n)+)/gm,
      (whole, _, body: string) => whole.slice(0, -body.length) + body.replace(/\n(?=[ \t]*(?!#|- )\S)/g, ' '),
    )

/** The deploys that a text has. Reads text, not structure: the same words stand in YAML, JSON, make and shell alike. */
export function deploysIn(file: TextFile): DeployCommand[] {
  const text = /\.ya?ml$/.test(file.path) ? unfolded(file.text) : file.text
  const setsFlyApp = /\bFLY_APP\b/.test(file.text)
  const reviews = [...file.text.matchAll(reviewApps)].map((match): DeployCommand => {
    const input = (name: string) =>
      new RegExp(`^[ \\t]*${name}:\\s*["']?([^\\s"'#]+)`, 'm').exec(match[1] as string)?.[1]
    return {
      at: file.span(match.index, match.index + (match[0].split('\n')[0] as string).length),
      app: input('name') ?? 'pr-…',
      config: input('config'),
      dockerfile: undefined,
      // `build_args`, `build_secrets`: not read.
      buildArgs: /build_(?:args|secrets)/.test(match[1] as string) ? undefined : new Map(),
      image: input('image'),
      builtAt: undefined,
      region: input('region'),
      flags: new Set(),
      nixpacks: false,
      setsFlyApp,
    }
  })
  const written = [...text.matchAll(deploy)].flatMap((match) => {
    const at = file.span(match.index, match.index + match[0].length)
    if (/^\s*(#|\/\/)/.test(file.line(at.line as number))) return []
    const words = `${match[1] ?? ''} ${match[2]}`
      .replace(/\\\n/g, ' ')
      .replace(/\$\{\{[^}]{0,300}\}\}/g, (expression) => expression.replace(/\s/g, ''))
      .split(/\s+/)
    const values = (...names: string[]): string[] =>
      words.flatMap((word, index) => {
        const name = names.find((each) => word === each || word.startsWith(`${each}=`))
        const value = name && (word === name ? words[index + 1] : word.slice(name.length + 1))
        return value === undefined ? [] : value.replace(/^["']|(?<!["',;])["',;]+$/g, '')
      })
    const flag = (...names: string[]): string | undefined => values(...names)[0]
    return {
      at,
      app: flag('-a', '--app'),
      config: flag('-c', '--config'),
      dockerfile: flag('--dockerfile'),
      buildArgs: words.some(isUnread) ? undefined : argumentsOf(values('--build-arg')),
      image: flag('-i', '--image'),
      builtAt: undefined,
      region: flag('--primary-region', '--region', '-r'),
      flags: new Set(words.flatMap((word) => /^--?[a-z][\w-]*/.exec(word)?.[0] ?? [])),
      nixpacks: words.includes('--nixpacks'),
      setsFlyApp,
    }
  })
  return [...written, ...reviews]
}

/** `flyctl deploy $ARGS`, `"${args[@]}"`, `${{ inputs.flags }}`: a word that may be any flags, as it is no flag's value. */
const isUnread = (word: string, index: number, words: readonly string[]): boolean =>
  /^["']?\$/.test(word) && !/^-[^=]*$/.test((words[index - 1] ?? '').replace(switches, ''))

/** They take no value. */
const switches =
  /^(?:--(?:remote-only|local-only|now|detach|yes|no-cache|push|build-only|nixpacks|verbose|buildkit)|-y)$/

/** `NAME=value` each; undefined where one has no plain name. */
export function argumentsOf(written: readonly string[]): ReadonlyMap<string, string> | undefined {
  const found = written.map((each) => /^(\w+)=["']?(.*)$/.exec(each))
  return found.includes(null)
    ? undefined
    : new Map(found.flatMap((match) => (match ? [[match[1] as string, match[2] as string]] : [])))
}

/**
 * A command that names no configuration deploys the default one; with a variable in the name, each that fits, from the
 * top of the repository or a folder below.
 */
export function isFor({config: named}: DeployCommand, config: string, fromTop: string): boolean {
  if (named === undefined) return config.split('/').at(-1) === 'fly.toml'
  const fixed = named.replace(/^(\.?\/)+/, '').split(/\$\{\{[^{}]{0,200}\}\}|\$\{\w+\}|\$\w+/)
  if (fixed.length === 1) return samePath(named, config)
  const fits = matcherOf(fixed.flatMap((part, index) => [...(index > 0 ? [anyText] : []), ...exactly(part)]))
  const parts = fromTop.split('/')
  return parts.some((_, index) => fits(parts.slice(index).join('/')))
}
