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
    const named = [...own, ...image].flatMap(({name, value, at}) => {
      const written = sqliteFile(name, value)
      return written === undefined ? [] : [{path: imagePath(config.workingDir, written), at}]
    })
    // What the code names, and what a framework has for its only database, where one volume alone may hold it.
    const written = codeDatabases.map(({path, at}) => ({path: imagePath(config.workingDir, path), at}))
    const [only, another] = flyConfig.mounts.flatMap(({destination}) => destination ?? [])
    const whole =
      fileDatabase && only !== undefined && another === undefined
        ? [{path: `${only}/the SQLite database`, at: fileDatabase.at}]
        : []
    for (const {path: place, at} of [...named, ...written, ...(named.length > 0 ? [] : whole)]) {
      const mount = flyConfig.mounts.find(({destination}) => destination && isBelow(place, imagePath('/', destination)))
      const path = place.replace(/^.*\/(?=the )/, '')
      const [keeper, ...others] = mount?.groups ?? []
      if (!mount || keeper === undefined) continue
      const strangers = flyConfig.groups.filter(
        (group) => group !== keeper && processes[group] && !opensNone.test(processes[group]),
      )
      const [other] = strangers
      if (other !== undefined) {
        yield {
          message: others.includes(other)
            ? `the machines of ${keeper} and ${other} have a volume each: ${path} of ${other} is another database`
            : `the volume with ${path} is that of the machines of ${keeper}: on those of ${other} the database is empty, and gone at each deploy`,
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
        message: `${many.min_machines_running} machines run, and each has a volume with ${path} of its own: requests meet different data`,
        at: flyConfig.at(...many.path, 'min_machines_running'),
        related: [flyConfig.at(...mount.path), at],
        hint: 'Run one machine (flyctl scale count 1), or replicate the database: https://fly.io/docs/litefs/',
        severity: 'info',
      }
      return
    }
  },
})
