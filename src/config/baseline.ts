import {compare} from '../compare.ts'
import type {Baseline} from '../engine/baseline.ts'
import type {BaselineEntry} from '../facts.ts'
import type {ProjectReader} from '../project/files/reader.ts'
import {configNames} from '../project/fly-config/find.ts'
import {unsteering} from '../redact.ts'
import {UsageError} from '../usage-error.ts'
import {jsonFault} from '../wording.ts'

export const baselineName = 'preflight-baseline.json'

/** What `-c` names, as entries have it: nothing where that is the configuration that is taken without it. */
export function baselineConfig(reader: ProjectReader, config: string | undefined): string | undefined {
  const path = config === undefined ? undefined : reader.display(config)
  return (configNames as readonly string[]).includes(path ?? configNames[0]) ? undefined : path
}

/** The entries of preflight-baseline.json; undefined where there is none. What is wrong in it is a usage error. */
export async function readBaseline(reader: ProjectReader): Promise<BaselineEntry[] | undefined> {
  const result = await reader.read(baselineName)
  if (!result.ok) {
    if (result.kind === 'missing') return undefined
    throw new UsageError(`${baselineName} ${result.reason}`)
  }
  const anew = 'Write it anew: preflight baseline'
  let content: {version?: unknown; findings?: unknown}
  try {
    content = JSON.parse(result.file.text)
  } catch (error) {
    throw new UsageError(`${baselineName} is no JSON: ${jsonFault(error)}`, anew)
  }
  if (content?.version !== 1) throw new UsageError(`${baselineName} is of another version than 1`, anew)
  const {findings} = content
  if (!Array.isArray(findings) || !findings.every(isEntry)) {
    throw new UsageError(`${baselineName} has findings without check, severity or fingerprint`, anew)
  }
  return findings
}

const isEntry = (value: unknown): value is BaselineEntry =>
  ['check', 'severity', 'fingerprint'].every(
    (key) => typeof (value as Record<string, unknown> | null)?.[key] === 'string',
  )

/** What preflight-baseline.json excuses; most projects have none. */
export async function loadBaseline(reader: ProjectReader, config: string | undefined): Promise<Baseline | undefined> {
  if ((await reader.kindOf(baselineName)) === 'missing') return undefined
  const [{Baseline}, entries = []] = await Promise.all([import('../engine/baseline.ts'), readBaseline(reader)])
  return new Baseline(entries, baselineConfig(reader, config))
}

/** Sorted, one key a line: a change of it can be read in a review. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const keyOf = ({config = '', check, file, message, severity}: BaselineEntry) =>
    [config, check, file, message, severity].join('\0')
  const sorted = entries.toSorted((a, b) => compare(keyOf(a), keyOf(b)))
  return `${unsteering(JSON.stringify({version: 1, findings: sorted}, null, 2))}\n`
}
