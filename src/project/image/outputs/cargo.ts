import {posix} from 'node:path'
import {rootImage} from '../../dockerfile/parse.ts'
import {isTable} from '../../documents/document.ts'
import {parseToml} from '../../documents/toml.ts'
import {
  membersOf,
  neededMembers,
  type Package,
  packageAt,
  valueAt,
  workspaceAbove,
} from '../../toolchains/cargo-packages.ts'
import type {StepProject} from '../../toolchains/step-project.ts'
import {mayBeChanged} from '../moment.ts'
import {flagValue, type Made, type OutputRule, type Project, stepOf} from './output.ts'

const profiles = new Map([
  ['dev', 'debug'],
  ['test', 'debug'],
  ['bench', 'release'],
])

/**
 * Where cargo writes to: `target` beside the manifest of the workspace, or what the nearest .cargo/config.toml says of it
 * (doc.rust-lang.org/cargo/reference/config.html). undefined where several of them speak.
 */
async function targetFolder(
  step: StepProject,
  root: Package,
  {tracked}: Project,
): Promise<{folder: string; triple: string; setIn: string | undefined} | undefined> {
  const folder = posix.join(posix.dirname(root.file.path), 'target')
  const mayBeWritten = step.step.unknown.some(({text = ''}) => text.includes('.cargo/config'))
  if (tracked.named('.cargo/config', '.cargo/config.toml').length > 1 || mayBeWritten) return undefined
  const file = (await step.find('.cargo/config.toml')) ?? (await step.find('.cargo/config'))
  const document = file && parseToml(file.text)
  if (!document) return {folder, triple: '', setIn: undefined}
  if (!('value' in document)) return undefined
  const setting = (key: string) => valueAt(document, ['build', key])?.value
  const dir = setting('target-dir')
  if (isTable(document.value.build) && Array.isArray(document.value.build.target)) return undefined
  return {
    folder: dir === undefined ? folder : posix.resolve(posix.dirname(posix.dirname(file.path)), dir),
    triple: setting('target') ?? '',
    setIn: dir && file.text.path,
  }
}

/** Images for static programs, which set CARGO_BUILD_TARGET or a configuration of cargo (clux/muslrust, rust-musl-builder …). */
const setsTarget = /musl|cross|static/i

/** Where cargo lays programs, and no folders but its own. */
export const cargoPrograms =
  /\/target\/(?:[\w.-]+\/)?(?:release|debug)\/(?!(?:build|deps|examples|incremental)$)[^/.]+$/

/** A program is called like its [[bin]], its file in src/bin, or its package, hyphens and all (doc.rust-lang.org/cargo). */
export const cargo: OutputRule = {
  tool: 'cargo build',
  builds: /^cargo (?:build|b|auditable build|leptos build)\b/,
  harmless:
    /^\s*(?:[A-Z_]+=\S*\s+)*(?:cargo (?:build|b|auditable|leptos|chef|fetch|test|check|clippy|fmt|--version|-V)|rustup|strip)\b/,
  wanted: cargoPrograms,
  ownFolder: true,
  async made(command, _, project): Promise<Made | undefined> {
    const {words, moment} = command
    const settings = ['CARGO_TARGET_DIR', 'CARGO_BUILD_TARGET', 'CARGO_BUILD_TARGET_DIR']
    const isSet = (name: string) => moment.variables.has(name) || moment.instruction.text.includes(`${name}=`)
    if (words.includes(undefined) || settings.some(isSet)) return undefined
    if (setsTarget.test(rootImage(moment.stage) ?? '')) return undefined
    if (words.some((word) => /^(?:--manifest-path|--target-dir|--artifact-dir|--out-dir|-C|\+)/.test(word ?? '')))
      return undefined
    const step = stepOf(command, project)
    const near = packageAt(await step.find('Cargo.toml'))
    if (!near || mayBeChanged(command, near.file.path)) return undefined
    const root = (await workspaceAbove(step, near)) ?? near
    const place = await targetFolder(step, root, project)
    const members = await membersOf(step, root)
    // cargo-leptos takes the folder from cargo, unless its own settings say otherwise.
    const isLeptos = words[1] === 'leptos'
    if (
      !place ||
      (isLeptos && [root, ...members].some(({file}) => /^bin-(?:target|exe|profile|cargo)/m.test(file.text.text)))
    )
      return undefined
    // Where one is not there, or more are found by a pattern, there may be other programs.
    const workspace = root.document.value.workspace
    const listed = isTable(workspace) && Array.isArray(workspace.members) ? workspace.members.map(String) : []
    if (listed.some((each) => /\*(?!$)/.test(each)) || members.length < listed.length) return undefined
    const names = new Set<string>()
    for (const each of await neededMembers(step, root, [near, root, ...members]))
      for (const name of await programsOf(each)) names.add(name)
    const profile =
      flagValue(words, '--profile') ?? (words.some((word) => /^(?:--release|-r)$/.test(word ?? '')) ? 'release' : 'dev')
    const target = flagValue(words, '--target') ?? place.triple
    const folder = posix.join(place.folder, target, profiles.get(profile) ?? profile)
    const [first] = names
    return first === undefined
      ? undefined
      : {
          folder,
          names: [...names],
          ...(isLeptos && {likely: true}),
          because: place.setIn
            ? `as target-dir in ${place.setIn} says`
            : names.size > 1
              ? 'after the packages of the workspace'
              : `after the package ${first}`,
        }

    async function programsOf({file, document}: Package): Promise<string[]> {
      const name = valueAt(document, ['package', 'name'])?.value
      if (name === undefined) return []
      const {bin} = document.value
      const bins = (Array.isArray(bin) ? bin : []).flatMap((each) => (isTable(each) ? String(each.name ?? '') : []))
      const files = await step.names(posix.join(posix.dirname(file.path), 'src/bin'))
      return [...new Set([name, ...bins, ...files.map((each) => each.replace(/\.rs$/, ''))])].filter(Boolean)
    }
  },
}
