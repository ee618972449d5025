/** Servers that an app connects to and that run somewhere else. */
const services =
  /(?:^|_)(?:DB|DATABASE|POSTGRES(?:QL)?|PG|MYSQL|MARIADB|MSSQL|MONGO(?:DB)?|REDIS|VALKEY|MEMCACHED?|CACHE|RABBITMQ|RABBIT|AMQP|BROKER|CELERY|KAFKA|NATS|MQTT|ELASTIC(?:SEARCH)?|OPENSEARCH|SOLR|MEILI(?:SEARCH)?|TYPESENSE|QDRANT|WEAVIATE|MILVUS|CHROMA|NEO4J|TIKA|MINIO|S3|CLICKHOUSE|INFLUX(?:DB)?|CASSANDRA|OLLAMA|TEMPORAL|CONSUL|VAULT|KEYCLOAK|SMTP|MAIL_SERVER)(?:_|$)/

/** Schemes of databases, caches and queues: these are always addresses to connect to. */
const serviceSchemes =
  /^(?:jdbc:)?(?:postgres(?:ql)?|mysql|mariadb|mssql|sqlserver|mongodb|rediss?|valkey|memcached|amqps?|kafka|nats|mqtt|bolt|neo4j|clickhouse|cassandra)(?:\+\w+)?:/

/** Where the app itself listens, or a list of whom it trusts: no place to connect to. */
export const notATarget = /LISTEN|BIND|CORS|ORIGIN|ALLOWED|TRUSTED|NO_PROXY|DOMAIN|_URLS$/

const target = /(?:^|_)(?:URL|URI|DSN|ENDPOINT|ADDR|ADDRESS|BASE|BROKER|CONNECTION|CONNECTION_STRING|SERVERS?)$/
const hostOnly = /(?:^|_)(?:HOST|HOSTNAME|HOSTS|SERVER|SERVERS|ADDR|ADDRESS|ENDPOINT|URL)$/

/** What a variable points to, when that is the machine itself. */
export interface LocalTarget {
  host: string
  port: string | undefined
  /** A database, a cache, a queue: not what the app itself may start. */
  isService: boolean
}

/** The place on localhost that a variable tells the app to connect to. */
export function localTarget(name: string, value: string): LocalTarget | undefined {
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

/** Programs that start several others in one machine: then any of them may listen there. */
export const startsSeveral =
  /\b(supervisord?|s6-\w+|runsvdir|foreman|honcho|overmind|goreman|hivemind|process-compose|pm2|concurrently|circusd|litefs|tailscaled?|cloud_sql_proxy|pgbouncer|redis-server|postgres|dockerd|docker-compose)\b|\s&(\s|$)/
