import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {madeBefore} from '../../deploys/made-before.ts'
import {noFiles} from '../../files/files.ts'
import {mayBring} from '../../image/may-hold.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands, textOf} from '../../processes/processes.ts'
import {prismaConfigs} from './prisma-addresses.ts'

/** What a command of Prisma reads in the image and does not find. */
export interface MissingPrismaFile {
  /** `release_command`. */
  by: string
  at: FileLocation
  /** Of a schema that is missing it stops; without migrations it says that there is none, and ends well. */
  what: 'schema' | 'migrations'
  /** In the project, where it is one that can be told; and where Prisma looks for it in the image. */
  own: string | undefined
  path: string
  /** Where the image has the schema instead, from the folder that Prisma runs in. */
  there?: string
  /** The settings of the project, which may name the schema, and which the image has not where Prisma runs. */
  config?: string
}

const command =
  /^(?:(?:npx|bunx|pnpx|yarn|pnpm|bun|npm)\s+(?:exec\s+|dlx\s+|x\s+|--\s+|--yes\s+|-y\s+)*)?prisma\s+(?:migrate\s+deploy|db\s+push)\b(.*)$/

/**
 * `prisma migrate deploy` looks for the schema that `--schema` names, else for schema.prisma and prisma/schema.prisma in the
 * folder that it runs in, and for the migrations beside it (prisma.io/docs, "Prisma schema", "Location"). Given up where
 * package.json, or a prisma.config.ts of that folder in the image, may say another place and no flag does, or the command
 * has changed its folder.
 */
export async function loadPrismaFiles(inputs: Inputs, facts: FactStore): Promise<Fact<MissingPrismaFile[]>> {
  const {reader} = inputs
  const [{final}, {started}, files] = await Promise.all([
    facts.need('build'),
    startedCommands(facts),
    facts.value('files'),
  ])
  const paths = files ?? noFiles
  const [only, another] = paths.named('schema.prisma')
  const folder = final.config.workingDir || '/'
  const elsewhere = another !== undefined || (await namesSchema())
  if (started.some(({command: {words}}) => /^(?:cd|pushd)$/.test(words[0] ?? ''))) return known([])
  // `prisma generate --schema PATH` reads it, and brings none.
  const unknown = final.unknown.map(({text, ...each}) =>
    text === undefined ? each : {...each, text: text.replace(/--schema[= ]\S+/g, '')},
  )
  const lacks = (path: string) => final.files.get(path) === undefined && !mayBring({stage: final.stage, unknown}, path)
  const missing: MissingPrismaFile[] = []
  const told = new Set<string>()
  for (const {by, command: each, certain, folder: cwd = folder} of started) {
    const {at} = each
    const text = textOf(each)
    const rest = command.exec(text)?.[1]
    if (rest === undefined || !certain || rest.includes('?') || rest.includes('--config')) continue
    const named = /\s--schema[= ](\S+)/.exec(rest)?.[1]
    // A flag decides, however many there are.
    const isOpen =
      elsewhere ||
      (named ? paths.named(...prismaConfigs).length > 0 : prismaConfigs.some((name) => !lacks(posix.join(cwd, name))))
    const own = named && paths.has(posix.normalize(named)) ? posix.normalize(named) : isOpen ? undefined : only
    if (own === undefined && (!named || (await mayCome(posix.normalize(named))))) continue
    const wanted = (named ? [named] : ['prisma/schema.prisma', 'schema.prisma']).map((path) => posix.resolve(cwd, path))
    const [path] = wanted as [string]
    if (told.has(`${by} ${path}`)) continue
    told.add(`${by} ${path}`)
    if (wanted.every(lacks)) {
      const isThere = !named && own !== undefined && final.files.get(posix.join(cwd, own))?.kind === 'file'
      const [config] = named ? [] : paths.named(...prismaConfigs)
      missing.push({by, at, what: 'schema', own, path, ...(isThere && {there: own}), ...(config && {config})})
      continue
    }
    if (own === undefined) continue
    const migrations = posix.join(posix.dirname(own), 'migrations')
    const there = posix.join(posix.dirname(path), 'migrations')
    const one = paths.named('migration.sql').find((each) => each.startsWith(`${migrations}/`))
    if (!one || / push\b/.test(text) || (!named && !lacks(wanted[1] as string))) continue
    const inImage = posix.join(there, posix.relative(migrations, one))
    if (lacks(inImage) && lacks(there)) missing.push({by, at, what: 'migrations', own: migrations, path: there})
  }
  return known(missing)

  /** One that a package, a submodule or a step before the deploy brings. */
  async function mayCome(path: string): Promise<boolean> {
    return path.includes('node_modules/') || paths.has('.gitmodules') || (await madeBefore(path, inputs, facts))
  }

  /** `"prisma": {"schema": …}`. */
  async function namesSchema(): Promise<boolean> {
    const manifests = await reader.texts(paths.named('package.json'))
    return manifests.some(({text}) => /"prisma"\s*:\s*\{/.test(text))
  }
}
