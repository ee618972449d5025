import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/release-command-volume',
  title: 'the release command needs nothing from a volume',
  why: 'The release command runs in a machine of its own that has no volume: a database on one is missing there, or is a new, empty one that is gone afterwards.',
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['image', 'processes', 'fileDatabase'],
  *run({flyConfig, image, processes, fileDatabase}) {
    const {deploy, mounts = [], env = {}} = flyConfig.config
    const command = deploy?.release_command
    if (!command || mounts.length === 0) return
    const started = processes?.commands.filter(({by}) => by === 'release_command').map(({text}) => text) ?? []
    const commands = [command, ...started]
    // These bring the database to where it is needed in ways of their own.
    if (commands.some((text) => /litefs|litestream/i.test(text)) || processes?.find(/litefs|litestream/i)) return

    const destinations = mounts.map(({destination = ''}) => destination.replace(/(?<!\/)\/+$/, ''))
    const mountOf = (path: string): number =>
      destinations.findIndex((folder) => folder.startsWith('/') && (path === folder || path.startsWith(`${folder}/`)))
    const at = flyConfig.at('deploy', 'release_command')
    const hint = `The app's own machines have the volume: run it there before the server starts, in the script of ENTRYPOINT or in CMD, and delete release_command.`

    const named = started.flatMap((text) => text.split(' ').slice(1)).find((word) => mountOf(word) >= 0)
    if (named) {
      const mount = mountOf(named)
      yield {
        message: `deploy.release_command names ${named}, which is on the volume ${destinations[mount]}: the temporary machine that it runs in has no volume`,
        at,
        related: [flyConfig.at('mounts', mount)],
        hint,
      }
      return
    }

    const isMigrator = (text: string) =>
      migrates.test(text) || (fileDatabase?.migrates.some((name) => text.includes(name)) ?? false)
    if (!commands.some(isMigrator)) return
    const variables = [
      ...[...(image?.final.env ?? [])]
        .filter(([name]) => !Object.hasOwn(env, name))
        .map(([name, {value, at: place}]) => ({name, value, place})),
      ...Object.entries(env).map(([name, value]) => ({name, value, place: flyConfig.at('env', name)})),
    ]
    for (const {name, value = '', place} of variables) {
      const path = databasePath(name, value)
      const mount = path === undefined ? -1 : mountOf(path)
      if (mount < 0) continue
      yield {
        message: `deploy.release_command needs the database that ${name} puts at ${path}, but the temporary machine that it runs in has no volume at ${destinations[mount]}`,
        at,
        related: [place, flyConfig.at('mounts', mount)],
        hint,
      }
      return
    }
    // Wherever a secret says that the file is. A volume of another process is none of the app's.
    const served = flyConfig.config.http_service?.processes ?? ['app']
    const isApps = mounts.some(({processes: own = []}) => own.length === 0 || served.some((each) => own.includes(each)))
    if (fileDatabase && isApps)
      yield {
        message: `deploy.release_command migrates the database of ${fileDatabase.library}, which is a file: the temporary machine that it runs in has no volume, and the file is gone with it`,
        at,
        related: [fileDatabase.at, flyConfig.at('mounts', 0)],
        hint,
      }
  },
})

/** Commands that write to the database. */
const migrates =
  /migrat|\balembic (.{1,300} )?(up|down)grade|\bflask db\b|\bprisma db\b|\bdb:|\bdrizzle-kit push|\bknex\b|\bsequelize\b|\btypeorm\b|\becto\.|\bdbmate\b|\bgoose\b/i

/** The file of an SQLite database that a variable names: `file:/data/a.db`, `sqlite:////data/a.db`, DB_PATH=/data/a. */
function databasePath(name: string, value: string): string | undefined {
  const [, scheme, path] = /^(?:(file|sqlite[\w+]*):)?(\/[^?]*)/i.exec(value) ?? []
  if (path === undefined) return undefined
  const isDatabase = scheme || /\.(db|sqlite3?)$/i.test(path) || /(^|_)(DB|DATABASE|SQLITE)(_|$)/.test(name)
  return isDatabase ? path.replace(/^\/+/, '/') : undefined
}
