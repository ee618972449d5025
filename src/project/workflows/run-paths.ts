/** Paths that the commands of a step read, by the options of the tools that stop without them. */
import {posix} from 'node:path'
import type {Named} from './lead-up.ts'
import type {Step} from './workflow.ts'

const path = '["\']?([\\w./-]+)["\']?(?=\\s|$)'
/** In one command: none of it goes over `;`, `&` or the end of a line. */
const option = (tool: string, name: string) =>
  new RegExp(`(?:^|[\\s;&])${tool}\\b[^\\n;&|]{0,300}\\s${name}${path}`, 'gm')

const readers: readonly {by: string; kind: 'file' | 'folder'; pattern: RegExp}[] = [
  {by: 'goose -dir', kind: 'folder', pattern: option('goose', '-{1,2}dir[= ]')},
  {by: 'migrate -path', kind: 'folder', pattern: option('migrate', '-{1,2}path[= ]')},
  {by: 'dbmate --migrations-dir', kind: 'folder', pattern: option('dbmate', '(?:-d|--migrations-dir)[= ]')},
  {by: 'sqlx --source', kind: 'folder', pattern: option('sqlx', '--source[= ]')},
  {by: 'alembic -c', kind: 'file', pattern: option('alembic', '(?:-c|--config)[= ]')},
  {by: 'prisma --schema', kind: 'file', pattern: option('prisma', '--schema[= ]')},
  {by: 'pip install -r', kind: 'file', pattern: option('pip3? install', '(?:-r|--requirement)[= ]')},
  {by: 'npm --prefix', kind: 'folder', pattern: option('npm', '--prefix[= ]')},
  {by: 'cd', kind: 'folder', pattern: new RegExp(`^cd ${path}`, 'gm')},
]

