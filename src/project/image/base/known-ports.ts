/** Ports that the programs of well-known images listen on, by their own documentation. */
import {nameParts} from './base-images.ts'

export interface KnownPort {
  program: string
  /** That of its requests first. */
  ports: readonly number[]
  /** Variables that choose another one. */
  variables: readonly string[]
}

type Row = readonly [image: RegExp, program: string, ports: readonly number[], variables?: readonly string[]]

const rows: readonly Row[] = [
  [/^grafana\/grafana(?:-oss|-enterprise)?$/, 'Grafana', [3000], ['GF_SERVER_HTTP_PORT']],
  [/^prom\/prometheus$/, 'Prometheus', [9090]],
  [/^(?:docker\.n8n\.io\/)?n8nio\/n8n$/, 'n8n', [5678], ['N8N_PORT']],
  [/^louislam\/uptime-kuma$/, 'Uptime Kuma', [3001], ['UPTIME_KUMA_PORT', 'PORT']],
  [/^vaultwarden\/server$/, 'Vaultwarden', [80, 3012], ['ROCKET_PORT']],
  [/^metabase\/metabase$/, 'Metabase', [3000], ['MB_JETTY_PORT']],
  [/^getmeili\/meilisearch$/, 'Meilisearch', [7700], ['MEILI_HTTP_ADDR']],
  [/^typesense\/typesense$/, 'Typesense', [8108], ['TYPESENSE_API_PORT']],
  [/^clickhouse\/clickhouse-server$/, 'ClickHouse', [8123, 9000, 9004, 9005, 9009]],
  [/^nats$/, 'NATS', [4222, 8222, 6222]],
  [/^redis$|^valkey\/valkey$/, 'Redis', [6379]],
  [/^postgres$/, 'PostgreSQL', [5432], ['PGPORT']],
  [/^mysql$|^mariadb$/, 'MySQL', [3306, 33060], ['MYSQL_TCP_PORT']],
  [/^mongo$/, 'MongoDB', [27017]],
  [/^memcached$/, 'Memcached', [11211]],
  [/^rabbitmq$/, 'RabbitMQ', [5672, 15672, 15692, 25672, 4369]],
  [/^ghost$/, 'Ghost', [2368], ['server__port']],
  [/^gitea\/gitea$/, 'Gitea', [3000, 22, 2222], ['GITEA__server__HTTP_PORT', 'GITEA__server__SSH_PORT', 'SSH_PORT']],
  [/^directus\/directus$/, 'Directus', [8055], ['PORT']],
  [/^hasura\/graphql-engine$/, 'Hasura', [8080], ['HASURA_GRAPHQL_SERVER_PORT']],
  [/^nocodb\/nocodb$/, 'NocoDB', [8080], ['PORT']],
  [/^adminer$/, 'Adminer', [8080]],
  [/^qdrant\/qdrant$/, 'Qdrant', [6333, 6334], ['QDRANT__SERVICE__HTTP_PORT', 'QDRANT__SERVICE__GRPC_PORT']],
  [/^neosmemo\/memos$/, 'Memos', [5230], ['MEMOS_PORT']],
  [/^gotify\/server$/, 'Gotify', [80], ['GOTIFY_SERVER_PORT']],
  [/^(?:ghcr\.io\/)?dgtlmoon\/changedetection\.io$/, 'changedetection.io', [5000], ['PORT']],
  [/^jenkins\/jenkins$/, 'Jenkins', [8080, 50000], ['JENKINS_OPTS', 'JENKINS_SLAVE_AGENT_PORT']],
  [/^ollama\/ollama$/, 'Ollama', [11434], ['OLLAMA_HOST']],
  [/^diygod\/rsshub$/, 'RSSHub', [1200], ['PORT']],
]

/** What listens in a container of this image, where it starts as it is. */
export function knownPortOf(image: string): KnownPort | undefined {
  const [name] = nameParts(image)
  const [, program, ports, variables = []] = rows.find(([pattern]) => pattern.test(name)) ?? []
  return program && ports ? {program, ports, variables} : undefined
}
