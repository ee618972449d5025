import {defineCheck, isPnpmTen} from '../../src/check.ts'

/** They have a native part that their install script fetches or builds; without it they cannot be loaded. */
const native =
  /^(better-sqlite3|sqlite3|bcrypt|argon2|canvas|node-rdkafka|isolated-vm|re2|libpq|zeromq|node-pty|serialport|@prisma\/engines)$/

export default defineCheck({
  id: 'dockerfile/pnpm-builds',
  title: 'pnpm knows which dependencies it may build',
  why: 'pnpm 10 builds only what pnpm-workspace.yaml allows: without the file the native part of a package is never made.',
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['image', 'nodePackages'],
  *run({image, nodePackages: {builds, packageManager}}) {
    const needed = builds.filter(({name}) => native.test(name))
    const commands = image.stages.flatMap((stage) => stage.commands)
    const installs = commands.filter(
      ({words, source}) =>
        words[0] === 'pnpm' && /^(install|i)$/.test(words[1] ?? '') && source('package.json') === 'package.json',
    )
    if (needed.length === 0 || installs.length === 0) return 'pnpm installs no package that it must be allowed to build'
    const texts = commands.map(({words}) => words.join(' '))
    // Told to build them all the same, or an older pnpm, which builds everything.
    if (texts.some((text) => /^(pnpm|npm) rebuild|--dangerously-allow-all-builds|--allow-build/.test(text))) return
    if (!isPnpmTen(packageManager, texts) || installs.some(({lacks}) => !lacks('pnpm-workspace.yaml'))) return
    const [first] = installs
    if (!first) return
    yield {
      message: `pnpm does not build ${needed.map(({name}) => name).join(', ')} here: pnpm-workspace.yaml, which allows it, is not copied before`,
      at: first.at,
      related: needed.map(({at}) => at),
      hint: 'COPY pnpm-workspace.yaml beside package.json, before every pnpm install.',
    }
  },
})
