import {defineCheck, type Facts, type Finding, isPnpmTen} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/build-packages',
  title: 'what is compiled has its headers and compilers',
  why: 'Some gems and packages are compiled where they are installed; without the headers the build stops there.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image'],
  uses: ['gems', 'nodePackages', 'lackingOpenssl', 'lackingProtoc', 'lackingCrateNeeds'],
  *run({image, gems, nodePackages, lackingOpenssl = [], lackingProtoc = [], lackingCrateNeeds = []}) {
    // An install of Python once, in the stage that does it: later ones hold it too.
    const told = new Set<unknown>()
    for (const stage of image.stages) {
      yield* rubyGems(stage, gems)
      yield* nativeModules(stage, nodePackages)
      yield* pythonSources(stage, told)
      yield* peclExtensions(stage, told)
    }
    for (const {at, listedAt, crate, call, distribution} of lackingProtoc) {
      const install =
        distribution === 'alpine'
          ? 'apk add --no-cache protoc protobuf-dev'
          : 'apt-get update && apt-get install -y --no-install-recommends protobuf-compiler'
      yield {
        message: `build.rs starts protoc by ${crate}, and the stage has none: the build stops with "Could not find protoc"`,
        at,
        related: [...(listedAt ? [listedAt] : []), call],
        hint: `Before it: ${install}`,
      }
    }
    for (const {lacks, needing, what, at, listedAt, names, crate, crateAt, distribution} of lackingCrateNeeds) {
      if (lacks === 'run') continue
      yield {
        message: `${crate === needing ? crate : `${crate} brings ${needing}, which`} needs ${what}, and the stage has none: the build stops there`,
        at,
        related: [...(listedAt ? [listedAt] : []), crateAt],
        hint: `Before it: ${distribution === 'alpine' ? 'apk add --no-cache' : 'apt-get update && apt-get install -y --no-install-recommends'} ${names}`,
      }
    }
    for (const {lacks, at, listedAt, crate, crateAt, distribution} of lackingOpenssl) {
      if (lacks === 'library') continue
      const names =
        distribution === 'alpine' ? 'openssl-dev' : lacks === 'headers' ? 'pkg-config libssl-dev' : 'pkg-config'
      const lacking = lacks === 'headers' ? 'the headers of that (libssl-dev)' : 'pkg-config to find it with'
      yield {
        message: `${crate} is linked to OpenSSL, and the stage does not have ${distribution === 'alpine' ? 'the headers of that (openssl-dev)' : lacking}: the build stops in openssl-sys`,
        at,
        related: [...(listedAt ? [listedAt] : []), crateAt],
        hint: `Before it: ${distribution === 'alpine' ? 'apk add --no-cache' : 'apt-get update && apt-get install -y --no-install-recommends'} ${names}; or let ${crate} do without OpenSSL, by its features for rustls.`,
      }
    }
  },
})

type Stage = Facts['image']['stages'][number]

/** Gems that are compiled against a library, and the package with its headers (their own READMEs). */
const headers = [
  {gem: 'psych', from: 5, header: 'yaml.h', debian: 'libyaml-dev', alpine: 'yaml-dev', other: /^$/},
  {
    gem: 'pg',
    from: 0,
    header: 'libpq-fe.h',
    debian: 'libpq-dev',
    alpine: 'libpq-dev',
    other: /^postgresql\d*-(dev|server-dev|all)/,
  },
  {
    gem: 'mysql2',
    from: 0,
    header: 'mysql.h',
    debian: 'default-libmysqlclient-dev',
    alpine: 'mariadb-dev',
    other: /mysql|mariadb/,
  },
  {
    gem: 'openssl',
    from: 3,
    header: 'openssl/ssl.h',
    debian: 'libssl-dev',
    alpine: 'openssl-dev',
    // Headers that include those.
    other: /libpq|postgres|mysql|maria|curl|krb5|ldap|libevent|libssh/,
    // Those that come with Ruby 3.1 to 4.0 are built already.
    ofRuby: /^(?:3\.0\.\d|3\.1\.0|3\.2\.0|3\.3\.[01]|4\.0\.0)$/,
  },
] as const

/** Packages with headers that bring none of those; any other one with headers may. */
const otherHeaders = new Set(
  `libyaml-dev libpq-dev default-libmysqlclient-dev libmysqlclient-dev libsqlite3-dev libssl-dev libffi-dev libgmp-dev
  libxml2-dev libxslt1-dev libreadline-dev libjemalloc-dev libicu-dev libcurl4-openssl-dev libgdbm-dev libncurses5-dev
  libncurses-dev libc6-dev libc-dev libidn11-dev libidn-dev libprotobuf-dev zlib1g-dev libpython3-dev python3-dev
  yaml-dev postgresql-dev mariadb-dev sqlite-dev openssl-dev gmp-dev zlib-dev xz-dev icu-dev musl-dev jemalloc-dev`.split(
    /\s+/,
  ),
)
const mayBringHeaders = (name: string): boolean =>
  !otherHeaders.has(name) && (/-dev$/.test(name) || /^(lib)?ruby|^alpine-sdk$|-all$/.test(name))

