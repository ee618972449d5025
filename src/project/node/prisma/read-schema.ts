/** The one schema of Prisma, and the command of the build that is seen to read it. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import type {FactStore} from '../../../facts.ts'
import {isApart} from '../../files/apart.ts'
import {type Files, noFiles, scripts} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {unchangedAt} from '../../image/moment.ts'

export interface SchemaReader {
  by: string
  at: FileLocation
}

const reads =
  /^(?:(?:npx|bunx|pnpx|yarn|pnpm|bun|npm)\s(?:\S{1,100}\s){0,4})?prisma(?:@\S{1,50})?\s(?:generate|migrate\sdeploy|db\spush)\b(.*)$/

/** The only `schema.prisma` of the project; of two, nothing is known. */
export async function onlySchema(reader: ProjectReader, paths: Files): Promise<TextFile | undefined> {
  const [schema, another] = paths.named('schema.prisma').filter((path) => !isApart(path))
  return schema !== undefined && another === undefined ? await reader.text(schema) : undefined
}

/** What reads this schema: `prisma generate` of the build; undefined: nothing is seen to, or it may read another. */
export async function readerOf(
  file: TextFile,
  reader: ProjectReader,
  facts: FactStore,
): Promise<SchemaReader | undefined> {
  const [files, builds] = await Promise.all([facts.value('files'), facts.value('buildCommands')])
  const paths = files ?? noFiles
  if (await namesAnother(file.path, reader, paths)) return undefined
  const command = builds?.commands.find((each) => readsFile(each, file.path, paths))
  return command && {by: command.by ?? 'RUN', at: command.at}
}

/** Whether `"prisma": {"schema": …}` of package.json, or the configuration, may name another place. */
async function namesAnother(path: string, reader: ProjectReader, paths: Files): Promise<boolean> {
  const manifests = await reader.texts(paths.named('package.json'))
  if (manifests.some(({text}) => /"prisma"\s{0,99}:\s{0,99}\{[^{}]{0,2000}"schema"\s{0,99}:/.test(text))) return true
  const settings = await reader.texts(paths.named(...scripts('prisma.config')))
  return settings.some((each) => {
    const named = settingsSchema(each.text)
    if (named === undefined) return false
    const place = named && posix.join(posix.dirname(each.path), named)
    return place !== path && !(place && path.startsWith(`${place}/`))
  })
}

/** `schema` of prisma.config.ts; undefined: it has none; empty: it is worked out. */
function settingsSchema(text: string): string | undefined {
  if (!/\bschema\b/.test(text)) return undefined
  const [, named] = /\bschema:\s{0,99}['"]([^'"\n]{1,200})['"]/.exec(text) ?? []
  if (named !== undefined) return named
  const [, parts] = /\bschema:\s{0,99}(?:path\.)?join\(([^()]{1,200})\)/.exec(text) ?? []
  const words = parts?.split(',').map((part) => /^\s*['"]([^'"\n]*)['"]\s*$/.exec(part)?.[1])
  return words?.every((word) => word !== undefined) ? posix.join(...(words as string[])) : ''
}

/** Whether a command surely reads the schema of this path: the one that it names, or that of its folder. */
function readsFile(command: BuildCommand, path: string, tracked: Files): boolean {
  const {words, conditional, decisive, folder} = command
  const [, rest] = reads.exec(words.map((word) => word ?? '?').join(' ')) ?? []
  if (rest === undefined || conditional || !decisive) return false
  const [, named] = /\s--schema[= ](\S+)/.exec(rest) ?? []
  const places = (named === undefined ? ['schema.prisma', 'prisma/schema.prisma'] : [named]).map((each) =>
    posix.resolve(folder, each),
  )
  return places.some((each) => unchangedAt(command, each, tracked) === path)
}
