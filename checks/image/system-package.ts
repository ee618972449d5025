import {
  allInstructions,
  defineCheck,
  type Facts,
  type Finding,
  isNamed,
  type Location,
  packageNeeds,
  type SystemNeed,
} from '../../src/check.ts'

export default defineCheck({
  id: 'image/system-package',
  title: 'what packages need of the system is in the image',
  why: 'A package that calls a program or loads a library of the system fails where the image has none.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['image'],
  uses: [
    'flyConfig',
    'nodePackages',
    'gems',
    'imageProcessor',
    'idleGems',
    'idlePackages',
    'dockerfile',
    'compiledPackages',
    'lackingOpenssl',
    'lackingCrateNeeds',
  ],
  *run({
    image: {final},
    flyConfig,
    nodePackages,
    gems,
    imageProcessor,
    idleGems,
    idlePackages,
    dockerfile,
    compiledPackages,
    lackingOpenssl = [],
    lackingCrateNeeds = [],
  }) {
    yield* litefs(final, dockerfile?.stages ?? [])
    for (const [name, at] of compiledPackages?.packages ?? []) {
      const table = packageNeeds[compiledPackages?.language ?? 'go']
      const path = name.replace(/\/v\d+$/, '')
      const wanted = Object.hasOwn(table, path) ? table[path] : undefined
      // The full images of the languages have libraries and programs of many kinds.
      if (!wanted || !final.base || final.base.hasBuildTools) continue
      yield* lacking(name, wanted, [at], final, final.base.distribution)
    }
    for (const {at, listedAt, crate, crateAt, image} of lackingOpenssl.filter(({lacks}) => lacks === 'library')) {
      yield {
        message: `${crate} links the program to OpenSSL, and ${image} has none: it stops with "libssl.so.3: cannot open shared object file"`,
        at: listedAt ?? at,
        related: [at, crateAt],
        hint: 'In the final stage: RUN apt-get update && apt-get install -y --no-install-recommends libssl3 ca-certificates',
        failsAt: 'boot',
      }
    }
    for (const {at, listedAt, crate, crateAt, what, names} of lackingCrateNeeds.filter(({lacks}) => lacks === 'run')) {
      yield {
        message: `${crate} links the program to ${what}, and the final stage has none: it stops with "${what}: cannot open shared object file"`,
        at: listedAt ?? at,
        related: [at, crateAt],
        hint: `In the final stage: RUN apt-get update && apt-get install -y --no-install-recommends ${names}`,
        failsAt: 'boot',
      }
    }
    // A full image has hundreds of packages: only of the small ones it is known what they lack.
    if (!final.slim) return
    const {distribution, language} = final.slim
    const found = installed(language, final, nodePackages, gems, dockerfile)
    // image_processing brings both libraries, and Rails works with one.
    const processor = language === 'ruby' ? imageProcessor : undefined
    // The other one is there for nothing, as far as Rails goes, even where the Gemfile names it.
    if (processor) found.delete(processor.gem === 'ruby-vips' ? 'mini_magick' : 'ruby-vips')
    for (const name of language === 'ruby' ? (idleGems ?? []) : []) found.delete(name)
    for (const name of language === 'python' ? (idlePackages ?? []) : []) found.delete(name)
    if (processor && !found.has(processor.gem)) {
      const named = gems?.get('Gemfile.lock')?.gems.get('image_processing')?.named
      found.set(processor.gem, [...(named ? [named] : []), processor.at])
    }
    for (const [name, at] of found) {
      const table = packageNeeds[language]
      const wanted = Object.hasOwn(table, name) ? table[name] : undefined
      if (!wanted?.[distribution] || [...found.keys()].some((each) => wanted.unless?.test(each))) continue
      // Without the Chrome that it downloads it works with another, which may be elsewhere.
      if (name === 'puppeteer' && skipsChrome.some((each) => final.env.get(each))) continue
      if (wanted.debian === 'ca-certificates' && final.env.get('SSL_CERT_FILE')) continue
      yield* lacking(name, wanted, at, final, distribution)
    }
    const loader = language === 'ruby' ? loaderOfExecjs(gems?.get('Gemfile.lock')) : undefined
    if (loader && !final.env.get('EXECJS_RUNTIME') && flyConfig?.config.env?.EXECJS_RUNTIME === undefined)
      yield* lacking(loader.name, runtime, [loader.at], final, distribution)
  },
})

