import {posix} from 'node:path'
import {instructionsBefore, rootImage} from '../dockerfile/parse.ts'
import {isTable} from '../documents/document.ts'
import {plainName} from '../image/base/base-images.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {overlaps} from '../image/files/image-path.ts'
import {lacks, mayBeChanged} from '../image/moment.ts'
import {flagValue, stepOf} from '../image/outputs/output.ts'
import type {MissingTask, Project} from '../image/programs/missing-tasks.ts'
import {programOf} from '../image/shell/command.ts'
import {membersOf, neededMembers, type Package, packageAt, valueAt, workspaceAbove} from './cargo-packages.ts'

/** Commands of cargo that are programs of their own (`cargo install cargo-chef`). */
const subcommands = /^(?:chef|leptos|sqlx|auditable|zigbuild|make|binstall|nextest)$/
/** The official images, and those of cargo-chef, which are made of them: they have cargo, and its library for themselves. */
const official = /^(?:rust|lukemathwalker\/cargo-chef)(?::([\w.-]*))?$/

/** What a command of cargo asks for and does not find: a command, a target, a package, a program, or the sources. */
export async function cargoTask(command: BuildCommand, project: Project): Promise<MissingTask | undefined> {
  const [, verb = ''] = command.words
  if (programOf(command) !== 'cargo') return undefined
  const base = plainName(rootImage(command.moment.stage) ?? '')
  const image = official.exec(base)
  const bare = image && (missingCommand(command, verb, base) ?? missingTarget(command, base, project))
  if (bare) return {...bare, at: command.at, related: []}
  return /^(?:build|b|run)$/.test(verb) ? missingPart(command, project) : undefined
}

type Bare = Pick<MissingTask, 'message' | 'hint'>

/** "no such command: `chef`" */
function missingCommand(command: BuildCommand, verb: string, base: string): Bare | undefined {
  if (!subcommands.test(verb) || base.includes(`cargo-${verb}`)) return undefined
  const {files, unknown} = command.moment
  const folders = ['/usr/local/cargo/bin', '/root/.cargo/bin', '/usr/local/bin', '/usr/bin']
  const isCopied = folders.some(
    (folder) =>
      files.get(`${folder}/cargo-${verb}`) ||
      unknown.some(({by, path}) => by === 'copy' && overlaps(path, `${folder}/cargo-${verb}`)),
  )
  if (isCopied || textsBefore(command).some((text) => /\.sh\b|\bmake\b/.test(text) || installs(text, verb)))
    return undefined
  return {
    message: `cargo ${verb} stops: neither ${base} nor a step before brings cargo-${verb}`,
    hint: `Before it: RUN cargo install ${verb === 'sqlx' ? 'sqlx-cli' : `cargo-${verb}`} --locked`,
  }
}

const installs = (text: string, verb: string): boolean =>
  text.includes(verb) && /install|curl|wget|\bcp\b|\bmv\b/.test(text)

/** "can't find crate for `std`": the library for another target than the image's own is not there. */
function missingTarget(command: BuildCommand, base: string, {tracked}: Project): Bare | undefined {
  const {words, moment} = command
  const target = flagValue(words, '--target') ?? ''
  const own = base.includes('alpine') ? 'x86_64-unknown-linux-musl' : 'x86_64-unknown-linux-gnu'
  if (!/^x86_64-unknown-linux-(?:musl|gnu)$/.test(target) || target === own) return undefined
  const isAdded = textsBefore(command).some((text) => /\b(?:rustup|zigbuild|cross)\b|rust-std|\.sh\b/.test(text))
  const isSet =
    tracked.named('rust-toolchain', 'rust-toolchain.toml').length > 0 || moment.variables.has('RUSTUP_TOOLCHAIN')
  if (isAdded || isSet || words.some((word) => /build-std|^\+/.test(word ?? ''))) return undefined
  return {
    message: `cargo ${words[1]} stops: ${base} has no standard library for ${target}`,
    hint: `Before it: RUN rustup target add ${target}${target.endsWith('musl') ? ', and musl-tools of apt where something is in C' : ''}`,
  }
}

