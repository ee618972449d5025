import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {mountTarget} from '../../dockerfile/parse.ts'
import type {BuiltStage} from '../build-stage.ts'
import {mayHold} from '../may-hold.ts'
import {type Command, programOf} from '../shell/command.ts'
import {isBelow} from './image-path.ts'

export interface Need {
  message: string
  hint: string
  at: FileLocation
  /** Where it would be in the image, under any of its names. */
  places: readonly string[]
}

interface Where {
  stage: BuiltStage
  mounts: ReadonlyMap<string, string>[]
  /** The RUN. */
  text: string
  /** What has run in it before this place. */
  before: (at: FileLocation) => string
}

const elsewhere = [
  'BUNDLE_GEMFILE',
  'UV_PROJECT',
  'UV_WORKING_DIRECTORY',
  'MIX_EXS',
  'COMPOSER',
  'PIPENV_PIPFILE',
  'GOWORK',
]

/** The first program of a RUN that surely stops because a file is not there. */
export function missingNeed(commands: readonly Command[], workdir: string, where: Where): Need | undefined {
  // These name the file or the folder for every command.
  if (elsewhere.some((name) => where.stage.config.env.has(name) || where.text.includes(`${name}=`))) return undefined
  let folder = workdir
  for (const command of commands) {
    const {words, conditional, at} = command
    if (/^(?:cd|pushd|popd)$/.test(words[0] ?? '')) {
      // Where the shell then is cannot be known.
      if (words[0] === 'popd' || words[1] === undefined || conditional) return undefined
      folder = posix.resolve(folder, words[1])
      continue
    }
    if (conditional || !command.decisive || words.includes(undefined)) continue
    const program = programOf(command)
    const text = [program, ...words.slice(1)].join(' ')
    for (const rule of rules.filter(({pattern, when}) => pattern.test(text) && (!when || when(where)))) {
      const need = needOf(rule, text, folder, where, at)
      if (need) return need
    }
  }
  return undefined
}

function needOf(rule: Rule, text: string, folder: string, where: Where, at: FileLocation): Need | undefined {
  const named = rule.folder?.exec(text)
  if (named && !named[1]) return undefined
  const from = named?.[1] ? posix.resolve(folder, named[1]) : folder
  const files = typeof rule.files === 'function' ? rule.files(text) : rule.files
  if (files.length === 0 || hasOne([...files, ...(rule.besides ?? [])], from, where, at, rule.isHere)) return undefined
  const [first = ''] = files
  const [place, copy] = posix.isAbsolute(first)
    ? ['there', `${posix.basename(first)} ${first}`]
    : [`in ${from}`, `${first} ./`]
  return {
    message: `${rule.name(text)} stops without ${files.join(' or ')}, which is not ${place} by then`,
    hint: `Copy it before: COPY ${copy} (commit it, and do not leave it out in .dockerignore).`,
    at,
    places: files.map((file) => posix.resolve(from, file)),
  }
}

/** Whether one of the files is in the folder or above it, or may be; `isHere`: in the folder alone. */
function hasOne(
  files: readonly string[],
  folder: string,
  {stage, mounts, before}: Where,
  at: FileLocation,
  isHere = false,
): boolean {
  const own = {by: 'run' as const, path: '/', why: '', at, text: before(at)}
  const folders = [folder]
  for (let above = isHere ? '/' : folder; above !== '/'; ) {
    above = posix.dirname(above)
    folders.push(above)
  }
  return files.some((file) =>
    folders.some((each) => {
      const path = posix.resolve(each, file)
      const mounted = mounts.some((mount) => {
        return isBelow(path, posix.resolve(folder, mountTarget(mount) ?? '/'))
      })
      return (
        mounted ||
        stage.files.get(path) !== undefined ||
        mayHold({stage: stage.stage, unknown: [...stage.unknown, own]}, path)
      )
    }),
  )
}

interface Rule {
  /** On the program without its folder, and its arguments. */
  pattern: RegExp
  name(text: string): string
  /** A setting without which it goes on. */
  when?(where: Where): boolean
  /** The flag that names another folder to work in; what it names is the group. */
  folder?: RegExp
  /** It looks in no folder above. */
  isHere?: true
  /** One of them must be there. */
  files: readonly string[] | ((text: string) => string[])
  /** … or one of these, which take its place and are not what somebody forgets. */
  besides?: readonly string[]
}

const flag = (names: string) => new RegExp(`\\s(?:${names})(?:[ =](\\S+))?`)
const words = (count: number) => (text: string) => text.split(' ').slice(0, count).join(' ')

/** `npm run build`, wherever it is told to do that. */
const scriptIn = (text: string): string =>
  /^\S+ (?:(?:run|run-script) )?[^\s-]\S*/.exec(text.replace(/\s(?:--prefix|-C|--cwd)[ =]\S+/g, ''))?.[0] ??
  words(2)(text)

