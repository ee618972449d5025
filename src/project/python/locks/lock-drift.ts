import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {type Document, isTable, type Path} from '../../documents/document.ts'
import {parseToml} from '../../documents/toml.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {unchangedAt} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import {normalizeName} from '../packages/pep508.ts'
import {readPyproject} from '../packages/pyproject.ts'
import {pipfileHashes, poetryHashes} from './content-hash.ts'
import {readLockFile} from './lock-file.ts'
import {uvDifference} from './uv-lock.ts'

/** A lock file of Python that is not what the manifest asks for, where the install stops at that. */
export interface LockDrift {
  manager: 'uv' | 'poetry' | 'pipenv'
  /** `uv sync --locked` */
  command: string
  install: FileLocation
  /** What differs, as the end of a sentence. */
  difference: string
  at: FileLocation
  lock: FileLocation
  proven: boolean
}

type Found = Pick<LockDrift, 'difference' | 'at' | 'proven'>

/** The installs that hold the lock file against the manifest, and the two. */
const managers = [
  {manager: 'uv', lock: 'uv.lock', manifest: 'pyproject.toml', compare: uv},
  {manager: 'poetry', lock: 'poetry.lock', manifest: 'pyproject.toml', compare: poetry},
  {manager: 'pipenv', lock: 'Pipfile.lock', manifest: 'Pipfile', compare: pipenv},
] as const

export async function loadLockDrift({reader}: Inputs, facts: FactStore): Promise<Fact<LockDrift[]>> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const tracked = files ?? noFiles
  const found: LockDrift[] = []
  for (const command of commands) {
    const manager = managers.find((each) => each.manager === heldBy(command))
    if (!manager || command.conditional || !command.decisive || command.by !== undefined) continue
    const read = async (name: string) => {
      const source = unchangedAt(command, posix.join(command.folder, name), tracked)
      return reader.text(source)
    }
    const [lock, manifest] = await Promise.all([read(manager.lock), read(manager.manifest)])
    const document = manifest && parseToml(manifest)
    if (!lock || !document || !('value' in document) || relocks.test(command.before)) continue
    if (found.some((each) => each.lock.file === lock.path)) continue
    const difference = manager.compare(document, lock, command)
    if (!difference) continue
    const words = command.words.map((word) => word ?? '…').slice(0, 4)
    found.push({
      manager: manager.manager,
      command: words.join(' '),
      install: command.at,
      lock: lock.whole,
      ...difference,
    })
  }
  return known(found)
}

/** What writes the lock file anew before. */
const relocks = /\b(?:uv|poetry|pipenv)\s+(?:lock|add|update|remove|upgrade)\b/

/** What makes Pipenv look at no Pipfile, or at another one; the first two are flags, too. */
const anotherPipfile = /\bPIPENV_(?:IGNORE_PIPFILE|SKIP_LOCK|PIPFILE)\b/

/** Which manager stops here at a lock file that is not up to date. */
function heldBy({words, moment}: BuildCommand): LockDrift['manager'] | undefined {
  const [program, verb] = words
  const has = (...flags: string[]) => words.some((word) => word !== undefined && flags.includes(word))
  // Another folder, or one member of a workspace.
  if (
    words.some((word) => word === undefined || /^(-C|-P|--project|--directory|--package|--all-packages)\b/.test(word))
  )
    return undefined
  const isTrue = (name: string) => /^(1|true|yes|on)$/i.test(moment.variables.get(name) ?? '')
  if (program === 'uv') {
    const frozen = has('--frozen') || moment.variables.has('UV_FROZEN')
    return verb === 'sync' && !frozen && (has('--locked') || isTrue('UV_LOCKED')) ? 'uv' : undefined
  }
  if (program === 'poetry') return verb === 'install' || verb === 'sync' ? 'poetry' : undefined
  const isDeploy = has('--deploy') && !has('--ignore-pipfile', '--skip-lock')
  if (program !== 'pipenv' || verb !== 'install' || !isDeploy) return undefined
  const isAnother = [moment.instruction.text, ...moment.variables.keys()].some((text) => anotherPipfile.test(text))
  return isAnother ? undefined : 'pipenv'
}

function uv(manifest: Document, lock: TextFile): Found | undefined {
  const found = uvDifference(manifest.value, lock.text)
  return found && {difference: found.difference, at: manifest.at(found.path), proven: true}
}

/** Poetry 1.8 and later stop where the hash differs; earlier ones where the lock file does not have a package. */
function poetry(manifest: Document, lock: TextFile, {moment}: BuildCommand): Found | undefined {
  const written = /^content-hash = "([0-9a-f]{64})"/m.exec(lock.text)?.[1]
  const hashes = poetryHashes(manifest.value)
  if (!written || !hashes || hashes.includes(written)) return undefined
  const packages = readLockFile(lock.text)
  const missing = readPyproject(manifest).requirements.find(({name, marker}) => !marker && !packages.has(name))
  const older = isOlder(moment)
  if (missing)
    return {difference: `it has no ${missing.written}, which pyproject.toml asks for`, at: missing.at, proven: true}
  const difference = 'pyproject.toml was changed after it was written'
  return older ? undefined : {difference, at: dependenciesOf(manifest), proven: older === false}
}

function dependenciesOf({value, at}: Document): FileLocation {
  const paths: Path[] = [
    ['project', 'dependencies'],
    ['tool', 'poetry', 'dependencies'],
  ]
  const there = (path: Path) =>
    path.reduce<unknown>((inner, key) => (isTable(inner) ? inner[String(key)] : undefined), value) !== undefined
  return at(paths.find(there) ?? ['tool', 'poetry'])
}

/** Whether Poetry is one before 1.8; undefined where its version is not told. */
function isOlder({variables, stage, unknown}: BuildCommand['moment']): boolean | undefined {
  // The last one for these Pythons is 1.5.
  if (/^python:3\.[67]\b/.test(stage.image ?? '')) return true
  const texts = [...stage.instructions.map(({text}) => text), ...unknown.map(({text = ''}) => text)]
  const pinned = texts.map((text) => /\bpoetry["']?\s*[=~^]=?\s*["']?(\d+\.\d+)/i.exec(text)?.[1])
  const version = variables.get('POETRY_VERSION') ?? pinned.find((each) => each !== undefined)
  if (version === undefined) {
    // Without a version the newest is installed.
    return texts.some((text) =>
      /\b(?:pip[\d.]*|pipx|uv|uv tool)\s+install\b[^\n;&|]{0,500}\spoetry(?:\s|$)/.test(text),
    ) || texts.some((text) => /install\.python-poetry\.org/.test(text) && !/--version|POETRY_VERSION/.test(text))
      ? false
      : undefined
  }
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < 1 || (major === 1 && minor < 8)
}

function pipenv({value, at}: Document, lock: TextFile): Found | undefined {
  const written = /"sha256":\s*"([0-9a-f]{64})"/.exec(
    /"_meta":\s*\{[\s\S]{0,500}?"hash":\s*\{[^}]{0,500}\}/.exec(lock.text)?.[0] ?? '',
  )?.[1]
  const hashes = pipfileHashes(value)
  if (!written || !hashes || hashes.includes(written)) return undefined
  const names = isTable(value.packages) ? Object.keys(value.packages) : []
  const missing = names.find(
    (name) => !lock.text.includes(`"${normalizeName(name)}"`) && !lock.text.includes(`"${name}"`),
  )
  return missing === undefined
    ? {difference: 'Pipfile was changed after it was written', at: at(['packages']), proven: true}
    : {difference: `it has no ${missing}, which Pipfile asks for`, at: at(['packages', missing]), proven: true}
}
