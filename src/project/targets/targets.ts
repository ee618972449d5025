import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import type {FactStore} from '../../facts.ts'
import {type Files, noFiles} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'
import {configNames, isConfigName} from '../fly-config/find.ts'
import {assumedPlace} from './assumed-targets.ts'
import {isOther} from './other-files.ts'

/** One deploy of a repository: where flyctl runs, and the configuration that it reads there. */
export interface Target {
  /** flyctl's working directory, relative to the folder that was searched: `.`, `apps/web`. */
  root: string
  /** `-c`, relative to `root`; undefined: flyctl finds it there by itself. */
  config: string | undefined
  /** `-a`. */
  app: string | undefined
  /** `--dockerfile`, where that is assumed. */
  dockerfile?: string | undefined
  /** The call in a workflow that says so; undefined: it is assumed, as the files tell. */
  from: FileLocation | undefined
}

/**
 * Other people's code brings its own configurations; what browsers are served (`public/data/fly.json`) is none, and no more
 * is a workflow (`.github/workflows/fly.yml`).
 */
const foreign = /(^|\/)(node_modules|vendor|\.?venv|site-packages|public|\.github|\.circleci)\//

/** A file to be filled in, by its name or by the app in it: whoever deploys makes another one of it first. */
const isTemplate = /^fly[.-](?:[\w-]{1,50}[.-])?(?:example|sample|template|tmpl)\.\w+$/

/** `app = "{{APP}}"`, `app: APP_NAME_PLACEHOLDER`, as sed and envsubst fill it in. */
const isUnnamed =
  /^\s{0,20}"?app"?\s{0,20}[=:]\s{0,20}["']?[\w-]{0,60}(?:[<{$%]|PLACEHOLDER|(?:CHANGE|REPLACE)[_-]?ME|YOUR[_-]|placeholder|your-app)/m

/**
 * Every configuration below the folder that git tracks, but for templates beside others and for files of another program,
 * each with the places where the workflows deploy it from. The build context is where flyctl runs, so that the same file
 * deployed from two folders is two targets.
 */
export async function findTargets(facts: FactStore, reader: ProjectReader): Promise<Target[]> {
  const [files, workflows] = await Promise.all([facts.value('files'), facts.value('workflows')])
  const configs = (files ?? noFiles)
    .beginning('fly')
    .filter((path) => isConfigName(posix.basename(path)) && !foreign.test(path))
  const assumed = await Promise.all(configs.map((config) => assumedTarget(config, files ?? noFiles, reader)))
  const targets = configs.flatMap((config, index): Target[] => {
    const deploys = (workflows?.deploys ?? []).filter((deploy) => deploy.config === config)
    const called = deploys.flatMap(({call}): Target[] => {
      if (call.folder === undefined) return []
      return [{root: call.folder, config: relative(call.folder, config), app: call.flags.get('app'), from: call.at}]
    })
    return called.length > 0 ? called : [assumed[index] as Target]
  })
  const texts = (await Promise.all(configs.map((config) => reader.text(config)))).filter((file) => file !== undefined)
  const pathsOf = (isOne: (file: TextFile) => boolean) => new Set(texts.filter(isOne).map(({path}) => path))
  const others = pathsOf(isOther)
  const templates = pathsOf(({path, text}) => isTemplate.test(posix.basename(path)) || isUnnamed.test(text))
  const isIn = (paths: ReadonlySet<string>, {root, config = configNames[0], from}: Target) =>
    from === undefined && paths.has(posix.join(root, config))
  const own = targets.filter((target) => !isIn(others, target))
  const isFilledIn = (target: Target) => !isIn(templates, target)
  const filledIn = own.some(isFilledIn) ? own.filter(isFilledIn) : own
  const same = ({root, config, app}: Target, other: Target) =>
    root === other.root && config === other.config && app === other.app
  return filledIn.filter((target, index) => filledIn.findIndex((each) => same(target, each)) === index)
}

async function assumedTarget(config: string, paths: Files, reader: ProjectReader): Promise<Target> {
  const {root, dockerfile} = await assumedPlace(config, paths, reader)
  return {root, config: relative(root, config), app: undefined, ...(dockerfile && {dockerfile}), from: undefined}
}

/** What `-c` must say; flyctl finds the first of its own names by itself. */
function relative(root: string, config: string): string | undefined {
  const path = posix.relative(root, config)
  return path === configNames[0] ? undefined : path
}