const rules: readonly Rule[] = [
  // npm/cli docs: "The project must have an existing package-lock.json or npm-shrinkwrap.json."
  {
    pattern: /^npm (ci|clean-install)\b/,
    folder: flag('--prefix|-C'),
    name: words(2),
    files: ['package-lock.json', 'npm-shrinkwrap.json'],
  },
  // "Could not read package.json", or "Invalid: lock file's …" (tried with npm 10): the lock file alone is not enough.
  {pattern: /^npm (ci|clean-install)\b/, folder: flag('--prefix|-C'), name: words(2), files: ['package.json']},
  // ERR_PNPM_NO_LOCKFILE
  {
    pattern: /^pnpm (install|i)\b.*--frozen-lockfile(?!=false)/,
    name: words(2),
    folder: flag('--dir|-C'),
    files: ['pnpm-lock.yaml'],
  },
  // ERR_PNPM_NO_PKG_MANIFEST; npm and Yarn 1 end well. The top of a workspace needs none (tried with pnpm 8, 9 and 10).
  {
    pattern: /^(pnpm|bun) (install|i)(?! -g\b)(?: -(?!-?(?:global|dir|cwd))\S+)*$/,
    name: words(2),
    files: ['package.json'],
    besides: ['pnpm-workspace.yaml', 'package.yaml', 'package.json5'],
  },
  // "Could not read package.json" of npm, ERR_PNPM_NO_IMPORTER_MANIFEST_FOUND, "Couldn't find a package.json file" of Yarn:
  // scripts stand there. A program that is installed runs without: `npx next build`, `pnpm exec tsc`.
  {
    pattern: /^npm (?:run|run-script|start)\b(?!.*\s(?:-ws?|--workspaces?|--if-present)\b)/,
    folder: flag('--prefix|-C'),
    name: scriptIn,
    files: ['package.json'],
  },
  // Flags behind the name are for the script.
  {
    pattern: /^pnpm (?:run \w[\w:.-]*|(?:build|start|turbo|tsc|next|vite|nest|nx)(?![\w:-]))/,
    name: scriptIn,
    files: ['package.json'],
    besides: ['package.yaml', 'package.json5'],
  },
  {
    pattern: /^yarn (?:run \w[\w:.-]*|(?:build|start)(?![\w:-]))/,
    folder: flag('--cwd'),
    name: scriptIn,
    files: ['package.json'],
  },
  // "Script not found": of that name it takes a file, too.
  {
    pattern: /^bun run build$/,
    name: scriptIn,
    files: ['package.json'],
    besides: ['build', 'build.ts', 'build.js', 'build.mjs', 'build.tsx'],
  },
  // "could not find package.json": the packages of a repository are read first.
  {
    pattern: /^(?:npx (?:-y |--yes )?)?turbo (?:run|build|prune)\b(?!.*\s--cwd\b)/,
    name: (text) =>
      text
        .replace(/^npx (?:-y |--yes )?/, '')
        .split(' ', 2)
        .join(' '),
    files: ['package.json'],
  },
  {
    pattern: /^yarn( install)?\b.*--immutable\b/,
    name: () => 'yarn --immutable',
    folder: flag('--cwd'),
    files: ['yarn.lock'],
  },
  {pattern: /^bundle install\b/, name: words(2), folder: flag('--gemfile'), files: ['Gemfile']},
  // "The deployment setting requires a lockfile" (bundler/lib/bundler/cli/install.rb)
  {
    pattern: /^bundle install\b/,
    when: ({stage: {config}, text}) =>
      /^(?:1|true)$/.test(config.env.get('BUNDLE_DEPLOYMENT') ?? '') &&
      !/\bbundle config\b|BUNDLE_DEPLOYMENT|--no-deployment/.test(text),
    name: () => 'bundle install with BUNDLE_DEPLOYMENT',
    folder: flag('--gemfile'),
    files: ['Gemfile.lock'],
  },
  {
    pattern: /^go mod (download|verify|vendor|tidy)\b/,
    name: words(3),
    folder: flag('-C'),
    files: ['go.mod', 'go.work'],
  },
  {
    pattern: /^cargo (build|fetch|test|check)\b/,
    name: words(2),
    folder: flag('--manifest-path'),
    files: ['Cargo.toml'],
  },
  // "the lock file … needs to be updated but --locked was passed to prevent this" (cargo, ops/resolve.rs): there is none.
  {
    pattern: /^cargo (build|test|check)\b.*--(?:locked|frozen)\b/,
    name: (text) => `${words(2)(text)} --${/--(locked|frozen)\b/.exec(text)?.[1]}`,
    folder: flag('--manifest-path'),
    files: ['Cargo.lock'],
  },
  {
    pattern: /^uv sync\b.*--(frozen|locked)\b/,
    name: () => 'uv sync',
    folder: flag('--directory|--project'),
    files: ['uv.lock'],
  },
  {pattern: /^uv sync\b/, name: words(2), folder: flag('--directory|--project'), files: ['pyproject.toml']},
  {
    pattern: /^poetry install\b/,
    name: words(2),
    folder: flag('--directory|--project|-C|-P'),
    files: ['pyproject.toml'],
  },
  {pattern: /^pipenv (sync|install .*--deploy)\b/, name: words(2), files: ['Pipfile.lock']},
  {pattern: /^composer install\b/, name: words(2), folder: flag('--working-dir|-d'), files: ['composer.json']},
  {pattern: /^mix deps\.get\b/, name: words(2), files: ['mix.exs']},
  {
    pattern: /^(?:pip[\d.]*|python[\d.]* -m pip|uv pip) install\b.* (?:-r|--requirement)[ =]/,
    name: () => 'pip install -r',
    folder: flag('--directory'),
    isHere: true,
    // Of several, each must be there; the first is looked at. A requirement from the network is none of ours.
    files: (text) =>
      [...text.matchAll(/ (?:-r|--requirement)[ =](\S+)/g)]
        .map(([, file]) => file as string)
        .filter((file) => !/^https?:|^-$/.test(file))
        .slice(0, 1),
  },
  // "Neither 'setup.py' nor 'pyproject.toml' found" (pip/_internal/utils/misc.py); of an option `.` is the value.
  {
    pattern:
      /^(?:pip[\d.]*|python[\d.]* -m pip|uv pip) install\b(?:.* )?(?<!\s(?:-[tfd]|--(?:target|find-links|prefix|root|src|cache-dir|python|log|report)) )\.(?:\[[\w,-]{1,100}\])?(?= |$)/,
    name: () => 'pip install .',
    folder: flag('--directory'),
    isHere: true,
    files: ['pyproject.toml', 'setup.py'],
  },
]
