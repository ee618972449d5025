import {defineCheck, type FileLocation, imagePath, isBelow, sqliteFile} from '../../src/check.ts'

/** Programs that serve files or pass requests on, and open no database of the app. */
const opensNone =
  /\b(?:nginx|caddy|haproxy|traefik|varnishd|redis-server|memcached|start-ssr|imgproxy|prometheus|vector)\b/

export default defineCheck({
  id: 'env/shared-sqlite',
  title: 'one machine alone uses the SQLite database',
  why: 'A volume belongs to one machine: another one that should use the same database finds none, or writes into its own.',
  // A group may have nothing to do with the database.
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig', 'build'],
  uses: ['files', 'codeDatabases', 'fileDatabase'],
  *run({flyConfig, build, files, codeDatabases = [], fileDatabase}) {
    if (flyConfig.hasContainers) return
    // These bring the database to every machine.
    if (files?.beginning('litefs', 'litestream').some((path) => /\.ya?ml$/.test(path))) return
    const {env = {}, processes = {}} = flyConfig.config
    const {config, stage} = build.final
    const own = Object.entries(env).map(([name, value]) => ({name, value, at: flyConfig.at('env', name)}))
    const image = [...config.env].map(([name, value]) => ({name, value, at: stage.at as FileLocation}))
    const mountOf = (path: string) =>
      flyConfig.mounts.find(({destination}) => destination && isBelow(path, imagePath('/', destination)))
    const held = (written: string, at: FileLocation) => {
      const path = imagePath(config.workingDir, written)
      return {database: path, mount: mountOf(path), at}
    }
    const named = [...own, ...image].flatMap(({name, value, at}) => {
      const written = sqliteFile(name, value)
      return written === undefined ? [] : [held(written, at)]
    })
    const inCode = codeDatabases.map(({path, at}) => held(path, at))
    // Where a framework has its only database is not known, but one volume alone may hold it.
    const [only, another] = flyConfig.mounts
    const whole =
      fileDatabase && named.length === 0 && !another
        ? [{database: 'the SQLite database', mount: only, at: fileDatabase.at}]
        : []
    for (const {database, mount, at} of [...named, ...inCode, ...whole]) {
      const [keeper, ...others] = mount?.groups ?? []
      if (!mount || keeper === undefined) continue
      const strangers = flyConfig.groups.filter(
        (group) => group !== keeper && processes[group] && !opensNone.test(processes[group]),
      )
      const [other] = strangers
      if (other !== undefined) {
        yield {
          message: others.includes(other)
            ? `the machines of ${keeper} and ${other} have a volume each: ${database} of ${other} is another database`
            : `the volume with ${database} is that of the machines of ${keeper}: on those of ${other} the database is empty, and gone at each deploy`,
          at: flyConfig.at('processes', other),
          related: [flyConfig.at(...mount.path), at],
          hint: `Let one machine run both: a command that starts ${keeper} and ${other}, without [processes]. Or use a database that is reached over the network.`,
        }
        return
      }
      const many = flyConfig.services.find(
        ({groups, min_machines_running: least = 0}) => groups.includes(keeper) && least > 1,
      )
      if (!many) continue
      yield {
        message: `${many.min_machines_running} machines run, and each has a volume with ${database} of its own: requests meet different data`,
        at: flyConfig.at(...many.path, 'min_machines_running'),
        related: [flyConfig.at(...mount.path), at],
        hint: 'Run one machine (flyctl scale count 1), or replicate the database: https://fly.io/docs/litefs/',
        severity: 'info',
      }
      return
    }
  },
})
