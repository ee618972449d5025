import {posix} from 'node:path'
import {instructionsBefore, rootImage} from '../../dockerfile/parse.ts'
import {pythonReads} from '../../environment/python-reads.ts'
import {basePrograms} from '../../image/base/base-programs.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {isBelow} from '../../image/files/image-path.ts'
import type {Project} from '../../image/programs/missing-tasks.ts'
import {isArgument, mentions, type VariableReads} from '../../image/variable-reads.ts'
import {djangoSettings} from '../django/settings-files.ts'
import {settingsStop} from '../django/settings-values.ts'

/** What may fill the environment before it is read, from elsewhere than a file of settings. */
const fills =
  /environ\.(?:update|setdefault\(\s{0,20}\w)|environ\[\w+\]\s*=[^=]|environ\s*\|=|putenv|doppler|infisical|secrets?_?manager|hvac|boto3|google\.cloud|(?:load|fetch|inject|populate)_?secrets?\w{0,50}\(/i
/** That `config` and `env` are those of a library, which raises, and not what the project makes of it or instead. */
const ofLibrary =
  /\bfrom\s+decouple\s+import\b(?:\s{0,20}\([^)]{0,300}|[^\n]{0,300})\bconfig\b|\b(?:config|env)\s*=\s*(?:\w+\.)?(?:(?:FileAware)?Env|AutoConfig)\(/
const ofProject =
  /\bdef\s+(?:config|env)\b|\b(?:prefix|eager)\s*=|\bclass\s+\w+\([^)\n]{0,200}\bEnv\b|\bRepository\w+\(|\bConfig\(|\.scheme\b|starlette/
/** Files from which dotenv, decouple, django-environ and environs take variables. */
const isOfSettings = (name: string): boolean =>
  /^\.env(?:\.|$)|^env$|\.env$|^settings\.ini$/.test(name) && !/example|sample|template|\.dist$/.test(name)
/** What reads a file of settings that it is given: of any name, then. */
const loadsFile = /\b(?:read_env|load_dotenv|dotenv_values|Repository(?:Env|Ini)|AutoConfig|env_file)\b/
/** The last parts of the paths that stand in texts, but for sources. */
const namesIn = (text: string): Set<string> =>
  new Set(
    [...text.matchAll(/["'](?:[\w./-]{0,200}\/)?([\w.-]{1,200})["']/g)].flatMap(([, name = '']) =>
      name.endsWith('.py') ? [] : name,
    ),
  )
/** Commands that Django has without any settings. */
const settingless = /^(?:help|version|startproject|startapp|-\S*)$/

/** Whether a step before the deploy lays a .env into the build. */
export type Dotenv = 'made' | 'maybe' | 'no'

/**
 * KeyError, UndefinedValueError or ImproperlyConfigured, as the settings are imported: `os.environ["X"]`, `config("X")`,
 * `env("X")` outside of every block.
 */
export async function settingsReads(
  command: BuildCommand,
  project: Project,
  dotenv: Dotenv,
): Promise<VariableReads | undefined> {
  const {moment, folder, words, before} = command
  const manage = words.findIndex((word) => word?.endsWith('manage.py'))
  const task = words[manage + 1] ?? ''
  if (manage < 0 || settingless.test(task)) return undefined
  const settings = await djangoSettings(command, project)
  const all = `${settings?.before}\n${settings?.text}`
  if (!settings || fills.test(all)) return undefined
  const told = loadsFile.test(all) ? namesIn(all) : new Set<string>()
  const texts = [...instructionsBefore(moment.stage, moment.instruction).map(({text}) => text), before]
  // A file that a RUN may have written.
  if (dotenv === 'made' || texts.some((text) => /\.env\b|settings\.ini/.test(text)) || hasFile()) return undefined
  const {pythonTree} = await import('../source/tree.ts')
  const empty = ofLibrary.test(settings.text) && !ofProject.test(settings.text)
  const names = settings.certain.flatMap((file) =>
    pythonReads(file, pythonTree(file.text).topNode, {empty})
      .filter(({without, required}) => required && without === 'fails')
      .map(({name, at}) => ({name, read: at})),
  )
  // One of the files gives it to another.
  const given = (name: string) =>
    new RegExp(`environ(?:\\.setdefault\\(\\s{0,20}|\\[\\s{0,20})["']${name}["']\\s{0,20}(?:,|\\]\\s{0,20}=[^=])`).test(
      all,
    )
  // Who deploys may lay a file there, where nothing leaves it out; a base image of somebody may have variables of its own.
  const mayLay = dotenv === 'maybe' && /dotenv|decouple|environs|read_env/.test(settings.text)
  const likely = mayLay || basePrograms(rootImage(moment.stage) ?? '') === undefined
  // Of an argument, and of what the RUN itself may set, the value is not known.
  const mayBeSet = (name: string) => moment.variables.has(name) || isArgument(moment, name) || mentions(command, name)
  const stop = await settingsStop(settings, project.tracked, project.reader, (name) =>
    mayBeSet(name) ? moment.variables.get(name) : 'unset',
  )
  // DEBUG decides, where both are named: without it the build goes the way of production.
  const asked = stop?.names.filter(({name}) => !/DEBUG|^ENV|_ENV$|ENVIRONMENT/.test(name)) ?? []
  return {command: `manage.py ${task}`.trim(), names: [...names, ...asked].filter(({name}) => !given(name)), likely}

  /** Whether a file of settings is there: beside manage.py or the settings, above them, or in a folder that they name. */
  function hasFile(): boolean {
    const root = posix.dirname(posix.resolve(folder, words[manage] ?? ''))
    const entry = moment.files.get(root)
    const below = entry?.kind === 'folder' ? [...moment.files.filesOf(entry)].map(([path]) => path) : []
    if (below.some((path) => told.has(posix.basename(path)))) return true
    const isNear = (place: string) =>
      settings?.files.some(({path}) => `/${posix.dirname(path)}`.includes(place)) ||
      settings?.text.includes(posix.basename(place))
    if (below.some((path) => isOfSettings(posix.basename(path)) && isNear(posix.dirname(path)))) return true
    for (let place = root; ; place = posix.dirname(place)) {
      const above = moment.files.get(place)
      if (above?.kind === 'folder' && [...above.entries.keys()].some(isOfSettings)) return true
      if (moment.unknown.some(({by, path}) => by === 'copy' && isBelow(place, path))) return true
      if (place === '/') return false
    }
  }
}