const textsBefore = ({moment, before}: BuildCommand): string[] => [
  before,
  ...instructionsBefore(moment.stage, moment.instruction).flatMap(({keyword, text}) => (keyword === 'RUN' ? text : [])),
]

/** "did not match any packages", "no bin target named", "no targets specified in the manifest". */
async function missingPart(command: BuildCommand, project: Project): Promise<MissingTask | undefined> {
  const {words, at} = command
  if (words.some((word) => word === undefined || /^(?:--manifest-path|-C|\+|--config)/.test(word))) return undefined
  const step = stepOf(command, project)
  const near = packageAt(await step.find('Cargo.toml'))
  if (!near || mayBeChanged(command, near.file.path)) return undefined
  const root = (await workspaceAbove(step, near)) ?? near
  const members = await membersOf(step, root)
  const {workspace} = root.document.value
  const listed = isTable(workspace) && Array.isArray(workspace.members) ? workspace.members.map(String) : []
  // Where one is not there, or more are found by a pattern, there may be others.
  if (listed.some((each) => /\*(?!$)/.test(each)) || members.length < listed.length) return undefined
  const packages = await neededMembers(step, root, [near, root, ...members])
  const names = packages.map(({document}) => valueAt(document, ['package', 'name'])?.value)
  const task = (what: string, hint: string) => ({
    message: `cargo ${words[1]} stops: ${what}`,
    at,
    related: [near.file.text.whole],
    hint,
  })
  const wanted = flagValue(words, '-p', '--package')
  if (wanted !== undefined && /^[\w-]+$/.test(wanted) && !names.includes(wanted)) {
    const lock = await step.find('Cargo.lock')
    // One of the registry can be built, too; without a lock file these are not known.
    if (lock && !lock.text.text.includes(`name = "${wanted}"`))
      return task(`no package of the workspace is called ${wanted}`, `Name one of ${list(names)}.`)
  }
  const program = flagValue(words, '--bin')
  if (program !== undefined && /^[\w-]+$/.test(program)) {
    const programs = (await Promise.all(packages.map(programsOf))).flat()
    const isThere = ['.rs', '/main.rs'].some((end) => project.tracked.named(`src/bin/${program}${end}`).length > 0)
    if (!isThere && !programs.includes(program))
      return task(`no program of ${near.file.text.path} is called ${program}`, `Name one of ${list(programs)}.`)
  }
  return missingSources(command, near, project)
    ? task(
        `src/main.rs is not in ${posix.join(posix.dirname(near.file.path), 'src')} by then`,
        'Bring it before that command, with its folder: COPY src ./src',
      )
    : undefined

  async function programsOf({file, document}: Package): Promise<string[]> {
    const {bin} = document.value
    const bins = (Array.isArray(bin) ? bin : []).flatMap((each) => (isTable(each) ? String(each.name ?? '') : []))
    const files = await step.names(posix.join(posix.dirname(file.path), 'src/bin'))
    const name = valueAt(document, ['package', 'name'])?.value ?? ''
    return [name, ...bins, ...files.map((each) => each.replace(/\.rs$/, ''))].filter(Boolean)
  }
}

/** Whether a package has no source of those that cargo looks for, and the project has. */
function missingSources(command: BuildCommand, {file, document}: Package, {tracked}: Project): boolean {
  const {value} = document
  if (!isTable(value.package) || 'bin' in value || 'lib' in value || isTable(value.workspace)) return false
  const source = file.text.path
  const has = (name: string) => tracked.has(posix.join(posix.dirname(source), name))
  const folder = posix.dirname(file.path)
  return (
    has('src/main.rs') &&
    !has('src/lib.rs') &&
    ['src/main.rs', 'src/bin', 'src/lib.rs'].every((name) => lacks(command, posix.join(folder, name)))
  )
}

const list = (names: readonly (string | undefined)[]): string =>
  [...new Set(names.filter((name) => name !== undefined))].slice(0, 5).join(', ')
