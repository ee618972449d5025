import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {suggest} from '../../suggest.ts'
import {type Files, noFiles} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {Inputs} from '../inputs.ts'
import {localAction} from './composite.ts'
import type {LeadUp} from './lead-up.ts'
import {isComputed, type Step} from './workflow.ts'
import type {Workflows} from './workflows.ts'

/** What an action before a deploy stops without, and does not get. */
export interface ActionDemand {
  step: LeadUp
  at: FileLocation
  /** `actions/setup-java`. */
  action: string
  /** The input that is missing, or that asks for a file: `distribution`, `cache: npm`. */
  input: string
  /** `shell`: a `run` of an action of the project has none. `name`: such an action has no input of this name, but one like it. `number`: as YAML reads it. `ruby`: what the Gemfile asks for. */
  of?: 'shell' | {name: string} | {number: string} | {ruby: string}
  /** The names of which a file must be there, for its cache. */
  files?: readonly string[]
  /** Whether that must lie at the top of the repository. */
  atTop?: boolean
  /** Where one lies instead, from the top of the repository. */
  elsewhere?: string | undefined
}

/** Read by getInput(name, {required: true}): "Input required and not supplied". */
const required: ReadonlyMap<string, readonly string[]> = new Map([
  ['actions/setup-java', ['distribution']],
  ['actions/cache', ['path', 'key']],
  ['actions/cache/restore', ['path', 'key']],
  ['actions/cache/save', ['path', 'key']],
  ['actions/upload-artifact', ['path']],
  ['actions/github-script', ['script']],
  ['dorny/paths-filter', ['filters']],
])

/**
 * "Dependencies lock file is not found in …" of setup-node, which looks at the top of the repository alone; "No file in …
 * matched to [**\/requirements.txt or **\/pyproject.toml]" of the others.
 */
const locks: ReadonlyMap<string, Readonly<Record<string, readonly string[]>>> = new Map([
  [
    'actions/setup-node',
    {
      npm: ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock'],
      yarn: ['yarn.lock'],
      pnpm: ['pnpm-lock.yaml'],
    },
  ],
  [
    'actions/setup-python',
    {pip: ['requirements.txt', 'pyproject.toml'], pipenv: ['Pipfile.lock'], poetry: ['poetry.lock']},
  ],
  ['actions/setup-java', {maven: ['pom.xml']}],
])

export async function loadActionDemands({reader}: Inputs, facts: FactStore): Promise<Fact<ActionDemand[]>> {
  const [workflows, files] = await Promise.all([facts.need('workflows'), facts.value('files')])
  const found: ActionDemand[] = []
  for (const each of workflows.leadUp) {
    const {uses, run, shell, at} = each.step
    // "Required property is missing: shell": an action has no defaults for it.
    if (run && shell === undefined && isActionFile.test(at.file) && !found.some((other) => other.at === at))
      found.push({step: each, at, action: at.file, input: 'shell', of: 'shell'})
    const [action = '', tag = ''] = uses?.text.split('@') ?? []
    if (action === 'ruby/setup-ruby') found.push(...(await otherRuby(each, reader)))
    // The first versions had no such inputs, and of a commit the version is not known.
    if (!uses || !/^v?(?:[2-9]|\d\d)(?:\.|$)/.test(tag)) continue
    // .sdkmanrc and .tool-versions may say which Java.
    const isFile = each.step.inputs.has('java-version-file')
    // GitHub does not look at their case.
    const names = new Set([...each.step.inputs.keys()].map((name) => name.toLowerCase()))
    const missing = isFile ? undefined : required.get(action)?.find((name) => !names.has(name))
    const version = action === 'actions/setup-python' ? each.step.inputs.get('python-version') : undefined
    if (missing !== undefined) found.push({step: each, at: uses.at, action, input: missing})
    else if (version?.written && isPythonCutShort.test(version.written))
      found.push({...{step: each, at: version.at, action}, input: version.written, of: {number: version.text}})
    else found.push(...(await lockOf(each, action, {reader, files: files ?? noFiles})))
  }
  return known([...found, ...misnamed(workflows)])
}

