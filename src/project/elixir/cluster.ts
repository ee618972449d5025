import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {setVariables} from '../environment/set-variables.ts'
import {type Files, noFiles} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {FlyConfig} from '../fly-config/fly-config.ts'
import type {Inputs} from '../inputs.ts'
import {isReached} from './blocks.ts'
import type {MixConfig} from './mix-config.ts'

/** Why the nodes of a release on Fly.io do not become one cluster. */
export interface ClusterGap {
  /** `name`: a node is called after its host, which is no address; `protocol`: by its IPv6 address, and it speaks IPv4. */
  kind: 'name' | 'protocol'
  at: FileLocation
  /** What the nodes look for: `shop.internal`; undefined where it only shows that several machines serve. */
  query: string | undefined
  /** How many machines run at least, where that is the reason. */
  machines?: number
}

export async function loadClusterGaps({reader}: Inputs, facts: FactStore): Promise<Fact<ClusterGap[]>> {
  const [mix, flyConfig, processes, files, image] = await Promise.all([
    facts.need('mixConfig'),
    facts.value('flyConfig'),
    facts.value('processes'),
    facts.value('files'),
    facts.value('image'),
  ])
  const paths = files ?? noFiles
  const scripts = await reader.texts(ofRelease(paths, mix))
  const variables = await setVariables(facts)
  const releases = processes?.commands.some(({text}) => /\bbin\/[\w-]+ (?:start|daemon)$|\bbin\/server$/.test(text))
  if (!flyConfig || !image || !releases || !variables.complete) return known([])

  const isSet = (name: string) =>
    variables.mayBeSet(name) || scripts.some(({text}) => new RegExp(`^[^#\\n]*\\b${name}=`, 'm').test(text))
  const named = scripts.flatMap((file) => {
    const match = /^[^#\n]*(?:\bRELEASE_NODE=|^-name\b)[^\n]*/m.exec(file.text)
    return match ? [{file, line: match[0], at: file.lineSpan(file.position(match.index).line)}] : []
  })
  const [name] = named
  if (!name && !isSet('RELEASE_NODE')) {
    const gap = queryOf(mix, flyConfig) ?? (await severalMachines(mix, flyConfig, {reader, paths}))
    // The build writes such a script, or the app starts the node itself.
    const runs = image.stages.flatMap(({stage}) => stage.instructions).some(({text}) => text.includes('RELEASE_NODE'))
    const isKept = !gap || runs || (await startsNode(mix, {reader, paths}))
    return known(isKept ? [] : [{kind: 'name', ...gap}])
  }
  // An address of 6PN is one of IPv6.
  const flags = ['ERL_AFLAGS', 'ERL_ZFLAGS', 'ERL_FLAGS', 'ELIXIR_ERL_OPTIONS']
  const speaks = scripts.some(({text}) => /^[^#\n]*inet6_tcp|^[^#\n]*inet6_tls/m.test(text)) || flags.some(isSet)
  if (!name || speaks || !/\$\{?FLY_PRIVATE_IP\b/.test(name.line)) return known([])
  return known([{kind: 'protocol', at: name.at, query: undefined}])
}

/** What a release is made of: its templates, in whatever folder `rel_templates_path` names, and the programs laid over it. */
const ofRelease = (paths: Files, {folder}: MixConfig): string[] => [
  ...paths.ending('env.sh.eex', 'env.sh', 'vm.args.eex', 'vm.args'),
  ...paths.under(posix.join(folder, 'rel')).filter((path) => /\/overlays\/(?:.{1,500}\/)?bin\/[^/]+$/.test(path)),
]

async function startsNode(
  {folder}: MixConfig,
  {reader, paths}: {reader: ProjectReader; paths: Files},
): Promise<boolean> {
  const sources = paths.under(posix.join(folder, 'lib')).filter((path) => path.endsWith('.ex'))
  return (await reader.texts(sources)).some(({text}) => /\bNode\.start\(|:net_kernel\.start\(/.test(text))
}

/** The name that the nodes look for: of dns_cluster in [env], or written into the configuration. */
function queryOf(mix: MixConfig, flyConfig: FlyConfig): Omit<ClusterGap, 'kind'> | undefined {
  const query = flyConfig.config.env?.DNS_CLUSTER_QUERY
  if (query && mix.files.some(({code}) => code.text.includes('"DNS_CLUSTER_QUERY"')))
    return {query, at: flyConfig.at('env', 'DNS_CLUSTER_QUERY')}
  for (const {code} of mix.files) {
    for (const match of code.text.matchAll(
      /\b(?:dns_cluster_query|query)\b[^\n"]{0,100}"([^"\n]{1,200}\.internal)"/g,
    )) {
      if (isReached(code, match.index, mix.env) === 'no') continue
      return {query: match[1], at: code.file.span(match.index, match.index + match[0].length)}
    }
  }
  return undefined
}

/** Two machines or more always run, and what one broadcasts is for the users of all. */
async function severalMachines(
  {folder}: MixConfig,
  {config, at}: FlyConfig,
  {reader, paths}: {reader: ProjectReader; paths: Files},
): Promise<Omit<ClusterGap, 'kind'> | undefined> {
  const machines = Number(config.http_service?.min_machines_running ?? 0)
  if (!(machines >= 2)) return undefined
  const manifest = await reader.text(posix.join(folder, 'mix.exs'))
  // Another adapter carries the messages without a cluster.
  if (!/^[^#\n]*:dns_cluster\b/m.test(manifest?.text ?? '') || /pubsub_redis|:libcluster/.test(manifest?.text ?? ''))
    return undefined
  for (const file of await reader.texts(
    paths.under(posix.join(folder, 'lib')).filter((path) => path.endsWith('.ex')),
  )) {
    if (/^[^#\n]*\b(?:PubSub|Endpoint)\.broadcast/m.test(file.text))
      return {query: undefined, machines, at: at('http_service', 'min_machines_running')}
  }
  return undefined
}
