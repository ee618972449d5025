import type {FlyConfig} from '../fly-config/fly-config.ts'
import type {Image} from '../image/image.ts'
import type {Processes} from '../processes/processes.ts'
import {startsSeveral} from './local-target.ts'

/** Whether a machine may run a database, a cache or a queue beside the app. */
export function mayRunServers({
  flyConfig,
  processes,
  image,
}: {
  flyConfig: FlyConfig | undefined
  processes: Processes | undefined
  image: Image | undefined
}): boolean {
  // Containers of one machine share its localhost.
  if (flyConfig?.hasContainers) return true
  if (processes && mayStartServer(processes)) return true
  // A script starts it beside the app: else nobody would install it.
  if ([...(image?.final.packages.named ?? [])].some((name) => servers.test(name))) return true
  return serverImages.test(image?.final.root.image ?? '')
}

/** Of a supervisor whose file is read all is seen that it starts. */
function mayStartServer({find, commands, read}: Processes): boolean {
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