/** Something may be made or asked for before, or the folder is another. */
const uncertain =
  /(?:^|[\s;&|(])(?:if|for|while|case|test|cd|pushd|mkdir|git|docker|unzip|tar|cp|mv|ln|npx|wget|curl)\s|\|\||\[\s/

/** What an earlier step may have made such files with, without naming them; `go install` puts a program elsewhere. */
const mayMake =
  /(?:^|[\s;&|(])(?:(?:npm|pnpm|yarn|bun)\s+(?!ci\b|i\b|install\b|add\b)\w|(?:make|just|task|python[\d.]*|node|npx|ruby|php|bash|sh|(?:go|cargo)(?!\s+(?:install|mod|vet|version)\b)|mvn|dotnet|docker|protoc|buf|sqlc|git|unzip|tar|cp|mv|curl|wget)\s|\.{0,2}\/\w)/

/** Installs that stop without their lock file: they go by it alone. */
const locked: readonly {by: string; pattern: RegExp; files: readonly string[]}[] = [
  {
    by: 'npm ci',
    pattern: /(?:^|&&[ \t]{0,20})npm ci\b[^\n;&|]{0,200}/gm,
    files: ['package-lock.json', 'npm-shrinkwrap.json'],
  },
  {
    by: 'pnpm install --frozen-lockfile',
    pattern: /(?:^|&&[ \t]{0,20})pnpm (?:i|install)\b[^\n;&|]{0,200}\s--frozen-lockfile(?![\w=-])[^\n;&|]{0,200}/gm,
    files: ['pnpm-lock.yaml'],
  },
  {
    by: 'uv sync',
    pattern: /(?:^|&&[ \t]{0,20})uv sync\b[^\n;&|]{0,200}\s--(?:frozen|locked)\b[^\n;&|]{0,200}/gm,
    files: ['uv.lock'],
  },
]
/** A command that begins a line, or stands behind `&&`, with all that it is told. */
function called(words: RegExp): RegExp {
  return new RegExp(`(?:^|&&[ \\t]{0,20})${words.source}[^\\n;&|]{0,200}`, 'gm')
}

/** Commands that stop without the manifest of the project, in the folder where they run or above it. */
const ofProject: readonly {pattern: RegExp; file: string}[] = [
  {pattern: called(/mix (?:deps\.get|deps\.compile|compile|test|ecto\.\w+|release|phx\.digest)\b/), file: 'mix.exs'},
  {pattern: called(/npm (?:run |t\b|test\b)/), file: 'package.json'},
  {pattern: called(/bundle install\b/), file: 'Gemfile'},
  {pattern: called(/cargo (?:build|test|check|clippy|run)\b/), file: 'Cargo.toml'},
  {pattern: called(/go (?:build|test|vet|mod (?:download|verify|tidy))\b/), file: 'go.mod'},
  {pattern: called(/poetry install\b/), file: 'pyproject.toml'},
  {pattern: called(/composer install\b/), file: 'composer.json'},
]
/** What begins a project, or names another one. */
const beginsProject = /\b(?:init|new|create|clone|create-project|phx\.new)\b/
const namesProject =
  /\s(?:--prefix|--workspace|--manifest-path|--gemfile|--directory|--working-dir|-C|-d)\b|BUNDLE_GEMFILE|GO111MODULE/

/** An install of the project's own packages, which writes a lock file, or what makes one. */
const makesLock = /\b(?:install|i|add|sync|lock|import)\b/
const forTools = /^.*(?:\bcorepack\b|\s(?:-g|--global)\b|\bapt(?:-get)?\s|\bpip3?\s).*$|^[\w.-]+\/\S+@\S+$/gm
const isElsewhere = /\s(?:--prefix|--dir|--cwd|--directory|--project|--global|-C|-g)\b/

export function runPaths({run, workingDirectory}: Step, before: string): Named[] {
  // The names of actions are no commands.
  if (mayMake.test(before.replace(/^[\w.-]+\/\S+@\S+$/gm, ''))) return []
  if (!run || (workingDirectory && !/^[\w./-]+$/.test(workingDirectory.text))) return []
  const script = run
  // What stands behind the first `cd` runs there.
  const [lead = '', moved = '.'] = /^\s*cd ["']?([\w-][\w./-]*)["']?[ \t]*(?:\n|&&)/.exec(script.text) ?? []
  const folderAt = (index: number): string =>
    posix.join(workingDirectory?.text ?? '.', index >= lead.length ? moved : '.')
  const installs = locked.flatMap(({by, pattern, files}) =>
    certain([...script.text.matchAll(pattern)]).flatMap(({match: {0: whole, index}, earlier}): Named[] => {
      const [file = '', ...others] = files.map((name) => posix.join(folderAt(index), name))
      const isMade = makesLock.test(`${before}\n${earlier}`.replace(forTools, ''))
      return isMade || isElsewhere.test(whole)
        ? []
        : [{path: file, kind: 'lock', by, others, value: commandAt(whole, index)}]
    }),
  )
  const named = readers.flatMap(({by, kind, pattern}) =>
    certain([...script.text.matchAll(pattern)]).flatMap(({match, earlier}): Named[] => {
      const [whole, named = ''] = match
      const start = match.index + whole.lastIndexOf(named)
      if (named.startsWith('/') || earlier.includes(posix.basename(named))) return []
      const value = {text: named, at: script.place(start, start + named.length)}
      return [{path: posix.join(folderAt(match.index), named), kind, by, value}]
    }),
  )
  const manifests = ofProject.flatMap(({pattern, file}) =>
    certain([...script.text.matchAll(pattern)].slice(0, 1)).flatMap(({match: {0: whole, index}, earlier}): Named[] => {
      if (namesProject.test(`${earlier}${whole}`) || beginsProject.test(`${before}\n${earlier}`)) return []
      const value = commandAt(whole, index)
      const by = /^\w+ [\w.]+/.exec(value.text)?.[0] ?? value.text
      return [{path: posix.join(folderAt(index), file), kind: 'manifest', by, value}]
    }),
  )
  return [...named, ...installs, ...manifests]

  /** Those before which nothing may be made or asked for, and behind which nothing stands in for them. */
  function certain(matches: readonly RegExpExecArray[]): {match: RegExpExecArray; earlier: string}[] {
    return matches.flatMap((match) => {
      const earlier = script.text.slice(match.index >= lead.length ? lead.length : 0, match.index)
      const rest = script.text.slice(match.index).split('\n', 1)[0] ?? ''
      return uncertain.test(earlier) || rest.includes('||') ? [] : [{match, earlier}]
    })
  }

  function commandAt(whole: string, index: number): Named['value'] {
    const start = whole.search(/\w/)
    return {text: whole.slice(start), at: script.place(index + start, index + whole.trimEnd().length)}
  }
}