/** Gems that are compiled wherever they are installed: rubygems.org has their sources alone. */
const compiled = ['puma', 'nio4r', 'bootsnap', 'msgpack']
/** Packages of Ruby's own headers bring a compiler along, and others may. */
const mayCompile = (name: string): boolean =>
  compilers.test(name) || mayBringHeaders(name) || /^(?:dpkg-dev|devscripts)/.test(name)

function* rubyGems({commands, slim}: Stage, gems: Facts['gems'] | undefined): Generator<Finding> {
  if (slim?.language !== 'ruby') return
  for (const {words, conditional, at, packagesThen, source} of commands) {
    if (words[0] !== 'bundle' || words[1] !== 'install' || conditional) continue
    const lock = gems?.get(source('Gemfile.lock') ?? '')?.gems
    const [name] = compiled.filter((each) => lock?.get(each)?.precompiled === false)
    const own = name === undefined ? undefined : lock?.get(name)
    if (own && packagesThen.lack(mayCompile)) {
      const wanted = slim.distribution === 'alpine' ? 'build-base' : 'build-essential'
      yield {
        message: `the gem ${name} ${own.version} is compiled here, and the stage has neither make nor a C compiler`,
        at,
        related: [...(packagesThen.listedAt ? [packagesThen.listedAt] : []), own.at],
        hint: `Add ${wanted} to the packages that are installed before it.`,
      }
    }
    for (const each of headers) {
      const {gem, from, header, debian, alpine, other} = each
      const found = lock?.get(gem)
      if (!found || found.precompiled || Number(found.version.split('.')[0]) < from) continue
      if (gem === 'psych' && slim.hasYamlHeaders) continue
      if ('ofRuby' in each && each.ofRuby.test(found.version)) continue
      const wanted = slim.distribution === 'alpine' ? alpine : debian
      const may = (name: string) => name === wanted || other.test(name) || mayBringHeaders(name)
      if (packagesThen.opaque || [...packagesThen.named].some(may)) continue
      yield {
        message: `the gem ${gem} ${found.version} is compiled here, and the stage has no ${header} (${wanted})`,
        at,
        related: [...(packagesThen.listedAt ? [packagesThen.listedAt] : []), found.at],
        hint: `Add ${wanted} to the packages that are installed before it.`,
      }
    }
    const sqlite = lock?.get('sqlite3')
    const isAsked = sqlite?.precompiled === false && asksPkgConfig.test(sqlite.version)
    const may = (name: string) => /^pkg-?conf/.test(name) || mayBringHeaders(name)
    if (sqlite && isAsked && slim.distribution === 'debian' && packagesThen.lack(may)) {
      yield {
        message: `the gem sqlite3 ${sqlite.version} is compiled here, and the stage has no pkg-config: it stops with "Could not configure the build properly"`,
        at,
        related: [...(packagesThen.listedAt ? [packagesThen.listedAt] : []), sqlite.at],
        hint: 'Add pkg-config to the packages that are installed before it, or let Gemfile.lock have the built gem: bundle lock --add-platform x86_64-linux',
      }
    }
  }
}

/** It compiles the SQLite that it brings, and asks pkg-config how to link it (its extconf.rb, abort_pkg_config). */
const asksPkgConfig = /^1\.[67]\./

/** The first release with a built better-sqlite3 for a version of Node (its .github/workflows/build.yml, by tag). */
const sqliteBuilt: Readonly<Record<string, Version>> = {
  18: [7, 5, 2],
  20: [8, 4, 0],
  22: [10, 0, 0],
  23: [11, 5, 0],
  24: [12, 0, 0],
  25: [12, 4, 5],
  26: [12, 10, 0],
}

/** The first without one again; from 13 on they come in the package, for every version of Node. */
const sqliteDropped: Readonly<Record<string, Version>> = {
  18: [12, 0, 0],
  20: [12, 10, 0],
  23: [12, 10, 0],
}

type Slim = NonNullable<Stage['slim']>
type Version = [number, number, number]

/** A package of npm that brings binaries, and is compiled where there is none for the image. */
interface Native {
  name: string
  /** The first release that has one for this image; undefined where that is not known. */
  built(slim: Slim): Version | undefined
  /** From which release on there is none any more. */
  dropped?(slim: Slim, version: string): Version | undefined
  lacking(slim: Slim): string
  cure(first: Version): string
}

const majorOf = ({version}: Slim): string => version?.split('.')[0] ?? ''
const newer = (name: string) => (first: Version) =>
  `Take ${name} ${first.join('.')} or later, or install python3 make g++ before it.`

