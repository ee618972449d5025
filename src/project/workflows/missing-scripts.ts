import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isTable} from '../documents/document.ts'
import {parseJson} from '../documents/json.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import {hasDefault, isForTop, isScriptAlone, type Request, readRequest} from '../node/scripts/package-runner.ts'
import {scriptsOf} from '../node/scripts/scripts-of.ts'
import type {LeadUp} from './lead-up.ts'
import {inFolders, stepPart} from './step-commands.ts'

/** A script that a step before a deploy asks for, and that package.json does not have. */
export interface MissingScript {
  step: LeadUp
  at: FileLocation
  /** `pnpm run db:migrate`. */
  command: string
  name: string
  /** As it is called from the top of the repository. */
  manifest: string
  /** Those that it has. */
  scripts: string[]
}

/** What may write another package.json, or bring one. */
const mayWrite = /package\.json|\bnpm (?:pkg|init)\b|\bgit\s|\b(?:unzip|tar|rsync|degit|gh)\s|download-artifact@/

export async function loadMissingScripts({reader}: Inputs, facts: FactStore): Promise<Fact<MissingScript[]>> {
  const [{leadUp, repository}, files] = await Promise.all([facts.need('workflows'), facts.value('files')])
  const tracked = files ?? noFiles
  const place = (path: string) => reader.display(posix.join(repository, path))
  const found: MissingScript[] = []
  for (const each of leadUp) found.push(...(await missingIn(each)))
  return known(found)

  async function missingIn(each: LeadUp): Promise<MissingScript[]> {
    const {step, job, before} = each
    const {run, shell} = step
    if (!run || (shell !== undefined && !/^(?:ba)?sh$/.test(shell)) || job.hasContainer) return []
    // Only in a plain checkout is package.json where the repository has it.
    const checkouts = job.steps.filter(({uses}) => /^actions\/checkout@/.test(uses?.text ?? ''))
    const isMoved = checkouts.some(({inputs}) =>
      ['path', 'repository', 'ref', 'sparse-checkout'].some((name) => inputs.has(name)),
    )
    if (isMoved || !/\bactions\/checkout@/.test(before) || mayWrite.test(before) || mayWrite.test(run.text)) return []
    const missing: MissingScript[] = []
    for (const {command, folder} of inFolders(stepPart(step, run).part)) {
      const request = readRequest(command.words)
      if (!request || command.conditional || !command.decisive || folder === undefined) continue
      if (!demands(request)) continue
      const path = await manifestOf(request, posix.join(folder, request.folder ?? '.'))
      const scripts = path === undefined ? undefined : await scriptNames(path)
      const {name} = request
      if (path === undefined || !scripts || scripts.includes(name)) continue
      if (hasDefault(name, (await reader.kindOf(place(posix.join(path, '../server.js')))) !== 'missing')) continue
      missing.push({step: each, at: command.at, command: command.words.join(' '), name, manifest: path, scripts})
    }
    return missing
  }

  /** The package.json that is asked; undefined where that cannot be told. */
  async function manifestOf({member, flags}: Request, folder: string): Promise<string | undefined> {
    if (member === undefined) return nearest(folder)
    const isOne = flags.filter((flag) => /^(?:--filter|-F|--workspace|-w)$/.test(flag)).length === 1
    if (!isOne || repository !== '.' || !/^@?[\w-]+(?:\/[\w.-]+)?$/.test(member)) return undefined
    const named: string[] = []
    for (const path of tracked.named('package.json')) {
      const {name} = (await read(path)) ?? {}
      if (name === member) named.push(path)
    }
    return named.length === 1 ? named[0] : undefined
  }

  /** npm, pnpm and Bun look for it in the folders above, too. */
  async function nearest(folder: string): Promise<string | undefined> {
    if (folder.startsWith('../') || folder.startsWith('/')) return undefined
    const path = posix.join(folder, 'package.json')
    if ((await reader.kindOf(place(path))) === 'file') return path
    return folder === '.' ? undefined : nearest(posix.dirname(folder))
  }

  async function scriptNames(path: string): Promise<string[] | undefined> {
    const manifest = await read(place(path))
    return manifest && Object.keys(scriptsOf(manifest))
  }

  async function read(path: string): Promise<Record<string, unknown> | undefined> {
    const file = await reader.text(path)
    const document = file && parseJson(file)
    return document && 'value' in document && isTable(document.value) ? document.value : undefined
  }
}

/** Yarn takes scripts of other packages, and the programs of all of them. */
const demands = (request: Request): boolean =>
  request.kind === 'script' &&
  request.manager !== 'yarn' &&
  !isForTop(request) &&
  /^[\w:./-]+$/.test(request.name) &&
  isScriptAlone(request.manager, request.name) &&
  (request.mustExist ||
    (request.manager === 'npm' && request.name === 'test' && !request.flags.includes('--if-present')))