/** Before 2.10 execjs looks for a program that runs JavaScript as soon as it is loaded (its lib/execjs.rb). */
const runtime: SystemNeed = {
  needs: 'a program that runs JavaScript, for execjs,',
  debian: 'nodejs',
  alpine: 'nodejs',
  also: /^(?:node|nodejs-current|bun|deno)$/,
  when: 'it is imported',
}
const loadsExecjs = ['uglifier', 'terser', 'autoprefixer-rails', 'coffee-script', 'react-rails']
const bringsRuntime = ['mini_racer', 'therubyracer', 'therubyrhino', 'duktape', 'graaljs']

/** The gem of the Gemfile that has Bundler load execjs with every command of Rails. */
function loaderOfExecjs(lock: ReturnType<NonNullable<Facts['gems']>['get']>): {name: string; at: Location} | undefined {
  const gems = lock?.gems
  const [major = 0, minor = 0] = (gems?.get('execjs')?.version ?? '9.0').split('.').map(Number)
  if (!gems?.has('railties') || major !== 2 || minor >= 10 || bringsRuntime.some((name) => lock?.names.has(name)))
    return undefined
  for (const name of loadsExecjs) {
    const gem = gems.get(name)
    if (gem?.named && !gem.unrequired) return {name, at: gem.named}
  }
  return undefined
}

function* lacking(
  name: string,
  wanted: SystemNeed,
  at: readonly Location[],
  {packages, stage}: Facts['image']['final'],
  distribution: string,
): Generator<Finding> {
  const names = [wanted.debian, wanted.alpine]
  const brings = (each: string) => (each !== '' && names.includes(each)) || (wanted.also?.test(each) ?? false)
  // Another image, or an archive, may bring it: COPY --from=chromedp/headless-shell.
  const isNamed = allInstructions(stage).some(
    ({keyword, text}) => /^(?:COPY|ADD|RUN)$/.test(keyword) && text.split(/[^\w.-]+/).some(brings),
  )
  if (isNamed || !packages.lack(brings)) return
  const cure =
    distribution === 'alpine'
      ? `RUN apk add --no-cache ${wanted.alpine}`
      : `RUN apt-get update && apt-get install -y --no-install-recommends ${wanted.debian}`
  yield {
    message: `${name} needs ${wanted.needs} when ${wanted.when}, and ${stageOf(stage)} has none`,
    at: packages.listedAt ?? stage.at,
    related: [...at],
    hint:
      distribution === 'ubuntu' && wanted.debian === 'chromium'
        ? `Ubuntu has Chromium as a snap alone, which no image can install: begin the final stage with debian:bookworm-slim, and there: ${cure}`
        : `In the final stage: ${cure}`,
    ...(wanted.when === 'it is imported' && {failsAt: 'boot'}),
  }
}

const skipsChrome = ['PUPPETEER_SKIP_DOWNLOAD', 'PUPPETEER_SKIP_CHROMIUM_DOWNLOAD', 'PUPPETEER_SKIP_CHROME_DOWNLOAD']

const stageOf = ({image, name}: Facts['image']['final']['stage']): string => {
  const known = image ?? name
  return known === undefined ? 'the final stage' : `the final stage (${known})`
}

