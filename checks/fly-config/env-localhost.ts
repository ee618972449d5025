import {defineCheck, type Facts, localTarget, notATarget, startsSeveral} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']

export default defineCheck({
  id: 'fly-config/env-localhost',
  title: '[env] points to no server on localhost',
  why: 'In a machine of Fly.io runs this app alone: nothing answers on localhost, and every call to that server fails.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['processes', 'image'],
  *run({flyConfig, processes, image}) {
    const {build, env = {}} = flyConfig.config
    // Containers of one machine share its localhost.
    if (flyConfig.hasContainers) return
    if (processes && mayStartServer(processes)) return
    // A script starts it beside the app: else nobody would install it.
    if ([...(image?.final.packages.named ?? [])].some((name) => servers.test(name))) return
    if (serverImages.test(image?.final.root.image ?? '')) return
    const own = ownPorts(flyConfig)
    for (const [name, value] of Object.entries(env)) {
      const found = localTarget(name, value)
      if (!found || (found.port !== undefined && own.has(found.port))) continue
      const shown = found.port === undefined ? found.host : `${found.host}:${found.port}`
      yield {
        message: `${name} points to ${shown}, where nothing listens in the machine unless its image starts it`,
        at: flyConfig.at('env', name),
        hint: `Write where it runs: another app on Fly.io is APP.internal, or APP.flycast through its proxy. With a password in it, set a secret instead: flyctl secrets set ${name}=…`,
        // What is meant by another name may be started by the image, or called by the browser.
        ...((!found.isService || build?.image) && {severity: 'info'}),
      }
    }
  },
})

/** Of a supervisor whose file is read all is seen that it starts. */
function mayStartServer({find, commands, read}: Facts['processes']): boolean {
  const several = find(startsSeveral)
  if (!several) return false
  const isSupervisor = (text: string) => /^(?:\S*\/)?supervisord(?:\s|$)/.test(text)
  const isRead = read.scripts.some(({file}) => /^\[program:/m.test(file.text))
  const others = commands.filter(({text}) => !isSupervisor(text))
  return (
    !isSupervisor(several.text) ||
    !isRead ||
    others.some(
      ({text}) => startsSeveral.test(text) || serverPrograms.test(text) || /^\S*\.sh\b|(?:^|\s)sh \S/.test(text),
    )
  )
}

const serverPrograms =
  /\b(?:mysqld\w*|mariadbd\w*|memcached|mongod|valkey-server|rabbitmq-server|nats-server|meilisearch)\b/

/** Packages of the system that are servers, and no clients of them. */
const servers =
  /^(?:postgresql(?:-\d+|1\d)?|postgis|redis(?:-server)?|valkey(?:-server)?|keydb|mariadb(?:-server)?|mysql-server|mysql|mongodb\S{0,20}|memcached|rabbitmq-server|nats-server|elasticsearch|meilisearch)$/

/** Images of servers, which an app may be laid into. */
const serverImages =
  /(?:^|\/)(?:postgres|postgis|timescaledb|redis|redis-stack(?:-server)?|valkey|keydb|mariadb|mysql|mongo|memcached|rabbitmq|nats|elasticsearch|meilisearch|qdrant|ollama)(?:[:@]|$)/

/** Ports on which the app listens itself. */
function ownPorts({config, services: all}: FlyConfig): Set<string> {
  const checks = Object.values(config.checks ?? {})
  const ports = [...all.map((each) => each.internal_port), ...checks.map(({port}) => port)]
  const metrics = (config.metrics ?? []).map(({port}) => port)
  const settings = Object.entries(config.env ?? {}).flatMap(([name, value]) =>
    /PORT$/.test(name) ? value : (/(?:^|:)(\d{2,5})\/?$/.exec(notATarget.test(name) ? value : '')?.[1] ?? []),
  )
  return new Set(
    [...ports, ...metrics]
      .filter((port) => port !== undefined)
      .map(String)
      .concat(settings),
  )
}
