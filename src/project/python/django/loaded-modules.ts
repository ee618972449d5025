import {codeOf} from '../../code/code.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import {startedModules} from '../imports/started-modules.ts'
import {topLevelImports} from '../imports/top-level-imports.ts'

/** A module that Django imports when it is set up: for its settings, or as they name it. */
export interface DjangoImport {
  name: string
  /** What it takes of the module: `from a import b, c`. */
  names?: readonly string[]
  file: TextFile
  start: number
  end: number
}

const named = /\bsetdefault\(\s*["']DJANGO_SETTINGS_MODULE["']\s*,\s*["']([\w.]+)["']/
const serves = /\bget_[wa]sgi_application\s*\(/
const setsUp = /\b(?:get_wsgi_application|get_asgi_application|execute_from_command_line|django\.setup)\s*\(/
/** Settings for a developer's machine, in whose place the deploy mostly has others that a secret names. */
export const notDeployed = /(?:^|\.|_)(?:local|dev|development|test|testing|debug)$/
/** At the top level, and in one piece: what is added under a condition may not be. */
const lists =
  /^(INSTALLED_APPS|MIDDLEWARE|(?:THIRD_PARTY|DJANGO|EXTERNAL|PREREQ)_APPS)\s*(\+?)=\s*[[(]([^[\]()]*)[\])]/gm
/** What takes something out of a list again, or makes another one of it. */
const changes =
  /\b(?:INSTALLED_APPS|MIDDLEWARE|\w+_APPS)\.(?:remove|pop|clear)\b|\b(?:for\s+\w+\s+in|del|filter\([^\n]{0,300},)\s+(?:INSTALLED_APPS|MIDDLEWARE|\w+_APPS)\b/
const item = /^\s*["']([A-Za-z_][\w.]*)["']\s*$/

/**
 * What the settings import that one of these files has Django load, and the apps and middleware that they name, which
 * django.setup() and the first request import. `chosen`: DJANGO_SETTINGS_MODULE, where something sets it.
 */
export async function djangoImports(
  started: readonly TextFile[],
  paths: Files,
  reader: ProjectReader,
  chosen: string | undefined,
): Promise<DjangoImport[]> {
  const {file, settings} = await settingsOf(started, paths, reader, chosen)
  if (!file) return []
  const found: DjangoImport[] = []
  for (const each of settings) {
    found.push(...importsOf(each))
  }
  found.push(...(await ofAddresses(settings)))
  const listed = settings.flatMap((each) => listsOf(each, serves.test(file.text)))
  const whole = listed.filter(({adds}) => !adds).map(({list}) => list)
  if (settings.some(({text}) => changes.test(text)) || new Set(whole).size < whole.length) return found
  const items = listed.flatMap((each) => each.items)
  const apps = listed.flatMap((each) => (each.list === 'MIDDLEWARE' ? [] : each.items))
  return [...found, ...items, ...(await ofApps(apps))]

  /** What the project's own apps import: Django loads apps.py and the models of each when it is set up. */
  async function ofApps(all: readonly DjangoImport[]): Promise<DjangoImport[]> {
    const modules = all.flatMap(({name}) => {
      const app = appOf(name)
      // The admin looks for what each app has for it, before any address is known.
      const admin = all.some((each) => each.name === 'django.contrib.admin') ? [`python -m ${app}.admin`] : []
      return [`python -m ${app}.apps`, `python -m ${app}.models`, ...admin]
    })
    return (await reader.texts(await startedModules(modules, paths, reader))).flatMap(importsOf)
  }

  /** What the addresses import: `migrate` looks at them, and the first request. */
  async function ofAddresses(of: readonly TextFile[]): Promise<DjangoImport[]> {
    const modules = (await addressesOf(of, paths, reader)).map(({name}) => `python -m ${name}`)
    return (await reader.texts(await startedModules(modules, paths, reader))).flatMap(importsOf)
  }
}

const importsOf = (file: TextFile): DjangoImport[] =>
  topLevelImports(file.text).flatMap(({name, names, relative, start, end}) =>
    relative === 0 ? [{name, names, file, start, end}] : [],
  )

/** ROOT_URLCONF of the settings, and the modules that its file includes. */
async function addressesOf(
  settings: readonly TextFile[],
  paths: Files,
  reader: ProjectReader,
): Promise<DjangoModule[]> {
  const roots = settings.flatMap((each) => {
    const found = addresses.exec(each.text)
    return found?.[1] ? [{name: found[1], named: spanIn(each, found)}] : []
  })
  const [root, another] = new Set(roots.map(({name}) => name))
  if (root === undefined || another) return []
  const urls = await reader.texts(await startedModules([`python -m ${root}`], paths, reader))
  return [...roots.slice(0, 1), ...urls.flatMap(includedBy)]
}

/** The settings that a command names for itself: as an option of manage.py, or of gunicorn for what it starts. */
export const settingsOption = (text: string): string | undefined =>
  /\s(?:--settings[ =]|(?:--env|-e)[ =]DJANGO_SETTINGS_MODULE=)(\S+)/.exec(text)?.[1]

/** The file that sets Django up, and its settings with what they import. */
async function settingsOf(
  started: readonly TextFile[],
  paths: Files,
  reader: ProjectReader,
  chosen: string | undefined,
): Promise<{file: TextFile | undefined; module: string; settings: TextFile[]}> {
  // With several of them it is decided where it runs.
  const file = started.find(({text}) => named.test(text) && setsUp.test(text))
  const isOnly = file && file.text.split('DJANGO_SETTINGS_MODULE').length === 2
  const module = chosen ?? (isOnly ? named.exec(file.text)?.[1] : undefined)
  if (!file || !module || notDeployed.test(module)) return {file: undefined, module: '', settings: []}
  return {file, module, settings: await reader.texts(await startedModules([`python -m ${module}`], paths, reader))}
}

/** A module that Django loads, and the app of the settings whose module it is. */
export interface DjangoModule {
  name: string
  app?: DjangoImport
  /** The text that names it; undefined of settings that a variable or an option names. */
  named?: Omit<DjangoImport, 'name'> | undefined
}

/**
 * The modules that Django loads when it is set up, and for the first request, in that order: the settings, the models of
 * the apps, and the addresses (`ROOT_URLCONF`, which `migrate` checks, too) with those that they include.
 */
export async function djangoModules(
  starter: TextFile,
  paths: Files,
  reader: ProjectReader,
  chosen: string | undefined,
): Promise<DjangoModule[]> {
  const {file, module, settings} = await settingsOf([starter], paths, reader, chosen)
  const byStarter = chosen === undefined && file ? spanIn(file, named.exec(file.text)) : undefined
  if (settings.length === 0) return file ? [{name: module, named: byStarter}] : []
  const apps = settings.some(({text}) => changes.test(text))
    ? []
    : settings.flatMap((each) => listsOf(each, false)).flatMap(({items}) => items)
  const models = apps.map((each) => ({name: `${appOf(each.name)}.models`, app: {...each, name: appOf(each.name)}}))
  return [{name: module, named: byStarter}, ...models, ...(await addressesOf(settings, paths, reader))]
}

/** Where the first group of a match stands. */
function spanIn(file: TextFile, match: RegExpExecArray | null): DjangoModule['named'] {
  const [whole, inside = ''] = match ?? []
  if (!match || whole === undefined) return undefined
  const start = match.index + whole.lastIndexOf(inside)
  return {file, start, end: start + inside.length}
}

/** The package of an app, which the settings name by itself or by its class: `orders`, `orders.apps.OrdersConfig`. */
const appOf = (name: string): string => name.replace(/\.apps\.[A-Z]\w*$/, '')

const addresses = /^ROOT_URLCONF\s*=\s*["']([\w.]+)["']/m

/** What `include("orders.urls")` names, outside of texts, comments and what stands under a condition. */
function includedBy(file: TextFile): DjangoModule[] {
  const code = codeOf(file)
  const always = code?.bare.replace(/^(?:if|elif|else|try|except)\b.*\n(?:[ \t].*\n|\n)*/gm, (block) =>
    ' '.repeat(block.length),
  )
  return [...(always?.matchAll(/\binclude\(/g) ?? [])].flatMap(({0: {length}, index}) => {
    const start = index + length
    const [whole, name] = /^\s*["']([\w.]+)["']\s*[,)]/.exec(code?.text.slice(start, start + 300) ?? '') ?? []
    if (name === undefined || whole === undefined) return []
    const from = start + whole.indexOf(name)
    return [{name, named: {file, start: from, end: from + name.length}}]
  })
}

interface List {
  list: string
  adds: boolean
  items: DjangoImport[]
}

/** `middleware`: the server loads it, and no other command. */
export function listsOf(file: TextFile, middleware: boolean): List[] {
  const code = codeOf(file)
  return [...(code?.bare.matchAll(lists) ?? [])].flatMap(
    ({0: {length}, 1: list = '', 2: plus, 3: inside = '', index}) => {
      if (list === 'MIDDLEWARE' && !middleware) return []
      const items: DjangoImport[] = []
      let start = index + length - 1 - inside.length
      for (const {length: long} of inside.split(',')) {
        const [whole, name] = item.exec(code?.text.slice(start, start + long) ?? '') ?? []
        const from = start + (whole?.search(/\S/) ?? 0)
        if (name && whole) items.push({name, file, start: from, end: from + whole.trim().length})
        start += long + 1
      }
      return [{list, adds: plus === '+', items}]
    },
  )
}
