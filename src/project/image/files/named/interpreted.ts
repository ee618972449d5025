/** Mix, pip and its kin, Composer and Deno: what their files name. */

import {withoutHashLines} from '../../../code/comments.ts'
import {escapePattern} from '../../../escape-pattern.ts'
import type {TextFile} from '../../../files/text.ts'
import type {Moment} from '../../moment.ts'
import {bundler} from './bundler.ts'
import {denoNaming} from './deno-modules.ts'
import {mixManifest} from './mix-manifest.ts'
import {matches, type Named, type Naming} from './naming.ts'
import {poetryPackages, setuptoolsPackages} from './python-packages.ts'

/** "Can't continue due to errors on dependencies": those of the environment that is built; deps.get says nothing yet. */
function* mixDependencies({text: written}: TextFile, _: string, {variables}: Moment): Generator<Named> {
  const text = withoutHashLines(written)
  const env = variables.get('MIX_ENV') ?? 'dev'
  const to = (path: string) => `${path.replace(/(?<!\/)\/+$/, '')}/mix.exs`
  for (const each of text.matchAll(/\{\s*:(\w+)\s*,([^{}]*)\}/g)) {
    const [whole, app = '', options = ''] = each
    const only = /\bonly:\s*(\[[^\]]{0,1000}\]|:\w+)/.exec(options)?.[1]
    if (/\boptional:\s*true|\bif\b/.test(options) || (only && !new RegExp(`:${escapePattern(env)}\\b`).test(only)))
      continue
    const path =
      /\bpath:\s*"([^"#]+)"/.exec(options)?.[1] ?? (/\bin_umbrella:\s*true/.test(options) ? `../${app}` : undefined)
    if (path) yield {path: to(path), start: each.index, end: each.index + whole.length, sure: true}
  }
}