const natives: readonly Native[] = [
  {
    name: 'better-sqlite3',
    built: (slim) => sqliteBuilt[majorOf(slim)],
    dropped: (slim, version) => (isBefore(version, [13, 0, 0]) ? sqliteDropped[majorOf(slim)] : undefined),
    lacking: (slim) => `Node ${majorOf(slim)}`,
    cure: newer('better-sqlite3'),
  },
  {
    // Up to 4 its binaries are for one version of Node each, and the last of them is older than Node 16.
    name: 'bcrypt',
    built: (slim) => (Number(majorOf(slim)) >= 16 ? [5, 0, 0] : undefined),
    lacking: (slim) => `Node ${majorOf(slim)}`,
    cure: newer('bcrypt'),
  },
  {
    // Up to 2 its workflow builds for glibc alone (its issue 1511).
    name: 'canvas',
    built: ({distribution}) => (distribution === 'alpine' ? [3, 0, 0] : undefined),
    lacking: () => 'Alpine',
    cure: () =>
      'Take the -slim image in the place of Alpine; or before it: apk add python3 make g++ pkgconf pixman-dev cairo-dev pango-dev libjpeg-turbo-dev giflib-dev',
  },
]

/** Their install script is node-gyp rebuild, and they have no binaries at all. */
const neverBuilt: readonly Native[] = ['lz4', 'heapdump', 'node-expat'].map((name) => ({
  name,
  built: () => [Infinity, 0, 0],
  lacking: () => 'any Node',
  cure: () => 'Install python3 make g++ before it, or take another package in its place.',
}))

const compilers = /^(python|build-essential|build-base|make$|g\+\+|gcc|clang|node-gyp|alpine-sdk)/

function* nativeModules(stage: Stage, node: Facts['nodePackages'] | undefined): Generator<Finding> {
  const {slim, env} = stage
  if (slim?.language !== 'node' || node?.ignoresScripts) return
  if ([...env.keys()].some((name) => /^npm_config_ignore_scripts$/i.test(name))) return
  const own = {folder: '', dependencies: node?.dependencies ?? new Map(), isOfWorkspace: false}
  const manifests = [own, ...(node?.members ?? [])]
  for (const {name, built, dropped, lacking, cure} of [...natives, ...neverBuilt]) {
    const first = built(slim)
    if (!first) continue
    for (const {folder, dependencies, isOfWorkspace} of manifests) {
      const found = dependencies.get(name)
      // A range says only what it begins with.
      if (!found?.locked || !found.version || !/^\d+\.\d+\.\d+/.test(found.version)) continue
      const last = dropped?.(slim, found.version)
      const isDropped = last !== undefined && !isBefore(found.version, last)
      const install = isDropped || isBefore(found.version, first) ? installOf(folder, isOfWorkspace, stage) : undefined
      if (!install?.packagesThen.lack(compilers) || isUnbuilt(name, install.words, stage, node)) continue
      yield {
        message: `${name} ${found.version} is not built for ${lacking(slim)}, and the stage has nothing to compile it with`,
        at: install.at,
        related: [found.at],
        hint: isDropped
          ? `Take a newer Node in FROM (${name} ${last.join('.')} and later have none for ${lacking(slim)}), or install python3 make g++ before it.`
          : cure(first),
      }
      break
    }
  }
}

/** From 10 on pnpm compiles nothing that it is not told to. */
const isUnbuilt = (
  name: string,
  [manager]: readonly unknown[],
  {commands}: Stage,
  node: Facts['nodePackages'] | undefined,
): boolean =>
  manager === 'pnpm' &&
  !node?.builds.some((each) => each.name === name) &&
  isPnpmTen(
    node?.packageManager,
    commands.map(({words}) => words.join(' ')),
  )

/**
 * The command that installs the packages of the package.json of a folder, with their scripts: there, or at the root of the
 * workspace, beside which that package.json lies.
 */
const installOf = (folder: string, isOfWorkspace: boolean, {commands}: Stage) => {
  const manifest = folder ? `${folder}/package.json` : 'package.json'
  return commands.find(({words, conditional, source}) => {
    const text = words.join(' ')
    const installs = /^(npm (ci|install|i)|pnpm (install|i)|yarn( install)?)( -[^ ]+)*$/.test(text)
    if (!installs || conditional || text.includes('--ignore-scripts')) return false
    const own = source('package.json')
    // What a filter leaves out is not asked here.
    const isOfAll = own === 'package.json' && isOfWorkspace && !/ (?:-F|-w|--(?:filter|workspaces?)\b)/.test(text)
    return own === manifest || (isOfAll && source(manifest) === manifest)
  })
}

