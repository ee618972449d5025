import {allInstructions, defineCheck, type Facts, type Finding, imagePath, withAbove} from '../../src/check.ts'

export default defineCheck({
  id: 'image/git-program',
  title: 'git is there for the packages that run it',
  why: 'The slim and Alpine images have no git: pip, Bundler, mix and npm cannot clone with it, and GitPython fails when it is imported.',
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['image'],
  uses: ['gems', 'files', 'mixClones', 'gitClones'],
  *run({image, gems, files, mixClones, gitClones}) {
    const {final} = image
    // What bundle cache has packed is not cloned.
    if (!files?.hasFolder('vendor/cache')) yield* clonedGems(image, gems)
    if (!files?.hasFolder('deps')) yield* clonedByMix(image, mixClones)
    yield* clonedByNode(image, gitClones, files)
    const clones = image.stages.flatMap(({installs, base}) =>
      installs
        .filter(({conditional}) => !conditional)
        .flatMap((install) => install.clones.map((at) => ({install, at, base}))),
    )
    const imported = [...final.installs, ...final.copied]
      .filter(({tool}) => tool !== 'pip wheel')
      .flatMap(({requirements}) => requirements)
      .find(({name}) => name === 'gitpython')
    const ofGems = [...(gems?.values() ?? [])].some((lock) => lock.clones.length > 0)
    const ofNode = (gitClones?.size ?? 0) > 0
    const ofMix = (mixClones?.size ?? 0) > 0
    if (clones.length === 0 && !ofGems && !ofMix && !ofNode && !imported)
      return 'no package that runs git is seen to be installed'

    // Each install once, in the stage that does it: later ones hold it too.
    const told = new Set<unknown>()
    for (const {install, at, base} of clones) {
      if (told.has(install.at) || install.packagesThen.has('git') !== 'no') continue
      told.add(install.at)
      yield {
        message: `${install.cloner ?? 'pip'} clones a git+ requirement here, and the stage has no git`,
        at: install.at,
        related: [at],
        hint: `Before it: ${cure(base?.distribution)}.`,
        severity: install.decisive && !install.mayUseWheels ? 'error' : 'warning',
        failsAt: 'build',
      } satisfies Finding
    }

    // With GIT_PYTHON_REFRESH=quiet the import passes; the other names a git of its own.
    const isTold = ['GIT_PYTHON_REFRESH', 'GIT_PYTHON_GIT_EXECUTABLE'].some((name) => final.env.has(name))
    if (imported && !isTold && final.packages.has('git') === 'no') {
      yield {
        message: `GitPython needs the program git when it is imported, and the final stage${final.stage.image ? ` (${final.stage.image})` : ''} has none`,
        at: final.stage.at,
        related: [imported.at],
        hint: `In the final stage: ${cure(final.base?.distribution)}.`,
      }
    }
  },
})

const cure = (distribution: string | undefined): string =>
  distribution === 'alpine'
    ? 'RUN apk add --no-cache git'
    : 'RUN apt-get update && apt-get install -y --no-install-recommends git'

/** Packages that are git, bring it or may recommend it. */
const mayBringGit =
  /^(?:git|(?:npm|cargo|alpine-sdk|devscripts|composer|docker\.io|hub|hugo|nim|opam|pass|rebar3?|tig|uwsgi-dev)$|.*-all$)/
/** Debian's npm only recommends it. */
const lean = (commands: Facts['image']['final']['commands']): boolean =>
  commands.every(({words}) => !words.includes('npm') || words[0] === 'npm' || words.includes('--no-install-recommends'))
/** Where another image may have left the clones already. */
const mayBringClones = /bundle|gems|\bvendor\b|\s\/(?:app|usr|usr\/local|srv|opt|rails)?\/?\s*$/

/** "You need to install git to be able to use gems from git repositories": for those that the lock has under GIT. */
function* clonedGems(image: Facts['image'], gems: Facts['gems'] | undefined): Generator<Finding> {
  const told = new Set<unknown>()
  for (const {commands, slim, stage} of image.stages) {
    const isCopied = stage.instructions.some(
      ({keyword, text, flags}) =>
        keyword === 'COPY' && flags.some(([name]) => name === 'from') && mayBringClones.test(text),
    )
    if (slim?.language !== 'ruby' || isCopied) continue
    for (const {words, conditional, decisive, at, source, packagesThen} of commands) {
      if (words[0] !== 'bundle' || words[1] !== 'install' || conditional) continue
      const [clone] = gems?.get(source('Gemfile.lock') ?? '')?.clones ?? []
      const names = packagesThen.named.filter((name) => name !== 'npm' || !lean(commands))
      if (!clone || told.has(clone) || packagesThen.opaque || names.some((name) => mayBringGit.test(name))) continue
      told.add(clone)
      yield {
        message: `bundle install clones the gem ${clone.name} here, and the stage has no git`,
        at,
        related: [...(packagesThen.listedAt ? [packagesThen.listedAt] : []), clone.at],
        hint: `Before it: ${cure(slim.distribution)}.`,
        severity: decisive ? 'error' : 'warning',
        failsAt: 'build',
      }
    }
  }
}

