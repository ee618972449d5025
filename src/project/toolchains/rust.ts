import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {builtPackages, membersOf, packageAt, stated, valueAt, workspaceAbove} from './cargo-packages.ts'
import {letChain} from './let-chains.ts'
import {lockedCrates} from './locked-crates.ts'
import {atLeast} from './ranges.ts'
import type {Demand, Rule} from './rule.ts'

/** The first cargo that knows an edition, a resolver, a version of Cargo.lock (the releases' notes). */
const editions = new Map([
  ['2018', '1.31'],
  ['2021', '1.56'],
  ['2024', '1.85'],
])
const resolvers = new Map([
  ['2', '1.51'],
  ['3', '1.84'],
])
const locks = new Map([
  ['3', '1.53'],
  ['4', '1.78'],
])

/**
 * cargo refuses what it does not know in any manifest of the workspace, and a package that it builds whose rust-version
 * is newer. Where a rust-toolchain file lies, rustup of the official images fetches what that names.
 */
export const rust: Rule = {
  language: 'Rust',
  command:
    /^cargo (?:build|b|fetch|test|run|rustc|check|clippy|auditable build|leptos build|install\b.* --path)\b(?!.* (?:--manifest-path|-C\b))/,
  replaced:
    /\brustup\s+(?:update|default|install|override|toolchain|self)|RUSTUP_TOOLCHAIN|cargo\s+\+|sh\.rustup\.rs|RUSTC_BOOTSTRAP/,
  precision: 2,
  async demands(project, has) {
    if ((await project.find('rust-toolchain')) || (await project.find('rust-toolchain.toml'))) return []
    const near = packageAt(await project.find('Cargo.toml'))
    if (!near) return []
    const root = (await workspaceAbove(project, near)) ?? near
    const members = [root, ...(await membersOf(project, root))]
    const demands: Demand[] = []
    const demand = (version: string | undefined, said: string, at: FileLocation) => {
      if (version) demands.push({range: atLeast(version), said: `${said}, which takes ${version}`, at})
    }
    for (const {document} of members) {
      const edition = stated(document, root, 'edition')
      if (edition) demand(editions.get(edition.value), `${edition.at.file} says edition ${edition.value}`, edition.at)
    }
    const resolver =
      valueAt(root.document, ['workspace', 'resolver']) ?? valueAt(root.document, ['package', 'resolver'])
    if (resolver)
      demand(resolvers.get(resolver.value), `${root.file.text.path} says resolver ${resolver.value}`, resolver.at)
    const lockPath = posix.join(posix.dirname(root.file.path), 'Cargo.lock')
    const lock = await project.read(lockPath)
    if (!lock && !project.mayHave(lockPath) && has.includes('.')) {
      const said = `there is no Cargo.lock, so that cargo takes the newest dependencies, which may want a newer one`
      const hint = 'Commit Cargo.lock and copy it, or take a tag that moves on: rust:1, rust:1-slim, …'
      demands.push({range: [], said, at: root.file.text.whole, likely: true, hint})
    }
    const [, version = ''] = (lock && /^version = (\d)$/m.exec(lock.text.text.slice(0, 500))) ?? []
    if (lock) {
      const line =
        lock.text.text
          .slice(0, 500)
          .split('\n')
          .findIndex((each) => each.startsWith('version = ')) + 1
      demand(locks.get(version), `${lock.text.path} has version ${version}`, lock.text.lineSpan(line))
    }
    const built = await builtPackages(project, near, root, members)
    if (!project.words.includes('--ignore-rust-version')) {
      for (const {document} of built) {
        const minimum = stated(document, root, 'rust-version')
        if (!minimum) continue
        demands.push({
          range: atLeast(minimum.value),
          said: `${minimum.at.file} asks for ${minimum.value}`,
          at: minimum.at,
        })
      }
    }
    for (const each of built) {
      if (stated(each.document, root, 'edition')?.value !== '2024') continue
      const chain = await letChain(project, each)
      if (!chain) continue
      demands.push({
        range: atLeast('1.88'),
        said: `${chain.file} has a chain of let and &&, which takes 1.88`,
        at: chain,
      })
    }
    const [newest] = lock && !project.words.includes('--ignore-rust-version') ? lockedCrates(lock.text, built) : []
    if (newest)
      demands.push({
        range: atLeast(newest.takes),
        said: `${lock?.text.path} has ${newest.name} ${newest.version}, which takes ${newest.takes}`,
        at: newest.at,
        // The lock has crates that this build may do without.
        likely: true,
      })
    // What is proven is told rather than what is likely.
    return demands.sort((a, b) => Number(a.likely ?? false) - Number(b.likely ?? false))
  },
}

/** `cargo install cargo-chef`: the newest one, of whose crates some are of edition 2024 by now, which Rust reads since 1.85. */
export const cargoInstall: Rule = {
  language: 'Rust',
  command: /^cargo install\b(?!.*\s(?:--path|--git|--version|--vers|--index|--list|--registry)\b)(?!.*\S@\d)/,
  replaced: rust.replaced,
  precision: 2,
  async demands(project) {
    const name = project.words.slice(2).find((word) => word && !word.startsWith('-'))
    if (!name || name.startsWith('$')) return []
    const said = `cargo takes the newest ${name}, which is likely to ask for 1.85 or later (edition 2024)`
    const hint = `Name a version of that time: cargo install ${name} --version X --locked; or take a tag that moves on: rust:1, rust:1-slim, …`
    return [{range: atLeast('1.85'), said, at: project.step.instruction.at, likely: true, hint}]
  },
}