function isBefore(version: string, [major, minor, patch]: Version): boolean {
  const [a = 0, b = 0, c = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  return a !== major ? a < major : b !== minor ? b < minor : c < patch
}

/**
 * Alpine's images of PHP keep what compiles extensions in $PHPIZE_DEPS alone; docker-php-ext-install adds that by itself and
 * takes it away again, pecl does not (docker-library/php, "PECL extensions").
 */
function* peclExtensions({commands, root}: Stage, told: Set<unknown>): Generator<Finding> {
  if (!/^(?:docker\.io\/(?:library\/)?)?php:(?:[\d.]+-)?(?:(?:cli|fpm|zts)-)?alpine[\d.]*$/.test(root.image ?? ''))
    return
  for (const {words, conditional, decisive, at, packagesThen} of commands) {
    const [program, verb, ...names] = words
    const name = names.find((word) => word && !/^(?:-|\d*[<>])/.test(word))
    if (program !== 'pecl' || verb !== 'install' || !name || conditional || !decisive || told.has(at)) continue
    told.add(at)
    if (!packagesThen.lack(/autoconf|automake|libtool/)) continue
    yield {
      message: `pecl install compiles ${name}, and the stage has no autoconf: the build stops with "Cannot find autoconf"`,
      at,
      related: packagesThen.listedAt ? [packagesThen.listedAt] : [],
      hint: 'Before it: RUN apk add --no-cache $PHPIZE_DEPS',
    }
  }
}

/**
 * Packages of Python that pypi.org has no wheels for Linux of, in any version, and what their READMEs say they are compiled
 * with; `brings` are others that always ask for them.
 */
const sourcesOnly: readonly SourceOnly[] = [
  {
    name: 'mysqlclient',
    header: 'mysql.h',
    other: /mysql|mariadb/,
    debian: 'gcc default-libmysqlclient-dev pkg-config',
    alpine: 'gcc musl-dev mariadb-dev pkgconf',
  },
  {
    name: 'python-ldap',
    brings: ['django-auth-ldap'],
    header: 'lber.h',
    other: /ldap/,
    debian: 'gcc libldap2-dev libsasl2-dev',
    alpine: 'gcc musl-dev openldap-dev',
  },
  {
    name: 'pyaudio',
    header: 'portaudio.h',
    other: /portaudio/,
    debian: 'gcc portaudio19-dev',
    alpine: 'gcc musl-dev portaudio-dev',
  },
  {
    name: 'pycairo',
    header: 'cairo.h',
    other: /cairo|pango|gtk|magick|rsvg/,
    debian: 'gcc pkg-config libcairo2-dev',
    alpine: 'gcc musl-dev pkgconf cairo-dev',
  },
  {name: 'uwsgi', debian: 'gcc', alpine: 'gcc musl-dev linux-headers', instead: 'pyuwsgi, which has wheels'},
  {
    name: 'webrtcvad',
    brings: ['resemblyzer'],
    debian: 'gcc',
    alpine: 'gcc musl-dev',
    instead: 'webrtcvad-wheels, which has wheels',
  },
  {
    name: 'dlib',
    brings: ['face-recognition'],
    debian: 'g++ make cmake',
    alpine: 'g++ make cmake',
    instead: 'dlib-bin, which has wheels',
  },
  {name: 'annoy', debian: 'g++', alpine: 'g++'},
  {name: 'insightface', debian: 'g++', alpine: 'g++'},
]

interface SourceOnly {
  name: string
  brings?: readonly string[]
  /** What the packages with these names bring, too; without one the compiler alone is looked for. */
  header?: string
  other?: RegExp
  debian: string
  alpine: string
  instead?: string
}

function* pythonSources({installs, slim}: Stage, told: Set<unknown>): Generator<Finding> {
  if (slim?.language !== 'python') return
  for (const {requirements, packagesThen, mayUseWheels, at, conditional, decisive} of installs) {
    if (mayUseWheels || conditional || !decisive || told.has(at)) continue
    for (const {name, brings = [], header, other, debian, alpine, instead} of sourcesOnly) {
      const found =
        requirements.find((each) => each.name === name) ?? requirements.find((each) => brings.includes(each.name))
      if (!found) continue
      const may = (each: string) => other?.test(each) || mayBringHeaders(each)
      const lacksHeader = header !== undefined && !packagesThen.opaque && ![...packagesThen.named].some(may)
      if (!lacksHeader && packagesThen.has('C compiler') !== 'no') continue
      told.add(at)
      const install = slim.distribution === 'alpine' ? `apk add ${alpine}` : `apt-get install -y ${debian}`
      yield {
        message: `${name === found.name ? name : `${found.name} brings ${name}, which`} is compiled here, and the stage has no ${lacksHeader ? header : 'C compiler'}`,
        at,
        related: [found.at],
        hint: `${install} before it${instead ? `; or take ${instead}` : ''}.`,
      }
    }
  }
}
