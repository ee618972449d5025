/**
 * Overrides that pnpm-lock.yaml was not made with: a frozen install ends with ERR_PNPM_LOCKFILE_CONFIG_MISMATCH. Up to 9 pnpm
 * reads those of package.json alone, 10 those of pnpm-workspace.yaml where package.json has none, later ones those of
 * pnpm-workspace.yaml alone (tried with 9, 10, 11 and 12).
 */
import {isTable} from '../../documents/document.ts'
import {parseYaml} from '../../documents/yaml.ts'
import type {TextFile} from '../../files/text.ts'
import type {PnpmMajor} from './pnpm-version.ts'

export interface OverrideGap {
  name: string
  /** What is set now; undefined: nothing. */
  wanted: string | undefined
  /** What the lock file was made with. */
  locked: string | undefined
  /** The file that sets it, or sets it where this pnpm does not read it. */
  file: TextFile
  isUnread: boolean
  others: number
}

type Overrides = Readonly<Record<string, string>>

export function overrideGap(
  lock: TextFile,
  root: {file: TextFile; value: Record<string, unknown>},
  workspace: TextFile | undefined,
  major: PnpmMajor,
): OverrideGap | undefined {
  const locked = lockedOverrides(lock.text)
  const {pnpm} = root.value
  const [own, resolutions, shared] = [
    isTable(pnpm) ? pnpm.overrides : undefined,
    root.value.resolutions,
    workspace && workspaceOverrides(workspace),
  ].map(plainOverrides)
  if (!locked || !own || !resolutions || !shared) return undefined
  const ofPackage = {...resolutions, ...own}
  const isEmpty = Object.keys(ofPackage).length === 0
  const readBy = (version: number) =>
    version >= 11 || (version === 10 && isEmpty) ? {file: workspace, set: shared} : {file: root.file, set: ofPackage}
  const versions = major === undefined ? [9, 10, 11] : [major === 'newest' ? 11 : major]
  const gaps = versions.map((version) => {
    const {file, set} = readBy(version)
    const names = [...new Set([...Object.keys(set), ...Object.keys(locked)])].filter(
      (name) => set[name] !== locked[name],
    )
    const [name] = names
    if (name === undefined) return undefined
    const isUnread = set[name] === undefined && (set === shared ? ofPackage : shared)[name] !== undefined
    const where = isUnread ? (set === shared ? root.file : workspace) : file
    return {name, wanted: set[name], locked: locked[name], file: where ?? root.file, isUnread, others: names.length - 1}
  })
  return gaps.every((gap) => gap !== undefined) ? gaps.at(-1) : undefined
}

/** Undefined where they are worked out: `$name` and `catalog:` stand for what is written elsewhere. */
function plainOverrides(value: unknown): Overrides | undefined {
  if (value === undefined) return {}
  if (!isTable(value)) return undefined
  const plain = Object.values(value).every((each) => typeof each === 'string' && !/^(?:\$|catalog:)/.test(each))
  return plain ? (value as Overrides) : undefined
}

/** Settings that a package brings may change them. */
function workspaceOverrides(file: TextFile): unknown {
  const document = parseYaml(file)
  if (!('value' in document) || !isTable(document.value) || document.value.configDependencies !== undefined) return null
  return document.value.overrides
}

/** The block of the lock file, line by line: a whole lock file takes long to read. */
function lockedOverrides(lock: string): Overrides | undefined {
  const [, block = ''] = /^overrides:\n((?:[ \t].*\n)*)/m.exec(lock) ?? []
  const found: Record<string, string> = {}
  for (const line of block.split('\n')) {
    if (line.trim() === '') continue
    const [, name, value] = /^ {2}('(?:[^']|'')*'|[^\s':][^\s:]*): ('(?:[^']|'')*'|[^'">|\s].*)$/.exec(line) ?? []
    if (name === undefined || value === undefined) return undefined
    found[unquoted(name)] = unquoted(value)
  }
  return found
}

const unquoted = (text: string): string =>
  text.startsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : text.trim()
