import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {type Code, closing, codeOf} from '../../code/code.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {installsItself} from '../commands/module-starts.ts'
import {absentModules} from '../imports/absent-modules.ts'
import {addsToPath, ImageModules} from '../imports/image-modules.ts'
import {imageVersions} from '../packages/image-versions.ts'
import {hasAtLeast} from '../packages/newest-version.ts'
import {listsOf} from './loaded-modules.ts'
import {namedObjects} from './named-objects.ts'
import {OwnNames} from './own-names.ts'
import {type RefusedSetting, refusedSettings} from './refused-settings.ts'

/** What the settings of Django ask for and the deploy does not have, or Django refuses. */
export type DjangoFault =
  /** Files by a manifest that nothing writes. */
  | {kind: 'static'; at: FileLocation}
  | ({
      kind: 'refused'
      /** A command that ends with it. */
      by: {name: string; text: string; at: FileLocation} | undefined
    } & RefusedSetting)

/** `migrate` and `check` look at the settings, unless they are told not to. */
const checks = /\bmanage\.py (?:migrate|check)\b(?!.*--skip-checks)/

export async function loadDjangoFaults(inputs: Inputs, facts: FactStore): Promise<Fact<DjangoFault[]>> {
  const {reader} = inputs
  const [[dockerfile, processes], machine, files, flyConfig, image, python] = await Promise.all([
    facts.needAll('dockerfile', 'processes'),
    facts.value('machineSettings'),
    facts.value('files'),
    facts.value('flyConfig'),
    facts.value('image'),
    facts.value('python'),
  ])
  const tracked = files ?? noFiles
  if (!machine) return known([])
  const {settings, values} = machine
  const codes = settings.files.flatMap((file) => codeOf(file) ?? [])
  const found: DjangoFault[] = []
  // Of two projects each has settings of its own.
  const isOnly = tracked.named('manage.py').length === 1
  const meets = {
    loading: machine.areLoadedBy,
    checking: (text: string) => checks.test(text),
    serving: machine.areServedBy,
    requests: () => false,
  }
  const add = (refused: RefusedSetting) => {
    const by = isOnly ? processes.commands.find((each) => each.certain && meets[refused.met](each.text)) : undefined
    found.push({kind: 'refused', ...refused, by: by && {name: by.by, text: by.text, at: by.at}})
  }
  const loaders = codes.length === 1 ? twoWays(codes[0] as Code) : undefined
  if (loaders) add(loaders)
  const twice = appTwice(codes, settings.certain)
  if (twice) add(twice)
  const {config, services = []} = flyConfig ?? {}
  const has = async (name: string, version: string) =>
    image && python ? hasAtLeast(name, version, await imageVersions(image, {processes, python, reader})) : 'no'
  for (const refused of await refusedSettings(values, {
    app: config?.app,
    isServed: services.length > 0,
    codes,
    env: config?.env ?? {},
    has,
  }))
    add(refused)
  for (const refused of await ownNames()) add(refused)
  const storage = manifestStorage(codes)
  if (storage && !mayDebug(codes, config?.env) && !(await mayCollect()) && (await asksForFiles()))
    found.push({kind: 'static', at: storage})
  return known(found)

  /** What the settings name by their full names, in the modules of the image. */
  async function ownNames(): Promise<RefusedSetting[]> {
    const [build, deploys] = await Promise.all([facts.value('build'), facts.value('deployCommands')])
    if (!build || !isOnly) return []
    const told = (await facts.value('packageImports')) ?? []
    const path = `${flyConfig?.config.env?.PYTHONPATH ?? build.final.config.env.get('PYTHONPATH') ?? ''}`
    const names = new OwnNames({
      modules: new ImageModules(build, reader, tracked),
      absent: await absentModules(inputs, facts, {
        build,
        files: tracked,
        makes: (each) => deploys?.makes(each) ?? false,
      }),
      files: tracked,
      isTold: (top) => told.some(({module}) => module === top),
      reader,
      roots: [settings.root, ...path.split(':').filter((each) => each.startsWith('/'))],
      looksElsewhere:
        path !== '' ||
        installsItself(build) ||
        addsToPath.test(settings.text + settings.before) ||
        processes.find(/--(?:chdir|pythonpath|app-dir)\b/) !== undefined ||
        (await reader.texts(tracked.named('wsgi.py', 'asgi.py'))).some(({text}) => addsToPath.test(text)),
    })
    return namedObjects(values, {
      names,
      codes,
      isAtLeast: async (version) => (await has('django', version)) === 'surely',
    })
  }

  /** Whether anything that the project has may run collectstatic, or the image has what it writes. */
  async function mayCollect(): Promise<boolean> {
    const collects = /collectstatic|staticfiles\.json/
    if ([dockerfile.file.text, ...processes.read.texts.map(({text}) => text)].some((text) => collects.test(text)))
      return true
    if (tracked.named('staticfiles.json').length > 0 || tracked.has('.gitmodules')) return true
    const others = [
      ...tracked.ending('.sh', '.toml', '.yml', '.yaml', '.py'),
      ...tracked.named('Makefile', 'justfile', 'package.json', 'Procfile'),
    ]
    return others.length > 3_000 || (await reader.texts(others)).some(({text}) => collects.test(text))
  }

  /** The admin, or a template of the project, names a static file. */
  async function asksForFiles(): Promise<boolean> {
    if (codes.some(({text}) => /["']django\.contrib\.admin["']/.test(text))) return true
    return templatesAsk(tracked, reader)
  }
}

async function templatesAsk(tracked: Files, reader: ProjectReader): Promise<boolean> {
  const templates = tracked.ending('.html').filter((path) => /(?:^|\/)templates\//.test(path))
  return (await reader.texts(templates.slice(0, 300))).some(({text}) => /\{%\s*static\s/.test(text))
}

/** STATICFILES_STORAGE, and STORAGES since Django 4.2: the storage that names each file by the manifest. */
function manifestStorage(codes: readonly Code[]): FileLocation | undefined {
  const named = codes.flatMap((code) =>
    [...code.text.matchAll(/["'][\w.]{1,200}Manifest\w{0,50}StaticFilesStorage["']/g)].map((match) => ({code, match})),
  )
  const [only, another] = named
  // One for each environment is chosen where it runs.
  if (!only || another || codes.some(({text}) => /manifest_strict/.test(text))) return undefined
  const {code, match} = only
  const line = code.text.slice(code.text.lastIndexOf('\n', match.index) + 1, match.index)
  const isSet =
    /^STATICFILES_STORAGE\s{0,20}=\s{0,20}\(?\s{0,20}$/.test(line) ||
    (/["']BACKEND["']\s*:\s*$/.test(line) && /^STORAGES\s*=\s*\{/m.test(code.text))
  return isSet ? code.file.span(match.index, match.index + match[0].length) : undefined
}

/** With DEBUG no manifest is asked for. */
export function mayDebug(codes: readonly Code[], env: Readonly<Record<string, string>> = {}): boolean {
  // `Env(DEBUG=(bool, True))`, `debug: bool = True`
  if (codes.some(({text}) => /debug\W{1,30}bool\W{1,20}True/i.test(text))) return true
  const lines = codes.flatMap(({text}) => [...text.matchAll(/^[ \t]*DEBUG\s*(?::\s*bool\s*)?=([^\n]*)/gm)])
  if (lines.length === 0) return false
  const isOn = ([, value = '']: RegExpExecArray) =>
    /\b[Tt]rue\b|["']?\b1\b/.test(value.replace(/(?:==|\bin\b)[^\n]*/, ''))
  return lines.some(isOn) || /^(?:true|1|yes|on)$/i.test(`${env.DEBUG ?? env.DJANGO_DEBUG ?? ''}`)
}

/** templates.E001: "You have 'APP_DIRS': True in your TEMPLATES but also specify 'loaders' in OPTIONS". */
function twoWays(code: Code): RefusedSetting | undefined {
  const start = /^TEMPLATES\s*=\s*\[/m.exec(code.text)
  if (!start) return undefined
  const end = closing(code, start.index + start[0].length - 1)
  const inside = code.text.slice(start.index, end)
  const rest = code.text.slice(end)
  const isOne = inside.split(/["']BACKEND["']/).length === 2 && !/\bTEMPLATES\b|APP_DIRS/.test(rest)
  const on = /["']APP_DIRS["']\s*:\s*True\b(?!\s*(?:if|and|or)\b)/.exec(inside)
  const options = /["']OPTIONS["']\s*:\s*\{/.exec(inside)
  if (!isOne || !on || !options) return undefined
  const open = start.index + options.index + options[0].length - 1
  const given = code.text.slice(open, closing(code, open))
  if (!/["']loaders["']\s*:\s*[[(]/.test(given)) return undefined
  return {
    problem: 'APP_DIRS is True and OPTIONS has loaders, of which Django takes one alone',
    error: 'templates.E001',
    cure: 'Take APP_DIRS out, and name django.template.loaders.app_directories.Loader among the loaders; or leave the loaders out: since Django 4.1 templates are cached without them.',
    at: code.file.span(start.index + on.index, start.index + on.index + on[0].length),
    met: 'checking',
    otherwise: 'the first page with a template is an error',
    isSure: true,
  }
}

/** django.setup() ends with "Application labels aren't unique" when one app is named twice. */
function appTwice(codes: readonly Code[], certain: readonly TextFile[]): RefusedSetting | undefined {
  // One that is made anew, or goes through a function, may lose what it has twice.
  const mentions = codes.flatMap(({bare}) => [...bare.matchAll(/\bINSTALLED_APPS\b\s{0,20}(\+?=(?!=))?/g)])
  if (mentions.filter(([, sets]) => sets !== '+=').length !== 1) return undefined
  for (const {file, bare} of codes) {
    if (!certain.includes(file)) continue
    for (const {list, items} of listsOf(file, false)) {
      if (list !== 'INSTALLED_APPS') continue
      const second = items.find(({name}, index) => items.slice(0, index).some((other) => other.name === name))
      // `[…] if LOCAL else […]`, `[…][1:]`
      const isWhole = second && /^[^[\]()]*[\])][ \t]{0,20}(?:[\n+]|$)/.test(bare.slice(second.end))
      if (isWhole)
        return {
          problem: `INSTALLED_APPS names ${second.name} twice`,
          error: "Application labels aren't unique",
          cure: 'Take one of the two out.',
          at: file.span(second.start, second.end),
          met: 'loading',
          otherwise: 'Django stops when it is set up',
          isSure: true,
        }
    }
  }
  return undefined
}
