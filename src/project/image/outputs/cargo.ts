import {posix} from 'node:path'
import {isTable} from '../../documents/document.ts'
import {
  membersOf,
  neededMembers,
  type Package,
  packageAt,
  valueAt,
  workspaceAbove,
} from '../../toolchains/cargo-packages.ts'
import {mayBeChanged} from '../moment.ts'
import {flagValue, type Made, type OutputRule, stepOf} from './output.ts'

const profiles = new Map([
  ['dev', 'debug'],
  ['test', 'debug'],
  ['bench', 'release'],
])

/** A program is called like its [[bin]], its file in src/bin, or its package, hyphens and all (doc.rust-lang.org/cargo). */
export const cargo: OutputRule = {
  tool: 'cargo build',
  builds: /^cargo (?:build|b|auditable build)\b/,
  harmless:
    /^\s*(?:[A-Z_]+=\S*\s+)*(?:cargo (?:build|b|auditable|chef|fetch|test|check|clippy|fmt|--version|-V)|rustup|strip)\b/,
  wanted: /\/target\/(?:[\w.-]+\/)?(?:release|debug)\/(?!(?:build|deps|examples|incremental)$)[^/.]+$/,
  ownFolder: true,
  async made(command, _, project): Promise<Made | undefined> {
    const {words, moment} = command
    const settings = ['CARGO_TARGET_DIR', 'CARGO_BUILD_TARGET', 'CARGO_BUILD_TARGET_DIR']
    const isSet = (name: string) => moment.variables.has(name) || moment.instruction.text.includes(`${name}=`)
    if (words.includes(undefined) || settings.some(isSet)) return undefined
    if (project.tracked.named('.cargo/config', '.cargo/config.toml').length > 0) return undefined
    if (words.some((word) => /^(?:--manifest-path|--target-dir|--artifact-dir|--out-dir|-C|\+)/.test(word ?? '')))
      return undefined
    const step = stepOf(command, project)
    const near = packageAt(await step.find('Cargo.toml'))
    if (!near || mayBeChanged(command, near.file.path)) return undefined
    const root = (await workspaceAbove(step, near)) ?? near
    const members = await membersOf(step, root)
    // Where one is not there, or more are found by a pattern, there may be other programs.
    const workspace = root.document.value.workspace
    const listed = isTable(workspace) && Array.isArray(workspace.members) ? workspace.members.map(String) : []
    if (listed.some((each) => /\*(?!$)/.test(each)) || members.length < listed.length) return undefined
    const names = new Set<string>()
    for (const each of await neededMembers(step, root, [near, root, ...members]))
      for (const name of await programsOf(each)) names.add(name)
    const profile =
      flagValue(words, '--profile') ?? (words.some((word) => /^(?:--release|-r)$/.test(word ?? '')) ? 'release' : 'dev')
    const target = flagValue(words, '--target') ?? ''
    const folder = posix.join(posix.dirname(root.file.path), 'target', target, profiles.get(profile) ?? profile)
    const [first] = names
    return first === undefined
      ? undefined
      : {
          folder,
          names: [...names],
          because: names.size > 1 ? 'after the packages of the workspace' : `after the package ${first}`,
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
