/** Folders of migrations that a command of the machines reads, `dbmate up`, and that the image does not have. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {withoutSlashComments} from '../code/comments.ts'
import {escapePattern} from '../escape-pattern.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {Build} from '../image/build.ts'
import {mayBring} from '../image/may-hold.ts'
import type {StartedCommand} from '../processes/processes.ts'

interface FolderTool {
  name: string
  /** The command without what starts programs of packages. */
  runs: RegExp
  /** Up to the folder that it is told. */
  option?: RegExp
  /** A variable that tells it. */
  variable?: string
  /** Where it looks else; none: it is always told. */
  standard?: string
  /** Its configuration, by an option or by its name, and what says the folder in it. */
  config?: {option: RegExp; files: readonly string[]; key: string}
}

/** Each as the documentation of the tool has it. */
const tools: readonly FolderTool[] = [
  {
    name: 'dbmate',
    runs: /^dbmate\s(?:.{0,300}\s)?(?:up|migrate)(?:\s|$)/,
    option: /\s(?:-d|--migrations-dir)[ =]/,
    variable: 'DBMATE_MIGRATIONS_DIR',
    standard: 'db/migrations',
  },
  {
    name: 'goose',
    runs: /^goose\s(?:.{0,300}\s)?up(?:-to|-by-one)?(?:\s|$)/,
    option: /\s--?dir[ =]/,
    variable: 'GOOSE_MIGRATION_DIR',
  },
  {
    name: 'migrate',
    runs: /^migrate\s(?:.{0,300}\s)?up(?:\s|$)/,
    option: /\s--?(?:path|source)[ =](?:file:\/\/)?/,
  },
  {
    name: 'sqlx',
    runs: /^sqlx (?:migrate run|database (?:setup|reset))\b/,
    option: /\s--source[ =]/,
    standard: 'migrations',
  },
  {
    name: 'node-pg-migrate',
    runs: /^node-pg-migrate\s(?:.{0,300}\s)?up(?:\s|$)/,
    option: /\s(?:-m|--migrations-dir)[ =]/,
    standard: 'migrations',
  },
  {
    name: 'graphile-migrate',
    runs: /^graphile-migrate (?:migrate|reset|watch)\b/,
    standard: 'migrations',
    config: {
      option: /\s(?:-c|--config)[ =]/,
      files: ['.gmrc', '.gmrc.js', '.gmrc.cjs'],
      key: 'migrationsFolder',
    },
  },
  {name: 'diesel', runs: /^diesel migration run\b/, option: /\s--migration-dir[ =]/, standard: 'migrations'},
  {
    name: 'sequelize',
    runs: /^sequelize(?:-cli)? db:migrate(?:\s|$)/,
    option: /\s--migrations-path[ =]/,
    standard: 'migrations',
    config: {option: /\s--options-path[ =]/, files: ['.sequelizerc'], key: 'migrations-path'},
  },
  {
    name: 'knex',
    runs: /^knex (?!.*--(?:cwd|esm|knexpath))(?:.{0,300}\s)?migrate:(?:latest|up)\b/,
    option: /\s--migrations-directory[ =]/,
    standard: 'migrations',
    config: {
      option: /\s--knexfile[ =]/,
      files: ['knexfile.js', 'knexfile.ts', 'knexfile.cjs', 'knexfile.mjs'],
      key: 'directory',
    },
  },
  {
    name: 'migrate-mongo',
    runs: /^migrate-mongo up\b/,
    config: {
      option: /\s(?:-f|--file)[ =]/,
      files: ['migrate-mongo-config.js', 'migrate-mongo-config.cjs', 'migrate-mongo-config.ts'],
      key: 'migrationsDir',
    },
  },
  {
    name: 'drizzle-kit',
    runs: /^drizzle-kit migrate\b/,
    standard: 'drizzle',
    config: {
      option: /\s--config[ =]/,
      files: ['drizzle.config.ts', 'drizzle.config.js', 'drizzle.config.mjs', 'drizzle.config.json'],
      key: 'out',
    },
  },
]

