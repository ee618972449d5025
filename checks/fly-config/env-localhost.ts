import {defineCheck, type Facts} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']

/** Servers that an app connects to and that run somewhere else. */
const services =
  /(?:^|_)(?:DB|DATABASE|POSTGRES(?:QL)?|PG|MYSQL|MARIADB|MSSQL|MONGO(?:DB)?|REDIS|VALKEY|MEMCACHED?|CACHE|RABBITMQ|RABBIT|AMQP|BROKER|CELERY|KAFKA|NATS|MQTT|ELASTIC(?:SEARCH)?|OPENSEARCH|SOLR|MEILI(?:SEARCH)?|TYPESENSE|QDRANT|WEAVIATE|MILVUS|CHROMA|NEO4J|TIKA|MINIO|S3|CLICKHOUSE|INFLUX(?:DB)?|CASSANDRA|OLLAMA|TEMPORAL|CONSUL|VAULT|KEYCLOAK|SMTP|MAIL_SERVER)(?:_|$)/

/** Schemes of databases, caches and queues: these are always addresses to connect to. */
const serviceSchemes =
  /^(?:jdbc:)?(?:postgres(?:ql)?|mysql|mariadb|mssql|sqlserver|mongodb|rediss?|valkey|memcached|amqps?|kafka|nats|mqtt|bolt|neo4j|clickhouse|cassandra)(?:\+\w+)?:/

/** Where the app itself listens, or a list of whom it trusts: no place to connect to. */
const notATarget = /LISTEN|BIND|CORS|ORIGIN|ALLOWED|TRUSTED|NO_PROXY|DOMAIN|_URLS$/

const target = /(?:^|_)(?:URL|URI|DSN|ENDPOINT|ADDR|ADDRESS|BASE|BROKER|CONNECTION|CONNECTION_STRING|SERVERS?)$/
const hostOnly = /(?:^|_)(?:HOST|HOSTNAME|HOSTS|SERVER|SERVERS|ADDR|ADDRESS|ENDPOINT|URL)$/

/** Programs that start several others in one machine: then any of them may listen there. */
const startsSeveral =
  /\b(supervisord?|s6-\w+|runsvdir|foreman|honcho|overmind|goreman|hivemind|process-compose|pm2|concurrently|circusd|litefs|tailscaled?|cloud_sql_proxy|pgbouncer|redis-server|postgres|dockerd|docker-compose)\b|\s&(\s|$)/

export default defineCheck({
  id: 'fly-config/env-localhost',
  title: '[env] points to no server on localhost',
  why: 'In a machine of Fly.io runs this app alone: nothing answers on localhost, and every call to that server fails.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['processes'],
  *run({flyConfig, processes}) {
    const {build, env = {}} = flyConfig.config
    // Containers of one machine share its localhost.
    if (flyConfig.hasContainers) return
    if (processes?.find(startsSeveral)) return
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

interface Target {
  host: string
  port: string | undefined
  isService: boolean
}

function localTarget(name: string, value: string): Target | undefined {
  if (notATarget.test(name)) return undefined
  const url = /^((?:jdbc:)?[a-z][a-z0-9+.-]*):\/\/(?:[^\s/@]*@)?(\[[^\]]*\]|[^\s/:?#,;]+)(?::(\d+))?/i.exec(value)
  const hasScheme = serviceSchemes.test(value)
  const isService = hasScheme || services.test(name)
  if (url && (isService || target.test(name))) {
    const [, scheme = '', host = '', port = defaultPorts.get(scheme)] = url
    return isLocal(host) && (hasScheme || !isListening(host)) ? {host, port, isService} : undefined
  }
  const plain = services.test(name) && hostOnly.test(name) && /^(\[[^\]]*\]|[\w.-]+)(?::(\d+))?$/.exec(value)
  const [, host, port] = plain || []
  return host && isLocal(host) && !isListening(host) ? {host, port, isService} : undefined
}

const defaultPorts = new Map([
  ['http', '80'],
  ['https', '443'],
])

const isLocal = (host: string) => /^(localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\]|host\.docker\.internal)$/i.test(host)

/** Every address of the machine: what a server is told, unless a scheme says that somebody connects. */
const isListening = (host: string) => /^(0\.0\.0\.0|\[::\])$/.test(host)
