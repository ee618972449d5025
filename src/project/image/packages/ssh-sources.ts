/** Packages that a build clones by ssh, for which it would need a key. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions, lineage, type Stage} from '../../dockerfile/parse.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import type {BuildCommand} from '../build-commands.ts'
import {sourceAt} from '../moment.ts'

export interface SshSource {
  /** `bundle install`. */
  tool: string
  /** `git@github.com:shop/rails.git`. */
  remote: string
  /** The same repository by https; undefined where it has no such address for sure. */
  https: string | undefined
  /** Where the project asks for it: in the manifest, or else in the lock. */
  at: FileLocation
  /** The RUN that clones it. */
  run: FileLocation
}

interface Tool {
  command: RegExp
  lock: string
  manifest: string
  /** The remotes of the lock that are asked by ssh, as the tool writes them. */
  remotes: RegExp
  /** Where the tool finds packages without asking anybody. */
  vendored: string
}

const remote = '((?:ssh://|git@)[^\\s"?#,]+)'
const tools: readonly Tool[] = [
  {
    command: /^bundle (?:_[\d.]+_ )?install\b/,
    lock: 'Gemfile.lock',
    manifest: 'Gemfile',
    remotes: new RegExp(`^GIT\\n {2}remote: ${remote}`, 'gm'),
    vendored: 'vendor/cache',
  },
  {
    command: /^cargo (?:b|build|install|fetch|chef cook|leptos build|auditable build)\b/,
    lock: 'Cargo.lock',
    manifest: 'Cargo.toml',
    remotes: new RegExp(`^source = "git\\+${remote}`, 'gm'),
    vendored: 'vendor',
  },
  {
    command: /^mix deps\.get\b/,
    lock: 'mix.lock',
    manifest: 'mix.exs',
    remotes: new RegExp(`\\{:git, "${remote}"`, 'g'),
    vendored: 'deps',
  },
  {
    command: /^uv sync\b/,
    lock: 'uv.lock',
    manifest: 'pyproject.toml',
    remotes: new RegExp(`^source = \\{ git = "${remote}`, 'gm'),
    vendored: 'vendor',
  },
  {
    command: /^poetry (?:install|sync)\b/,
    lock: 'poetry.lock',
    manifest: 'pyproject.toml',
    remotes: new RegExp(`^url = "${remote}"`, 'gm'),
    vendored: 'vendor',
  },
]

/** What brings a key, or has git ask another way: in a RUN, an ENV or the path of a COPY. */
const mayHaveKey =
  /type=(?:ssh|secret)|\.ssh\b|ssh-(?:add|agent|keyscan|key)|id_(?:rsa|ed25519|ecdsa)|known_hosts|insteadOf|gitconfig|git[ /]config|GIT_(?:SSH|CONFIG)|\.netrc|PRIVATE_KEY|DEPLOY_KEY|BUNDLE_(?:WITHOUT|ONLY)=\S{0,200}(?:default|production)/i

export async function loadSshSources({reader}: Inputs, facts: FactStore): Promise<Fact<SshSource[]>> {
  const [{commands}, files] = await Promise.all([facts.need('buildCommands'), facts.value('files')])
  const tracked = files ?? noFiles
  const found: SshSource[] = []
  const told = new Set<string>()
  for (const command of commands) {
    const text = command.words.map((word) => word ?? '?').join(' ')
    const tool = tools.find((each) => each.command.test(text))
    const path = tool && !command.conditional ? lockOf(tool, command) : undefined
    if (!tool || path === undefined || told.has(path) || hasKey(command.moment.stage)) continue
    told.add(path)
    const folder = posix.dirname(path)
    if (tracked.hasFolder(posix.join(folder, tool.vendored))) continue
    const lock = await reader.text(path)
    const manifests = await Promise.all(tracked.named(tool.manifest).map((each) => reader.text(each)))
    const run = command.at
    for (const address of lock ? remotesOf(tool, lock) : []) {
      // A group that `--no-dev` leaves out is not told by the source.
      if (/--no-dev|--without|--only|--no-group/.test(text) && manifests.some((file) => mayBeAside(file, address)))
        continue
      const named = manifests.map((file) => placeIn(file, address)).find(Boolean)
      // What another package asks for is in the lock alone, and may be for development.
      if (named)
        found.push({tool: text.split(' ', 2).join(' '), remote: address, https: httpsOf(address), at: named, run})
    }
  }
  return known(found)

  function lockOf({lock}: Tool, {moment, folder}: BuildCommand): string | undefined {
    const path = sourceAt(moment, posix.join(folder, lock), tracked)
    return path !== undefined && tracked.has(path) ? path : undefined
  }
}

const hasKey = (stage: Stage): boolean =>
  lineage(stage).some((each) =>
    allInstructions(each).some(({text, flags}) => mayHaveKey.test([text, ...flags.flat()].join(' '))),
  )

const remotesOf = ({remotes}: Tool, {text}: TextFile): Set<string> =>
  new Set([...text.matchAll(remotes)].map(([, address = '']) => address.replace(/[#?].*$/s, '')))

/** Where a manifest names the address, outside of comments and of what is for development. */
function placeIn(file: TextFile | undefined, address: string): FileLocation | undefined {
  // A group of a Gemfile ends with its `end`, a table of TOML with the next one.
  let isAside = false
  for (let number = 1; file && number <= file.lineCount; number++) {
    const line = file.line(number)
    if (/^\s*(?:group\b[^\n]*\bdo\b|\[)/.test(line)) isAside = forDevelopment.test(line)
    else if (/^\s*end\b/.test(line)) isAside = false
    if (isAside || /^\s*(?:#|\/\/)/.test(line) || !line.includes(address)) continue
    if (!/\b(?:only|groups?)\b/.test(line) || !forDevelopment.test(line)) return file.lineSpan(number)
  }
  return undefined
}

/** Whether uv's groups name the package of this address, too. */
function mayBeAside(file: TextFile | undefined, address: string): boolean {
  const groups = file?.text.split(/^\[dependency-groups\]/m)[1]
  const name = /([^/:]+?)(?:\.git)?$/.exec(address)?.[1]
  return groups !== undefined && name !== undefined && groups.split(/^\[/m)[0]?.includes(name) === true
}

const forDevelopment = /\b(?:dev|development|test|tests|lint|docs)\b/

/** github.com and its like have each repository under both addresses. */
function httpsOf(address: string): string | undefined {
  const [, host, path] = /^(?:ssh:\/\/)?git@(github\.com|gitlab\.com|bitbucket\.org)[:/](\S+)$/.exec(address) ?? []
  return host && path ? `https://${host}/${path}` : undefined
}