/** The packages that the final stage has for its language, and where each is declared. */
function installed(
  language: 'python' | 'node' | 'ruby',
  final: Facts['image']['final'],
  nodePackages: Facts['nodePackages'] | undefined,
  gems: Facts['gems'] | undefined,
  dockerfile: Facts['dockerfile'] | undefined,
): Map<string, readonly Location[]> {
  const all = {
    python: () =>
      [...final.installs, ...final.copied]
        .filter(({tool}) => tool !== 'pip wheel')
        .flatMap(({requirements}) => requirements.map(({name, at}) => [name, [at]] as const)),
    node: () => {
      const members = (nodePackages?.members ?? []).filter((member) => isTaken(member, final.stage, dockerfile))
      const tables = [nodePackages?.dependencies ?? [], ...members.map(({dependencies}) => dependencies)]
      return tables.flatMap((table) => [...table].map(([name, {at}]) => [name, [at]] as const))
    },
    ruby: () =>
      [...(gems?.get('Gemfile.lock')?.gems ?? [])].flatMap(([name, {named}]) =>
        named ? [[name, [named]] as const] : [],
      ),
  }[language]()
  return new Map(all)
}

/** Whether the image is made for a member: the last stage copies its folder, or `pnpm deploy` makes one of it. */
function isTaken(
  {folder, name}: NonNullable<Facts['nodePackages']>['members'][number],
  stage: Facts['image']['final']['stage'],
  dockerfile: Facts['dockerfile'] | undefined,
): boolean {
  const copies = stage.instructions.filter(({keyword}) => keyword === 'COPY').map(({text}) => text)
  const deploys = (dockerfile?.stages ?? [])
    .flatMap(({instructions}) => instructions.filter(({keyword}) => keyword === 'RUN').map(({text}) => text))
    .filter((text) => /\bdeploy\b/.test(text))
  return (
    copies.some((text) => text.includes(`${folder}/`)) ||
    deploys.some((text) => text.split(/[\s"'=]+/).some((word) => word === name || word.replace(/^\.\//, '') === folder))
  )
}

/**
 * LiteFS mounts with fusermount3 from 0.4 on, and with fusermount before (its documentation, "Getting started", and the
 * library that it is built with).
 */
function* litefs(
  {slim, base, packages, stage}: Facts['image']['final'],
  stages: Facts['dockerfile']['stages'],
): Generator<Finding> {
  const distribution = slim?.distribution ?? base?.distribution
  const copiedFrom = (images: RegExp) =>
    stage.instructions.find(
      ({keyword, flags}) =>
        keyword === 'COPY' &&
        flags.some(([name, from]) => {
          const named = stages.find((each) => isNamed(each, from))
          return name === 'from' && images.test(named ? (named.image ?? '') : from)
        }),
    )
  const newer = copiedFrom(litefsWithFuse3)
  const copy = newer ?? copiedFrom(litefsWithFuse2)
  // That of fuse 3 brings the other's program along on Debian.
  if (!distribution || !copy || !packages.lack(newer ? /fuse3|sshfs|rclone/ : /fuse|sshfs|rclone/)) return
  const name = newer ? 'fuse3' : 'fuse'
  yield {
    message: `litefs needs the program ${newer ? 'fusermount3' : 'fusermount'} when it mounts, and ${stageOf(stage)} has ${newer && packages.named.has('fuse') ? 'only the one of fuse 2' : 'none'}`,
    at: packages.listedAt ?? copy.at,
    related: [copy.at],
    hint:
      distribution === 'alpine'
        ? `In the final stage: RUN apk add --no-cache ca-certificates ${name}`
        : `In the final stage: RUN apt-get update && apt-get install -y ca-certificates ${name}`,
    failsAt: 'boot',
  }
}

const litefsWithFuse3 = /^(?:docker\.io\/)?flyio\/litefs:(?:0\.(?:[4-9]|\d{2,})(?:\.\d+)*|latest|main|edge)$/
const litefsWithFuse2 = /^(?:docker\.io\/)?flyio\/litefs:0\.[1-3](?:\.\d+(?:-beta\d+)?)?$/
