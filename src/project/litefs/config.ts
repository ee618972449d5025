/** litefs.yml: what LiteFS 0.5 reads of it (superfly/litefs, cmd/litefs/config.go). */
import type {FileLocation} from '../../check.ts'
import type {TableNode} from '../documents/document.ts'
import {parseYaml} from '../documents/yaml.ts'
import type {TextFile} from '../files/text.ts'
import {itemsOf, tableOf, type Value, Values} from '../workflows/values.ts'

export interface LiteFsConfig {
  file: TextFile
  commands: ExecCommand[]
  /** Keys that it does not know: it then refuses the whole file. */
  unknownKeys: {key: string; at: FileLocation}[]
  /** It has the keys of an older release: before 0.3 there were no sections, before 0.4 no lease. */
  isOlder: boolean
  /** undefined: its default. */
  dataDir: Value | undefined
  fuseDir: Value | undefined
  leaseType: Value | undefined
  candidate: Value | undefined
  /** `${KEY:-v1}`: what is neither a name nor a comparison of one. LiteFS puts nothing in its place (ExpandEnv). */
  emptied: {text: string; at: FileLocation}[]
  proxyAddress: Value | undefined
  proxyTarget: Value | undefined
  hasBackup: boolean
  at(...path: string[]): FileLocation
}

/** One of `exec`; the last one is the app. */
export interface ExecCommand extends Value {
  onlyOnCandidates: boolean
}

const keys = (text: string): ReadonlySet<string> => new Set(text.split(' '))

const known: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['', keys('exit-on-error skip-sync strict-verify exec data fuse http proxy lease backup log tracing')],
  ['data', keys('dir compress retention retention-monitor-interval')],
  ['fuse', keys('dir allow-other debug')],
  ['http', keys('addr snapshot-timeout')],
  [
    'proxy',
    keys(
      'addr target db max-lag debug passthrough always-forward primary-redirect-timeout read-timeout read-header-timeout write-timeout idle-timeout',
    ),
  ],
  ['lease', keys('type hostname advertise-url candidate promote reconnect-delay demote-delay databases consul')],
  ['lease.consul', keys('url key ttl lock-delay')],
  ['backup', keys('type path url cluster auth-token')],
  ['log', keys('format timestamp debug')],
  ['tracing', keys('enabled path max-size max-count compress')],
])

/** undefined where it is no YAML. Of the commands it reads what it knows, and passes over the rest. */
export function readLiteFs(file: TextFile): LiteFsConfig | undefined {
  const document = parseYaml(file)
  if ('message' in document) return undefined
  const {root} = document
  const values = new Values(file)
  const unknownKeys: LiteFsConfig['unknownKeys'] = []
  const look = (path: string, table: TableNode | undefined) => {
    for (const [key, node] of table?.entries ?? []) {
      const full = path === '' ? key : `${path}.${key}`
      // A merge of YAML brings keys of another table.
      if (key === '<<') continue
      if (!known.get(path)?.has(key)) unknownKeys.push({key: full, at: file.span(...(node.key ?? node.range))})
      else if (known.has(full)) look(full, tableOf(node))
    }
  }
  look('', root)
  const value = (table: string, key: string): Value | undefined =>
    values.scalar(tableOf(root.entries.get(table))?.entries.get(key))
  const exec = root.entries.get('exec')
  const commands = itemsOf(exec).flatMap((node): ExecCommand[] => {
    const entries = tableOf(node)?.entries
    const text = values.scalar(entries ? entries.get('cmd') : node)
    return text ? [{...text, onlyOnCandidates: values.scalar(entries?.get('if-candidate'))?.text === 'true'}] : []
  })
  return {
    file,
    commands,
    unknownKeys,
    isOlder: ['mount-dir', 'data-dir', 'consul', 'static'].some((key) => root.entries.has(key)),
    dataDir: value('data', 'dir'),
    fuseDir: value('fuse', 'dir'),
    leaseType: value('lease', 'type'),
    candidate: value('lease', 'candidate'),
    emptied: emptiedIn(file),
    proxyAddress: value('proxy', 'addr'),
    proxyTarget: value('proxy', 'target'),
    hasBackup: root.entries.has('backup'),
    at: (...path) => document.at(path),
  }
}

const readable = /^\s*\w+\s*(?:(?:==|!=)\s*(?:\w+|'[^']*'|"[^"]*")\s*)?$/

function emptiedIn(file: TextFile): LiteFsConfig['emptied'] {
  const found: LiteFsConfig['emptied'] = []
  for (const {0: text, 1: inner = '', index} of file.text.matchAll(/\$\{([^{}\n]{1,200})\}/g)) {
    const line = file.text.slice(file.text.lastIndexOf('\n', index) + 1, index)
    if (!readable.test(inner) && !/(?:^|\s)#/.test(line)) found.push({text, at: file.span(index, index + text.length)})
  }
  return found
}