/** What starts a program of a package. */
const starters =
  /^(?:exec |(?:npx|bunx|pnpx)(?: (?:-y|--yes|--no-install|--bun))? |(?:pnpm|yarn|npm|bun)(?: (?:exec|dlx|x|--)){1,2} |(?:pnpm|yarn) (?=[a-z-]+(?:-migrate|-kit)\b))/

export interface CommandFolder {
  by: string
  /** `dbmate`. */
  tool: string
  /** In the project, and in the image. */
  path: string
  place: string
  at: FileLocation
}

/** Those that the project has, one by that name, and no instruction brings. */
export async function commandFolders(
  {final}: Build,
  {
    paths,
    reader,
    commands,
    env,
  }: {paths: Files; reader: ProjectReader; commands: readonly StartedCommand[]; env: ReadonlySet<string>},
): Promise<CommandFolder[]> {
  const found: CommandFolder[] = []
  for (const {by, text: written, at, folder: cwd} of commands) {
    const text = written.replace(starters, '').replace(/^\S*\//, '')
    const tool = tools.find(({runs}) => runs.test(text))
    if (!tool || cwd === undefined || (tool.variable && env.has(tool.variable))) continue
    const folder = await folderOf(tool, text)
    if (folder === undefined) continue
    const place = posix.resolve(cwd, folder)
    const path = ownFolder(folder)
    if (path === undefined || found.some((other) => other.place === place)) continue
    if (final.files.get(place) || mayBring(final, place)) continue
    found.push({by, tool: tool.name, path, place, at})
  }
  return found

  /** The folder that the command means, from where it runs. */
  async function folderOf(tool: FolderTool, text: string): Promise<string | undefined> {
    const plain = /^["']?(\.{0,2}\/?[\w@-][\w@./-]*)["']?(?=\s|$)/
    if (tool.option?.test(text)) {
      return plain.exec(text.split(tool.option)[1] ?? '')?.[1]
    }
    if (!tool.config) return tool.standard
    const isNamed = tool.config.option.test(text)
    const named = isNamed ? plain.exec(text.split(tool.config.option)[1] ?? '')?.[1] : undefined
    if (isNamed && named === undefined) return undefined
    const files = paths
      .named(...(named === undefined ? tool.config.files : [posix.basename(named)]))
      .filter((path) => named === undefined || `/${path}`.endsWith(`/${posix.normalize(named)}`))
    const [only, another] = files
    // Of several it is not known which one the image has.
    if (another !== undefined || (only === undefined && tool.standard === undefined)) return undefined
    const config = withoutSlashComments((await reader.text(only))?.text ?? '')
    const {key} = tool.config
    const setting = new RegExp(`\\b${key}["']?\\s{0,20}:\\s{0,20}["'\`]([\\w@./-]{1,200})["'\`]`, 'g')
    const values = [...new Set([...config.matchAll(setting)].map(([, value = '']) => value))]
    // The seeds have a folder, too.
    const [value, other] = values.length > 1 ? values.filter((each) => /migrat/.test(each)) : values
    // Said in another way, it is worked out.
    const folder = value ?? (new RegExp(`\\b${key}\\b`).test(config) ? undefined : tool.standard)
    if (folder === undefined || other !== undefined) return undefined
    return tool.name === 'knex' && named !== undefined ? posix.join(posix.dirname(named), folder) : folder
  }

  /** The one folder of the project that has this path, from wherever. */
  function ownFolder(relative: string): string | undefined {
    const name = posix.normalize(relative.replace(/^(?:\.{0,2}\/)+/, '')).replace(/\/$/, '')
    if (paths.hasFolder(name)) return name
    const below = new RegExp(`^((?:[^/]+/){1,6}${escapePattern(name)})/[^/]+$`)
    const [only, another] = new Set(
      paths.ending('.sql', '.ts', '.js', '.cjs', '.mjs').flatMap((path) => below.exec(path)?.[1] ?? []),
    )
    return another === undefined ? only : undefined
  }
}