/** `bundler-cache: true` runs Bundler with this Ruby, and "Your Ruby version is 3.3.0, but your Gemfile specified 3.3.10" ends it. */
async function otherRuby(each: LeadUp, reader: ProjectReader): Promise<ActionDemand[]> {
  const {inputs} = each.step
  const version = inputs.get('ruby-version')
  const folder = inputs.get('working-directory')?.text ?? '.'
  const [, given] = /^(?:ruby-)?(\d\.\d{1,2}(?:\.\d{1,2})?)$/.exec(version?.text ?? '') ?? []
  if (!version || given === undefined || inputs.get('bundler-cache')?.text !== 'true' || folder.includes('$')) return []
  const top = posix.join(posix.dirname(each.workflow.file.path), '../..')
  const gemfile = await reader.text(posix.join(top, folder, 'Gemfile'))
  const [, wanted] =
    /^ruby[ \t]{0,20}\(?[ \t]{0,20}["'](\d\.\d{1,2}\.\d{1,2})["'][ \t]{0,20}\)?[ \t\r]{0,20}(?:#.*)?$/m.exec(
      gemfile?.text ?? '',
    ) ?? []
  // 3.3 is the newest of these, whatever that is.
  if (wanted === undefined || `${wanted}.`.startsWith(`${given}.`)) return []
  return [{step: each, at: version.at, action: 'ruby/setup-ruby', input: given, of: {ruby: wanted}}]
}

/** 3.10, which is 3.1 then: none of those has ever been built for GitHub's runners. */
const isPythonCutShort = /^3\.[1-4]0$/

const isActionFile = /(?:^|\/)action\.ya?ml$/

/** What is given to an action of the project under a name that it does not have: GitHub goes on with a warning. */
function misnamed({workflows, leadUp, actions}: Workflows): ActionDemand[] {
  const found: ActionDemand[] = []
  for (const step of leadUp) {
    const job = workflows.find(({file}) => file === step.workflow.file)?.jobs.find(({id}) => id === step.job.id)
    for (const own of job?.steps ?? []) {
      const path = localAction(own)
      const action = path && actions.find(({file}) => posix.dirname(file.path).endsWith(path))
      if (!action || own.if || found.some(({at}) => [...own.inputs.values()].some((each) => each.at === at))) continue
      // GitHub does not mind their case.
      const given = new Set([...own.inputs.keys()].map((name) => name.toLowerCase()))
      const open = [...action.inputs].filter(([name, value]) => value === undefined && !given.has(name.toLowerCase()))
      const declared = new Set([...action.inputs.keys()].map((name) => name.toLowerCase()))
      for (const [name, value] of own.inputs) {
        const like = declared.has(name.toLowerCase())
          ? undefined
          : suggest(
              name,
              open.map(([each]) => each),
            )
        if (like) found.push({step, at: value.at, action: own.uses?.text ?? '', input: name, of: {name: like}})
      }
    }
  }
  return found
}

async function lockOf(
  each: LeadUp,
  action: string,
  {reader, files}: {reader: ProjectReader; files: Files},
): Promise<ActionDemand[]> {
  const cache = each.step.inputs.get('cache')
  const names = cache && !isComputed(cache) ? locks.get(action)?.[cache.text] : undefined
  if (!cache || !names || each.step.inputs.has('cache-dependency-path') || !isPlain(each)) return []
  const top = posix.join(posix.dirname(each.workflow.file.path), '../..')
  const isHere = top === '.'
  const atTop = action === 'actions/setup-node'
  // Of the folders above the working directory nobody has a list.
  if (!isHere && !atTop) return []
  const others = files.named(...names)
  const there = atTop
    ? await Promise.all(
        names.map(async (name) => (isHere ? files.has(name) : (await reader.kindOf(posix.join(top, name))) === 'file')),
      )
    : [others.length > 0]
  if (there.includes(true)) return []
  const own = reader.display(posix.join(top, '.')) === '.' ? others[0] : undefined
  return [{step: each, at: cache.at, action, input: `cache: ${cache.text}`, files: names, atTop, elsewhere: own}]
}

/** What is in the workspace by then is what the repository has. */
function isPlain({job, before, step}: LeadUp): boolean {
  const earlier = job.steps.slice(0, job.steps.indexOf(step))
  const checkouts = earlier.filter(({uses}) => /^actions\/checkout@/.test(uses?.text ?? ''))
  const isMoved = ({inputs}: Step) =>
    ['path', 'repository', 'ref', 'sparse-checkout', 'submodules'].some((name) => inputs.has(name))
  const brings = ({uses, run}: Step) =>
    (run && !run.text.split('\n').every((line) => isQuietLine.test(line))) ||
    (uses &&
      !/^(?:actions\/(?:checkout|setup-\w+)|pnpm\/action-setup|superfly\/flyctl-actions\/setup-flyctl)@/.test(
        uses.text,
      ))
  return (
    checkouts.length === 1 && !checkouts.some(isMoved) && !earlier.some(brings) && before.includes('actions/checkout')
  )
}

const isQuietLine = /^\s*(?:(?:echo|corepack enable|npm (?:i|install) (?:-g|--global))\b[^>]*)?$/
