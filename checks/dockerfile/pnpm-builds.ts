import {defineCheck, type Facts, isPnpmTen} from '../../src/check.ts'

/** They have a native part that their install script fetches or builds; without it they cannot be loaded. */
const native =
  /^(better-sqlite3|sqlite3|bcrypt|argon2|canvas|node-rdkafka|isolated-vm|re2|libpq|zeromq|node-pty|serialport|@prisma\/engines)$/

export default defineCheck({
  id: 'dockerfile/pnpm-builds',
  title: 'pnpm knows which dependencies it may build',
  why: 'pnpm builds only what pnpm-workspace.yaml allows: from 10 on it leaves out the rest, and from 11 on it stops there.',
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['image', 'ignoredBuilds'],
  uses: ['nodePackages'],
  *run({image, nodePackages, ignoredBuilds}) {
    const [stop] = ignoredBuilds
    if (stop) {
      const taken =
        stop.isNewest && !stop.uncopied ? image.stages.flatMap((stage) => stage.commands).find(takesNewest) : undefined
      const found = stopped(stop)
      yield {
        ...found,
        // It is there that an older one would be named.
        ...(taken && {at: taken.at, related: [found.at, ...found.related]}),
        failsAt: 'build',
      }
      return
    }
    const {builds = [], packageManager} = nodePackages ?? {}
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

/** `npm install -g pnpm`, `corepack enable`, without a version. */
const takesNewest = ({words}: Facts['image']['stages'][number]['commands'][number]): boolean =>
  /^(?:npm (?:i|install|add) (?=(?:\S{1,50} ){0,5}(?:-g|--global)\b)(?:\S{1,50} ){0,5}pnpm(?:@latest)?(?: |$)|corepack (?:enable(?: pnpm)?$|(?:prepare|use|install) .*pnpm@latest\b))/.test(
    words.join(' '),
  )

function stopped({text, install, packages, locked, isNewest, uncopied, unread}: Facts['ignoredBuilds'][number]) {
  const which = isNewest ? 'the newest pnpm, which is taken here,' : 'pnpm from 11 on'
  const why = uncopied
    ? `${uncopied} is not copied before`
    : unread
      ? unread.at
        ? `${unread.setting} of ${unread.file} is not read any more`
        : `what ${unread.file} says under "pnpm" is not read any more`
      : 'nothing says whether they may'
  const allow = `allowBuilds: {${packages.map((name) => `${name.startsWith('@') ? `"${name}"` : name}: true`).join(', ')}}`
  return {
    message: `${text} stops: ${which} runs no install script of ${packages.join(', ')} unasked, and ${why}`,
    at: install,
    related: [...(unread?.at ? [unread.at] : []), locked],
    hint: `${uncopied ? `COPY ${uncopied} beside package.json, before it; it must have` : unread?.at ? `In place of ${unread.setting}, say in ${unread.file}:` : 'Say it in a pnpm-workspace.yaml that is copied before it, beside package.json:'} ${allow}${isNewest ? '. Or name the pnpm of the project in package.json: "packageManager": "pnpm@10.34.5"' : ''}`,
  }
}