/** The images of Elixir that are made from those of Debian, Ubuntu and Alpine themselves; the full one has git. */
const withoutGit = /^(?:docker\.io\/)?(?:hexpm\/elixir:|(?:library\/)?elixir:[\w.-]*-?(?:slim|alpine))/

/** "Could not find an executable \"git\"", and mix ends. */
function* clonedByMix(image: Facts['image'], mixClones: Facts['mixClones'] | undefined): Generator<Finding> {
  const told = new Set<unknown>()
  for (const {commands, root} of image.stages) {
    if (!withoutGit.test(root.image ?? '')) continue
    for (const {words, conditional, decisive, at, source, packagesThen} of commands) {
      if (words[0] !== 'mix' || words[1] !== 'deps.get' || conditional) continue
      const [clone] = mixClones?.get(source('mix.lock') ?? '') ?? []
      if (!clone || told.has(clone) || packagesThen.opaque || packagesThen.named.some((name) => mayBringGit.test(name)))
        continue
      told.add(clone)
      yield {
        message: `mix deps.get clones ${clone.name} here, and the stage has no git`,
        at,
        related: [...(packagesThen.listedAt ? [packagesThen.listedAt] : []), clone.at],
        hint: `Before it: ${cure(/alpine/.test(root.image ?? '') ? 'alpine' : 'debian')}.`,
        severity: decisive ? 'error' : 'warning',
        failsAt: 'build',
      }
    }
  }
}

const nodeLocks: Readonly<Record<string, string>> = {
  npm: 'package-lock.json',
  yarn: 'yarn.lock',
  pnpm: 'pnpm-lock.yaml',
}

/** "spawn git ENOENT", "Couldn't find the binary git". */
function* clonedByNode(
  image: Facts['image'],
  gitClones: Facts['gitClones'] | undefined,
  files: Facts['files'] | undefined,
): Generator<Finding> {
  for (const {commands, slim, stage} of image.stages) {
    if (slim?.language !== 'node') continue
    const instructions = allInstructions(stage)
    const taken = instructions.flatMap(({keyword, flags, words}) =>
      keyword === 'COPY' && flags.some(([name]) => name === 'from') ? words.slice(0, -1) : [],
    )
    const isChanged = instructions.some(({keyword, text}) => keyword === 'RUN' && changesManifest.test(text))
    if (isChanged || taken.some((path) => bringsGit.test(path)) || files?.has('.yarnrc')) continue
    const copiesFolder = taken.some((path) => !/\.\w+$/.test(path))
    for (const {words, conditional, decisive, at, source, lacks, packagesThen} of commands) {
      const [program = '', ...rest] = words
      const lock = nodeLocks[program]
      const isInstall = /^(?:ci|install|i)?$/.test(rest.filter((word) => !word?.startsWith('-')).join(' '))
      if (!lock || !isInstall || conditional || rest.some((word) => word === undefined || elsewhere.test(word)))
        continue
      // What lies in node_modules already is not fetched again; npm ci takes that away first.
      if (copiesFolder && rest[0] !== 'ci') continue
      const manifest = source('package.json')
      const own = manifest?.replace(/package\.json$/, lock)
      // Without a lock npm and pnpm ask git for the commit of each; npm takes that of Yarn, too.
      const others = program === 'npm' ? ['npm-shrinkwrap.json', 'yarn.lock'] : []
      const isUnlocked =
        program !== 'yarn' &&
        manifest !== undefined &&
        own !== undefined &&
        (!files?.has(own) || lacks(own)) &&
        !others.some((name) => files?.has(manifest.replace(/package\.json$/, name))) &&
        // Of a member of a workspace, the lock is at the top.
        !withAbove(imagePath('/', manifest.replace(/\/?package\.json$/, '')))
          .slice(1)
          .some((folder) => [lock, ...others].some((name) => files?.has(imagePath(folder, name).slice(1))))
      const locked = source(lock)
      const clones = gitClones?.get((locked ?? (isUnlocked && manifest)) || '') ?? []
      const clone = clones.find(({isPinned}) => locked !== undefined || program !== 'pnpm' || !isPinned)
      if (!clone || packagesThen.opaque || packagesThen.named.some((name) => mayBringGit.test(name))) continue
      yield {
        message: `${[program, ...rest].join(' ')} ${locked ? 'clones' : 'asks git for'} ${clone.name} here, and the stage has no git`,
        at,
        related: [...(packagesThen.listedAt ? [packagesThen.listedAt] : []), clone.at],
        hint: `Before it: ${cure(slim.distribution)}.`,
        severity: decisive ? 'error' : 'warning',
        failsAt: 'build',
      }
    }
  }
}

/** The program itself, or all of a folder that it may lie in. */
const bringsGit = /(?:^|\/)git\/?$|^\/(?:usr\/?)?(?:local\/?)?(?:bin\/?)?$/
const changesManifest = /\b(?:npm|pnpm)\s+pkg\s|\b(?:npm|pnpm|yarn)\s+(?:uninstall|remove|rm|un)\s/

/** Or from what is there: the store, the cache, a mirror. */
const elsewhere = /^(?:-g|--global|--offline|--prefer-offline|--prefix|-C|--dir|--cwd|-w|--workspaces?|--filter|-F)\b/