/** `import_config "#{config_env()}.exs"`: "could not read file". */
function* mixConfig({text}: TextFile, _: string, {variables}: Moment): Generator<Named> {
  const env = variables.get('MIX_ENV')
  for (const match of text.matchAll(/^import_config[ (]+"([^"]+)"/gm)) {
    const path = (match[1] as string).replace(/#\{(?:config_env\(\)|Mix\.env(?:\(\))?)\}/, env ?? '*')
    const [start, end] = [match.index, match.index + match[0].length]
    if (!/[*#]/.test(path)) yield {path, start, end, sure: true, nowhere: true}
  }
}

/** What mix reads by its place alone: without it a release is made of nothing, and does not start. */
function* mixPlaces({text}: TextFile): Generator<Named> {
  const [whole, app] = /\bapp: :(\w+)/.exec(text) ?? []
  if (whole === undefined || /\belixirc_paths: \[|\bconfig_path:/.test(text)) return
  const start = text.indexOf(whole)
  const how = {start, end: start + whole.length, sure: false, without: 'goes on without it'}
  yield {path: `lib/${app}.ex`, verb: 'compiles', ...how}
  yield {path: 'config/config.exs', verb: 'reads', ...how}
}

/** `require_relative "../config/boot"`, and the path that bin/rails hands on: "cannot load such file". */
function* railsFiles({text}: TextFile): Generator<Named> {
  const to = (path: string) => (path.endsWith('.rb') ? path : `${path}.rb`)
  yield* matches(text, /^require_relative[ (]+["']([^"'#]+)["'](?!.*\b(?:if|unless|rescue)\b)/gm, {to})
  yield* matches(text, /^APP_PATH = File\.expand_path\(["']([^"'#]+)["'], *__dir__\)/gm, {to})
  yield* matches(text, /^APP_PATH = File\.expand_path\(["']\.\.\/([^"'#]+)["'], *__FILE__\)/gm, {to})
}

/** `-r other.txt` is relative to the file, `-e ./lib` to where pip runs. */
function* requirements({text}: TextFile): Generator<Named> {
  yield* matches(text, /^[ \t]*(?:-r|-c|--requirement|--constraint)[ =]+([^\s#]+)/gm)
  for (const each of matches(text, /^[ \t]*(?:-e|--editable)[ =]+(\.{1,2}\/[^\s#[;]+)/gm))
    yield {...each, fromCwd: true}
  for (const each of matches(text, /^(\.{1,2}\/[^\s#[;]+)/gm)) yield {...each, fromCwd: true}
}

/**
 * Backends that stop without the readme or the licence file that the project names; setuptools only warns. That of Poetry
 * opens the readme in every version (masonry/metadata.py), also where pip or uv calls it.
 */
const strictBackends =
  /^build-backend\s*=\s*["'](?:hatchling\.build|uv_build|flit_core\.buildapi|poetry\.core\.masonry\.api)["']/m
const ofPoetry = /^build-backend\s*=\s*["']poetry\./m

function* pyproject({text}: TextFile, command: string, moment: Moment): Generator<Named> {
  const isPoetry = /^poetry /.test(command)
  // Without a build backend, uv and Poetry install what the project depends on, and not the project.
  if (/^uv sync/.test(command) && !/^\[build-system\]/m.test(text)) return
  if (isPoetry ? /^package-mode\s*=\s*false/m.test(text) : /^package\s*=\s*false/m.test(text)) return
  if (moment.variables.has('UV_NO_INSTALL_PROJECT')) return
  const poetry = isPoetry ? poetryMajor(moment) : undefined
  // Poetry 1 only warns that "the current project could not be installed".
  if (isPoetry ? poetry === 1 : !strictBackends.test(text)) return
  const how = {sure: !isPoetry || poetry !== undefined}
  // The project may lack it at all: most editors write the name of a README into a new pyproject.toml.
  for (const each of matches(text, /^readme\s*=\s*["']([^"']+)["']/gm, how)) yield {...each, nowhere: true}
  if (!ofPoetry.test(text))
    yield* matches(text, /^(?:readme|license)\s*=\s*\{[^}\n]{0,1000}\bfile\s*=\s*["']([^"']+)["']/gm, how)
  if (/hatchling/.test(text)) yield* hatch(text)
  if (/^packages\s*=|tool\.hatch\.build|^module-(?:name|root)\s*=|tool\.flit/m.test(text)) return
  // The package is looked for by the project's name.
  for (const folder of ['', 'src/']) {
    yield* matches(text, /^name\s*=\s*["']([\w.-]+)["']/gm, {
      to: (name) => `${folder}${name.toLowerCase().replace(/[-.]+/g, '_')}/__init__.py`,
      ...how,
    })
  }
}

/** "Forced include not found", "Build script does not exist". */
function* hatch(text: string): Generator<Named> {
  for (const table of text.matchAll(
    /^\[tool\.hatch\.build\.targets\.wheel\.force-include\]\s*\n((?:(?!\[).*\n?)*)/gm,
  )) {
    const offset = table.index + table[0].length - (table[1] as string).length
    for (const each of matches(table[1] as string, /^["']?([^"'=\s]+)["']?\s*=/gm)) {
      yield {...each, start: each.start + offset, end: each.end + offset}
    }
  }
  yield* matches(text, /^\[tool\.hatch\.(?:build|metadata|build\.targets\.wheel)\.hooks\.(custom)\]/gm, {
    to: () => 'hatch_build.py',
  })
}

/** The major version of Poetry, where something says which one is installed; the newest is 2 or later. */
export function poetryMajor({variables, unknown}: Moment, before = ''): number | undefined {
  const pinned = [...unknown.map(({text}) => text), before].map(
    (text) => /\bpoetry["']?\s*[=~^]=?\s*["']?(\d+)/.exec(text ?? '')?.[1],
  )
  const found = variables.get('POETRY_VERSION') ?? pinned.find((each) => each !== undefined)
  return found === undefined ? undefined : Number.parseInt(found, 10)
}

/** Path dependencies of Poetry and of uv. */
function* pathDependencies({text}: TextFile): Generator<Named> {
  for (const section of text.matchAll(/^\[tool\.(?:poetry\.dependencies|uv\.sources)\]\s*\n((?:(?!\[).*\n?)*)/gm)) {
    const offset = section.index + section[0].length - (section[1] as string).length
    for (const each of matches(section[1] as string, /^[\w-]+\s*=\s*\{[^}\n]{0,1000}\bpath\s*=\s*["']([^"']+)["']/gm)) {
      // One that an extra asks for may be left alone.
      const line = section[1]?.slice(section[1].lastIndexOf('\n', each.start) + 1, each.end + 1000) ?? ''
      const [own = ''] = line.split('}')
      const isOfUv = section[0].startsWith('[tool.uv')
      const sure = isOfUv ? isRequired(text, /^[\w-]+/.exec(own)?.[0] ?? '') : !/\boptional\s*=\s*true/.test(own)
      yield {...each, start: each.start + offset, end: each.end + offset, sure}
    }
  }
}

/** Whether a package is among the dependencies of a project, and not those of an extra or a group. */
function isRequired(text: string, name: string): boolean {
  const [, listed = ''] = text.split(/^dependencies\s*=\s*\[/m)
  const [own = ''] = listed.split(/^[ \t]{0,50}(?:\[|[\w-]{1,100}[ \t]{0,50}=)/m)
  return new RegExp(`["']${name.replace(/[-_]/g, '[-_.]')}(?![\\w.-])`, 'i').test(own)
}

/** composer.json without what --no-dev leaves out, each in its place. */
const installedPart = (text: string, command: string): string =>
  /--no-dev\b/.test(command)
    ? text.replace(/"require-dev"\s{0,99}:\s{0,99}\{[^{}]{0,20000}\}/g, (part) => ' '.repeat(part.length))
    : text

/**
 * The plugin for patches stops without the list of them, and from version 2 on, or where that is asked for, without one
 * of them (its README, "Error handling"; before, it writes "Could not apply patch! Skipping."). As root, plugins run only
 * where that is allowed, and only packages that are installed are patched.
 */
function* patches(text: string, command: string, variables: Moment['variables']): Generator<Named> {
  const installed = installedPart(text, command)
  const [, major] = /"cweagans\/composer-patches"\s*:\s*"[\^~>=v\s]*(\d+)/.exec(installed) ?? []
  if (major === undefined) return
  const isRoot = !variables.has('COMPOSER_ALLOW_SUPERUSER')
  yield* matches(text, /"patches-file"\s*:\s*"([^":]+)"/g, {sure: !isRoot})
  const stops = Number(major) >= 2 || /"composer-exit-on-patch-failure"\s*:\s*true/.test(text)
  if (!stops && !variables.has('COMPOSER_EXIT_ON_PATCH_FAILURE')) return
  for (const listed of text.matchAll(/"([\w.-]+\/[\w.-]+)"\s*:\s*[{[]([^{}[\]]{0,5000})/g)) {
    const [whole, name = '', list = ''] = listed
    // As a requirement; what other packages bring along is not seen here.
    const required = new RegExp(`"${escapePattern(name)}"\\s*:\\s*"`)
    if (required.test(text) && !required.test(installed)) continue
    const sure = !isRoot && required.test(installed)
    const offset = listed.index + whole.length - list.length
    for (const each of matches(list, /"((?:\.\/)?[\w./-]+\.(?:patch|diff))"/g, {sure})) {
      yield {...each, start: each.start + offset, end: each.end + offset}
    }
  }
}

/** Composer runs the scripts of its events, and reads what it is to find classes in. */
function* composer({path, text}: TextFile, command: string, {variables}: Moment): Generator<Named> {
  if (!path.endsWith('.json')) return yield* artisan(text, variables)
  const scripts = (events: readonly string[]) => composerScripts(text, installedPart(text, command), events)
  const [runs, called] = /^composer run(?:-script)? (?:-\S+ )*([\w:.-]+)?/.exec(command) ?? []
  if (runs) return yield* scripts(called === undefined || called.startsWith('-') ? [] : [called])
  if (!/--no-plugins|--download-only|dump-autoload/.test(command)) yield* patches(text, command, variables)
  const dumps = !/--no-autoloader|--download-only/.test(command)
  const events = [
    ...(dumps ? ['post-autoload-dump'] : []),
    ...(/dump-autoload/.test(command) ? [] : ['post-install-cmd']),
  ]
  if (!/--no-scripts|--download-only/.test(command)) yield* scripts(events)
  if (!dumps) return
  for (const list of text.matchAll(
    /"autoload"\s*:\s*\{(?:[^{}]|\{[^{}]{0,5000}\}){0,2000}?"classmap"\s*:\s*\[([^\]]{0,5000})\]/g,
  )) {
    const offset = list.index + list[0].lastIndexOf('[')
    for (const each of matches(list[0].slice(list[0].lastIndexOf('[')), /"([^"]+)"/g)) {
      yield {...each, start: each.start + offset, end: each.end + offset}
    }
  }
}

/**
 * The scripts of an event (getcomposer.org/doc/articles/scripts.md): artisan of Laravel, and the console of Symfony, with
 * which Flex runs its auto-scripts (symfony/flex, ScriptExecutor). Without Flex the shell finds no symfony-cmd: that stops, too.
 */
function* composerScripts(text: string, installed: string, events: readonly string[]): Generator<Named> {
  for (const event of events) {
    const hook = new RegExp(`"${escapePattern(event)}"\\s{0,99}:\\s{0,99}(?:\\[[^\\]]{0,5000}\\]|"[^"]{0,1000}")`).exec(
      text,
    )
    if (!hook) continue
    const at = hook[0].search(/@php artisan\b(?![^"]*\|\|)/)
    if (at >= 0) yield {path: 'artisan', start: hook.index + at, end: hook.index + at + 12, sure: true}
    if (!hook[0].includes('"@auto-scripts"') || !/"symfony\/console"/.test(installed) || /"bin-dir"/.test(text))
      continue
    const list = /"auto-scripts"\s{0,99}:\s{0,99}\{[^{}]*\}/.exec(text)
    for (const each of list?.[0].matchAll(/"[\w: -]+"\s{0,99}:\s{0,99}"symfony-cmd"/g) ?? []) {
      const start = (list?.index ?? 0) + each.index
      yield {path: 'bin/console', start, end: start + each[0].length, sure: true, verb: 'runs'}
    }
  }
}

/**
 * What artisan requires beside what Composer installs; and the folder for the list of packages, without which Laravel stops
 * ("must be present and writable", PackageManifest), and Lumen does not.
 */
function* artisan(text: string, variables: Moment['variables']): Generator<Named> {
  if (!text.startsWith('#!/usr/bin/env php')) return
  for (const each of matches(
    text,
    /^[^\n#]{0,99}\brequire(?:_once)?\s{0,9}\(?\s{0,9}__DIR__\s{0,9}\.\s{0,9}['"]\/(bootstrap\/[\w/-]+\.php)['"]/gm,
  )) {
    yield each
    if (!text.includes('/vendor/autoload.php') || variables.has('APP_PACKAGES_CACHE')) continue
    yield {...each, path: 'bootstrap/cache', verb: 'needs the folder', nowhere: true}
  }
}

const mixTasks = /^mix (deps\.get|deps\.compile|compile|release|assets\.|phx\.)/
const pipInstall = /^(?:pip[\d.]*|python[\d.]* -m pip|uv pip) install\b/
/** An install of the project that stands in the folder; `-t .` only names a folder to install to. */
export const pipInstallsProject = new RegExp(
  `(?:${pipInstall.source}|^pip[\\d.]* wheel\\b)(?:.{0,1000} )?(?<! (?:-[tfwd]|--(?:target|prefix|root|src|find-links|wheel-dir|cache-dir)) )["']?\\.(?:\\[\\S{0,200}\\])?["']?(?: |$)`,
)

/** A package of the project's own, which is built where it is installed. */
export const uvProject: Naming = {runs: /^uv sync\b/, begins: () => ['pyproject.toml'], names: pyproject}

export const interpreted: readonly Naming[] = [
  {runs: /^bundle install\b/, without: /--gemfile/, begins: () => ['Gemfile'], names: bundler, follows: true},
  {runs: /^mix (compile|release)\b/, begins: () => ['mix.exs'], names: mixDependencies, follows: true},
  {runs: /^mix (compile|release)\b/, begins: () => ['mix.exs'], names: mixPlaces},
  {runs: mixTasks, begins: () => ['mix.exs'], names: mixManifest},
  {
    runs: /^(?:bundle exec )?(?:rails|rake)\b/,
    begins: (text) => (/\brake\b/.test(text) ? ['Rakefile'] : ['bin/rails']),
    names: railsFiles,
    follows: true,
  },
  {
    runs: /^php[\d.]* artisan\b/,
    begins: () => ['artisan'],
    names: ({text}, _, {variables}) => artisan(text, variables),
  },
  {runs: mixTasks, begins: () => ['config/config.exs'], names: mixConfig, follows: true},
  {
    runs: new RegExp(`${pipInstall.source}.{0,1000} (?:-r|--requirement)[ =]`),
    begins: (text) => [...text.matchAll(/ (?:-r|--requirement)[ =](\S+)/g)].map(([, file]) => file as string),
    names: requirements,
    follows: true,
  },
  {
    runs: pipInstallsProject,
    begins: () => ['pyproject.toml'],
    names: pyproject,
  },
  {
    runs: new RegExp(`${pipInstallsProject.source}|^uv sync\\b`),
    without: /--no-install-(?:project|workspace|local)|--only-(?:group|dev)|--directory|--project|--package/,
    begins: () => ['pyproject.toml'],
    names: setuptoolsPackages,
  },
  {
    runs: new RegExp(`${pipInstallsProject.source}|^poetry install\\b`),
    without: /--no-root|--only-deps|--only|--directory/,
    begins: () => ['pyproject.toml'],
    names: poetryPackages,
  },
  {
    runs: /^(?:uv sync|poetry install)\b/,
    without:
      /--no-install-(?:project|workspace|local)|--no-root|--only-(?:deps|group|dev)|--directory|--project|--package/,
    begins: () => ['pyproject.toml'],
    names: pyproject,
  },
  {
    runs: /^(?:uv sync|poetry install)\b/,
    without:
      /--no-install-(?:workspace|local|package)|--no-sources|--no-directory|--directory\b|--project|--package|--only|--without|--no-(?:dev|group|default-groups)/,
    begins: () => ['pyproject.toml'],
    names: pathDependencies,
  },
  {
    runs: /^composer (?:install|i|dump-autoload|run|run-script)\b/,
    without: /--working-dir|\s-d\b/,
    begins: () => ['composer.json'],
    names: composer,
    follows: true,
  },
  denoNaming,
]
