import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isApart} from '../files/apart.ts'
import {type Files, javascript, noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import {startedModules} from '../python/imports/started-modules.ts'
import {goReads} from './go-reads.ts'
import {neededOf} from './needed.ts'
import {pythonReads} from './python-reads.ts'
import {rustReads} from './rust-reads.ts'
import {prismaReads, scriptReads, shellReads} from './script-reads.ts'

/** The environment variables that the code of the image reads. */
export interface Environment {
  reads: VariableRead[]
  /** Of those, one of each variable that somebody must set: it has no default anywhere. */
  needed: VariableRead[]
}

export interface VariableRead {
  name: string
  /**
   * `fails`: the deploy surely runs what reads it, and that stops without it (a module's import, Prisma's migrations).
   * `continues`: there is a default, or the code asks first. `unknown`: it may not run, or be given the value otherwise.
   */
  without: 'fails' | 'continues' | 'unknown'
  /** It has no default, and the code stops where it reads it: a secret, where nothing else sets it. */
  required: boolean
  at: FileLocation
}

const notShipped = /(^|\/)(scripts?|tools?|\.github)\//

/**
 * Reads Python with a parser, and the rest by its text: `process.env.X`, the schemas of zod, envalid and t3-env, Prisma's
 * `env("X")`, a shell's `${X:?}`, and in Go and Rust what is demanded in so many words.
 * Missed: names that are computed, and other languages; nothing is invented.
 */
export async function loadEnvironment({reader}: Inputs, facts: FactStore): Promise<Fact<Environment>> {
  const [files, image, processes] = await Promise.all([
    facts.value('files'),
    facts.value('image'),
    facts.value('processes'),
  ])
  // What the image does not hold reads nothing there.
  const paths = (files ?? noFiles).only((path) => !image || image.copies(path))
  const {pythonTree} = await import('../python/source/tree.ts')
  const reads: VariableRead[] = []
  let filled = await hasDotenv(reader, paths)
  const code = [
    ...paths.ending('.py', ...javascript, '.prisma', '.sh', '.bash', '.go', '.rs'),
    ...paths.ending('', '.entrypoint').filter((path) => /entrypoint[^/.]*$/.test(path)),
  ].sort()
  for (const path of code) {
    if (isApart(path) || notShipped.test(path)) continue
    const kind = /\.py$/.test(path)
      ? 'python'
      : /\.[cm]?[jt]sx?$/.test(path)
        ? 'script'
        : /\.prisma$/.test(path)
          ? 'prisma'
          : /\.(sh|bash)$|entrypoint[^/.]*$/.test(path)
            ? 'shell'
            : /\.go$/.test(path)
              ? 'go'
              : /\.rs$/.test(path) && !/(^|\/)build\.rs$/.test(path)
                ? 'rust'
                : undefined
    if (!kind) continue
    const file = await reader.text(path)
    if (!file) continue
    filled ||= fills.test(file.text)
    if (kind === 'python' && /\benvirons?\b|getenv|BaseSettings|decouple|starlette\.config/.test(file.text)) {
      reads.push(...pythonReads(file, pythonTree(file.text).topNode))
    } else if (kind === 'script' && /process\.env|@nestjs\/config|["']joi["']/.test(file.text))
      reads.push(...scriptReads(file))
    else if (kind === 'prisma') reads.push(...prismaReads(file))
    else if (kind === 'shell') reads.push(...shellReads(file))
    else if (kind === 'go' && /\bos\.|\benv/.test(file.text)) reads.push(...goReads(file))
    else if (kind === 'rust' && /\b(?:env|dotenvy?)::var/.test(file.text)) reads.push(...rustReads(file))
  }
  const failing = reads.some(({without}) => without === 'fails')
  if (filled || !failing) return environment(reads.map(atMostUnknown))
  const certain = processes?.commands.filter((command) => command.certain).map(({text}) => text) ?? []
  const started = await startedModules(certain, paths, reader)
  // Of several schemas nobody can tell which one is meant.
  const schemas = new Set(reads.flatMap(({at}) => (at.file.endsWith('.prisma') ? at.file : [])))
  const migrates =
    schemas.size === 1 && certain.some((text) => /^(npx |pnpm |yarn )?prisma (migrate deploy|db push)/.test(text))
  const runs = ({at}: VariableRead) => (at.file.endsWith('.prisma') ? migrates : started.has(at.file))
  return environment(reads.map((read) => (runs(read) ? read : atMostUnknown(read))))
}

const environment = (reads: VariableRead[]): Fact<Environment> => known({reads, needed: neededOf(reads)})

/** A read that nothing is seen to run, or whose value may come from elsewhere, is no proof. */
const atMostUnknown = (read: VariableRead): VariableRead =>
  read.without === 'fails' ? {...read, without: 'unknown'} : read

/** Code that may fill the environment, or a settings class, from elsewhere. */
const fills =
  /environ\s*(=[^=]|\[[^\]\n]{0,200}\]\s*=[^=]|\.\s*(update|setdefault)\b|\|=)|putenv|raw_env|dotenv|environs|decouple|settings_customise_sources|doppler|infisical|secrets?_?manager|(?:load|set|init|inject|fetch|populate)_?(?:env|secret)\w{0,100}\s{0,20}\(|hvac|process\.env(\.\w+|\[[^\]\n]{0,200}\])\s*=[^=]|prisma\.config/i

/** Whether there is a file of settings to copy along; git often ignores it, and flyctl sends it all the same. */
async function hasDotenv(reader: Inputs['reader'], paths: Files): Promise<boolean> {
  // Prisma's command looks beside the schema, too.
  const names = [
    ...(await reader.list('.')),
    ...(await reader.list('prisma')),
    ...paths.beginning('.env').map((path) => posix.basename(path)),
  ]
  return names.some((name) => /^\.env(\.|$)/.test(name) && !/example|sample|template|dist/.test(name))
}
