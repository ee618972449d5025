import {defineCheck, imagePath, nameParts} from '../../src/check.ts'

/** What a database does with a folder that is not empty and in which it does not find its own. */
interface Database {
  image: RegExp
  program: string
  /** Where it keeps its data, as far as nothing says otherwise; undefined: only where the variable says so. */
  folder: (tag: string) => string | undefined
  variable?: string
  /** What moves the folder in a command. */
  option: RegExp
  /** The word with which a command of it begins. */
  command: RegExp
  says: string
}

const databases: readonly Database[] = [
  {
    // initdb.c, warn_on_mount_point; docker-entrypoint.sh runs it where there is no PG_VERSION.
    image: /^(?:postgres|postgis\/postgis|pgvector\/pgvector|timescale\/timescaledb)$/,
    program: 'initdb of PostgreSQL',
    // From 18 on the image keeps it in a folder of the version.
    folder: (tag) =>
      /^(?:1[89]|[2-9]\d)|^pg(?:1[89]|[2-9]\d)|^latest|^$/.test(tag) ? undefined : '/var/lib/postgresql/data',
    variable: 'PGDATA',
    option: /\s-D\b|data_directory/,
    command: /^(?:postgres|docker-entrypoint\.sh)(?:\s|$)/,
    says: 'directory … exists but is not empty. It contains a lost+found directory',
  },
  {
    // mysqld.cc, initialize_create_data_directory: names that begin with a dot are all that it passes over.
    image: /^mysql$/,
    program: 'mysqld --initialize',
    folder: () => '/var/lib/mysql',
    option: /--datadir\b/,
    command: /^(?:mysqld|docker-entrypoint\.sh)(?:\s|$)/,
    says: 'the data directory has files in it. Aborting',
  },
  {
    // meilisearch/src/lib.rs, is_empty_db; the image itself keeps its database in data.ms below /meili_data.
    image: /^getmeili\/meilisearch$/,
    program: 'Meilisearch',
    folder: () => undefined,
    variable: 'MEILI_DB_PATH',
    option: /--db-path\b/,
    command: /^(?:\S*\/)?meilisearch(?:\s|$)/,
    says: 'failed to infer the version of the database',
  },
]

export default defineCheck({
  id: 'image/volume-root',
  title: 'no database is begun in the root of a volume',
  why: 'A volume of Fly.io has a folder lost+found from its beginning: a database that wants its folder empty refuses it.',
  // A volume may have a database already, by a snapshot or because somebody took lost+found away.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['dockerfile', 'image', 'options'],
  *run({flyConfig, dockerfile, image, options}) {
    if (flyConfig.hasContainers || options?.image || flyConfig.mounts.length === 0) return
    const {build, env = {}, processes = {}, experimental} = flyConfig.config
    const written = build?.image
    const stage = dockerfile?.final
    const name = written ?? (stage && rootOf(stage).image)
    const [repository, tag = ''] = name === undefined ? [''] : nameParts(name)
    const database = databases.find((each) => each.image.test(repository))
    // A program of its own may make a folder first.
    const own = written ? '' : (dockerfile?.file.text ?? '')
    if (!database || experimental || /^[ \t]*(?:ENTRYPOINT|CMD)\b/im.test(own)) return
    const commands = Object.values(processes).filter((each) => typeof each === 'string')
    if (commands.some((each) => database.option.test(` ${each}`))) return
    if (commands.some((each) => each !== '' && !each.startsWith('-') && !database.command.test(each))) return
    const {variable} = database
    const built = variable === undefined || written ? undefined : image?.final.env.get(variable)
    // Of a value that is not known nothing is known.
    if (built && built.value === undefined) return
    const set = variable === undefined ? undefined : (env[variable] ?? built?.value)
    const folder = set ?? database.folder(tag)
    const mount = flyConfig.mounts.find(
      ({destination = ''}) => folder !== undefined && imagePath('/', destination) === imagePath('/', folder),
    )
    if (!mount || folder === undefined || !folder.startsWith('/')) return
    const below = `${imagePath('/', folder)}/${variable === 'MEILI_DB_PATH' ? 'data.ms' : 'db'}`
    yield {
      message: `a volume is mounted at ${mount.destination}, and the data is to lie in its root: ${database.program} finds lost+found there, and stops ("${database.says}")`,
      at: flyConfig.at(...mount.path, 'destination'),
      related: set !== undefined && variable && env[variable] !== undefined ? [flyConfig.at('env', variable)] : [],
      hint: variable
        ? `Let it lie in a folder of the volume: ${variable} = "${below}" in [env].`
        : `Let it lie in a folder of the volume: [processes] app = "--datadir ${below}".`,
    }
  },
})

interface Stage {
  image: string | undefined
  parent: Stage | undefined
}

const rootOf = (stage: Stage): Stage => (stage.parent ? rootOf(stage.parent) : stage)
