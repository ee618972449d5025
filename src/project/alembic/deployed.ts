import {posix} from 'node:path'
import {samePath} from '../files/same-path.ts'
import type {Build} from '../image/build.ts'
import {copyOf} from '../image/files/context-path.ts'
import type {Image} from '../image/image.ts'
import {edits, type Upgrade} from './commands.ts'
import type {AlembicEnvironment} from './environment.ts'

/** The files of an environment, by path relative to the working directory. */
export function filesOf({config, scriptFolder, revisions, undetermined, faults}: AlembicEnvironment): string[] {
  const env = scriptFolder === undefined ? [] : [`${scriptFolder}/env.py`]
  return [
    ...new Set([
      config,
      ...env,
      ...revisions.map(({at}) => at.file),
      ...faults.map(({at}) => at.file),
      ...undetermined,
    ]),
  ]
}

/**
 * Whether the image holds the environment as it is here: each file is copied, and no step is seen to change one or to
 * lay another in its place.
 */
export function isUnchanged(environment: AlembicEnvironment, image: Image): boolean {
  const {config, scriptFolder} = environment
  const own = [config, ...(scriptFolder === undefined ? [] : [`${scriptFolder}/env.py`])]
  if (!filesOf(environment).every((path) => image.copies(path) || path.endsWith('/env.py'))) return false
  return image.stages
    .flatMap(({stage}) => stage.instructions)
    .every((instruction) => {
      if (instruction.keyword === 'RUN') {
        const touches =
          /\b(rm|mv|cp|sed|find|tee)\b[^;&|]{0,500}(alembic|migrations|versions)|>\s*\S{0,300}(alembic|env\.py)/
        return !edits.test(instruction.text) && !touches.test(instruction.text)
      }
      const copy = copyOf(instruction)
      if (!copy) return true
      const {sources, target} = copy
      const isOwn = (word: string) => own.includes(posix.normalize(word).replace(/^\//, ''))
      const named = (word: string) => own.some((path) => posix.basename(path) === posix.basename(word))
      return sources.every((word) => !named(word) || isOwn(word)) && (!named(target) || sources.some(isOwn))
    })
}

/** Whether a command reads this configuration: not another section or folder, and no other file. */
export function means({command}: Upgrade, {config, section}: AlembicEnvironment): boolean {
  if (/(^|\s)(-d|--directory|cd)[\s=]/.test(command)) return false
  const wanted = /(?:^|\s)(?:-n|--name)[\s=]+(\S+)/.exec(command)?.[1] ?? 'alembic'
  const named = /(?:^|\s)(?:-c|--config)[\s=]+(\S+)/.exec(command)?.[1]
  return wanted === section && (named === undefined || samePath(named, config))
}

/** Whether the build puts other revisions beside those of the repository. */
export function addsRevisions(environment: AlembicEnvironment, {final}: Build): boolean {
  const env = `${environment.scriptFolder}/env.py`
  const own = new Set(filesOf(environment))
  const entries = [...final.files.files((names) => names.ending('.py'))]
  const folders = entries.flatMap(([path, {source}]) => (source === env ? `${posix.dirname(path)}/versions` : []))
  return entries.some(
    ([path, {source}]) =>
      !own.has(source) &&
      path.endsWith('.py') &&
      !posix.basename(path).startsWith('__init__') &&
      folders.includes(posix.dirname(path)),
  )
}
