import type {FileLocation} from '../../../check.ts'
import type {BaseImage} from '../base/base-images.ts'
import {type Command, programOf} from '../shell/command.ts'

/** A thing that OS packages bring, whatever the package is called in the distribution. */
export type Capability = 'libpq' | 'libpq headers' | 'C compiler' | 'git'

/** Three-valued: `unknown` wherever a command or a package is not understood. */
export type Answer = 'yes' | 'no' | 'unknown'

/** Packages that surely bring it, by name (Debian's and Alpine's). */
const brings: Record<Capability, RegExp> = {
  libpq:
    /^(libpq5|libpq-dev|libpq|postgresql(-?\d+)?(-client|-dev|-libs)?(-\d+)?|python3-psycopg2|py3-psycopg2|libpqxx.*|odbc-postgresql)$/,
  'libpq headers': /^(libpq-dev|postgresql(\d+)?-dev|postgresql-server-dev-\d+)$/,
  'C compiler': /^(gcc(-\d+)?|g\+\+(-\d+)?|build-essential|build-base|clang(-\d+)?|gfortran)$/,
  git: /^git(-|$)/,
}

/**
 * Packages that bring none of these, with their dependencies and recommendations (checked with apt's simulation).
 * One that is not listed may: then the answer is `unknown`.
 */
const neutral = new Set(
  `apt-transport-https bash bind9-dnsutils bzip2 ca-certificates cron curl default-libmysqlclient-dev default-jre-headless
  dnsutils dumb-init espeak-ng ffmpeg file fontconfig fonts-dejavu fonts-liberation gettext gettext-base git gnupg gnupg2
  gosu graphviz gzip imagemagick iproute2 iputils-ping jq less libcairo2 libcurl4 libcurl4-openssl-dev libffi-dev libffi8
  libfreetype6 libgdk-pixbuf-2.0-0 libgeos-dev libgl1 libglib2.0-0 libgomp1 libjpeg-dev libjpeg62-turbo libmagic1
  libmariadb3 libnss3 libopenblas-dev libopenjp2-7 libpango-1.0-0 libpangoft2-1.0-0 libpng-dev libproj-dev libsm6
  libsndfile1 libsqlite3-0 libsqlite3-dev libssl-dev libssl3 libtiff6 libvips42 libwebp7 libxext6 libxml2 libxml2-dev
  libxrender1 libxslt1-dev libxslt1.1 locales lsb-release make nano netcat-openbsd netcat-traditional nginx openssh-client
  openssl patch pkg-config poppler-utils procps python3 python3-dev python3-venv redis-tools rsync shared-mime-info
  sqlite3 supervisor tar tesseract-ocr tini tzdata unixodbc unixodbc-dev unzip vim wget xvfb xz-utils zip zlib1g-dev
  musl-dev libffi openssl-dev linux-headers su-exec py3-pip nodejs libstdc++ gcompat libc6-compat`.split(/\s+/),
)
/** … and these bring a compiler at most. */
const neutralForLibpq =
  /^(gcc|g\+\+|build-essential|build-base|clang|gfortran|cmake|libtool|autoconf|automake|python3-pip|npm|cargo|rustc|libc6-dev|libc-dev|binutils)(-\d+)?$/

/** They may recommend it: npm of Debian does. */
const mayBringGit = /^(npm|cargo)$/

export const installsPackages = (command: Command): boolean =>
  installsByApt(command) || (command.words[0] === 'apk' && command.words.includes('add'))

export const installsByApt = ({words}: Pick<Command, 'words'>): boolean =>
  /^apt(?:-get)?$/.test(words[0] ?? '') && words.includes('install')

/** Of Ruby, Node, Elixir and PHP: what they install or build goes into their own folders. */
const isLanguageInstall = ({words}: Command): boolean =>
  /^(gem|volta|mix|composer|pecl|a2\w+|docker-php-ext-\w+)$/.test(words[0] ?? '') ||
  // Another program of npx may install anything, as playwright does.
  (/^(npx|bunx)$/.test(words[0] ?? '') &&
    /^(prisma|next|tsc|vite|nest|turbo|nx|astro|nuxt|tsup|esbuild|drizzle-kit)$/.test(
      words.slice(1).find((word) => !word?.startsWith('-')) ?? '',
    )) ||
  isPhpTask(words) ||
  (words[0] === 'bundle' && /^(install|config|check|clean|lock|binstubs|cache|--version)$/.test(words[1] ?? '')) ||
  // Bootsnap writes caches of code.
  /^bundle exec bootsnap precompile\b/.test(words.slice(0, 4).join(' ')) ||
  isRailsTask(words)

/** `php artisan optimize`, a task of the app, and the installer of Composer: `curl … | php -- --install-dir=…`. */
const isPhpTask = ([program = '', file = '', task = '']: Command['words']): boolean =>
  /^php[\d.]*$/.test(program) &&
  (file === 'artisan'
    ? /^[\w-]+(?::[\w:-]+)?$/.test(task)
    : file === '--' || /^(?:\.?\/)?composer-setup\.php$/.test(file))

/** `bin/rails assets:precompile`, `bundle exec rake fly:build`: a task of the app. */
const isRailsTask = (words: Command['words']): boolean => {
  const [program = '', task = ''] = words[0] === 'bundle' && words[1] === 'exec' ? words.slice(2) : words
  return /^(?:(?:\.\/|\/(?:app|rails)\/)?bin\/)?(?:rails|rake)$/.test(program) && /^[\w-]+:[\w:-]+$/.test(task)
}

/**
 * `python manage.py collectstatic --noinput`, which every guide of Django has in its Dockerfile: Django's own commands
 * write files of the project and its database. A command of an app may do anything.
 */
const isDjangoTask = (words: Command['words']): boolean => {
  const [file = '', task = ''] = /^(?:\/usr\/local\/bin\/)?python3?(?:\.\d+)?$/.test(words[0] ?? '')
    ? words.slice(1).filter((word) => !/^-[A-Zu]$/.test(word ?? ''))
    : words
  return (
    /^(?:[\w./-]{0,200}\/)?manage\.py$/.test(file) &&
    /^(?:check|collectstatic|compilemessages|createcachetable|findstatic|makemessages|migrate)$/.test(task)
  )
}

/** Programs that leave the OS packages as they are. What is not listed may do anything. */
const harmless = new Set(
  `: [ [[ test true false set export cd pwd echo printf cat touch mkdir rm rmdir cp mv ln ls chmod chown chgrp install
  sed awk grep egrep sort uniq head tail tr cut wc tee date which type exit read uname id whoami sleep
  tar gzip gunzip unzip xz curl wget git gpg apt-key sha256sum md5sum useradd adduser groupadd addgroup usermod passwd
  locale-gen update-locale add-apt-repository update-ca-certificates ldconfig update-alternatives pip pip3 python python3 poetry uv pipenv pdm
  hatch npm yarn pnpm node corepack bun rustup alembic gunicorn uvicorn setcap strip du df sync`.split(/\s+/),
)

/**
 * Compilers and what fetches for them: they fill folders of their own, and the one that is built. `go install ./...` lays
 * programs on PATH that it does not name.
 */
const isCompilerCall = ([program = '', verb = '', ...rest]: Command['words']): boolean =>
  verb === 'install'
    ? program === 'go' && rest.every((word) => word !== undefined && /^-|@/.test(word))
    : (compilerVerbs.get(program)?.has(verb) ?? false)

const compilerVerbs: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['go', new Set(['build', 'env', 'mod', 'test', 'version', 'vet', 'work'])],
  ['cargo', new Set(['build', 'chef', 'check', 'fetch', 'test', 'update', '--version'])],
  ['rustup', new Set(['component', 'default', 'set', 'show', 'target', 'toolchain', 'update', '--version'])],
  ['dotnet', new Set(['build', 'ef', 'nuget', 'publish', 'restore', 'test', 'tool', '--version', '--info'])],
])

/** `./install`: a program of the project's own has the name of another one; those of an environment are what they are called. */
const isOwn = ({words: [program = '']}: Command): boolean =>
  program.includes('/') && !/^\/(?:[^/]+\/)*s?bin\/[^/]+$|\/(?:pip|python|uv|poetry)[\d.]*$/.test(program)

/** Whether it is known what a command may change. A script, or a program of the project's own, may do anything. */
export function isUnderstood(command: Command): boolean {
  const [, first, ...rest] = command.words
  const name = programOf(command)
  if (isDjangoTask(command.words) || isCompilerCall(command.words)) return true
  if (name === undefined || isOwn(command)) return false
  if (/^python3?(\.\d+)?$/.test(name))
    return first === '-m' || first === '--version' || (first === '-c' && startsNothing(rest[0]))
  // What a sourced file does is not read, but these are known to change variables only.
  if (name === '.' || name === 'source') return /\/bin\/activate$|^\/etc\/os-release$/.test(first ?? '')
  if (name === 'find') return !rest.some((word) => word === undefined || /^-(exec|execdir|ok)$/.test(word))
  if (name === 'command') return true // -v: it only asks
  return harmless.has(name) || /^pip3?(\.\d+)?$/.test(name) || /^(apt|apt-get|apk)$/.test(name)
}

/** Lines of Python that import and call packages: `python -c "import nltk; nltk.download('punkt')"`. */
const startsNothing = (code: string | undefined): boolean =>
  code !== undefined &&
  !/\b(?:os|sys|subprocess|shutil|pathlib|Path|open|exec|eval|compile|runpy|importlib|pip|ensurepip|urllib|requests|httpx|playwright|__import__)\b/.test(
    code,
  )

/** Whether a program that copies, unpacks or fetches may lay a library where the linker looks. */
function mayPlaceLibraries(command: Command): boolean {
  const name = programOf(command) ?? ''
  if (name === 'ldconfig') return true
  if (!/^(cp|mv|ln|install|tar|unzip|curl|wget|gunzip)$/.test(name)) return false
  return command.words
    .slice(1)
    .some(
      (word) =>
        word === undefined ||
        /^(-C)?\/(usr(\/local)?)?\/?$/.test(word) ||
        /(^\/|[^:/]\/)lib(64)?(\/|$)|\.so\b|libpq/.test(word.replace(/^-\w/, '')),
    )
}

/** What is known of the OS packages of a stage at one moment: what comes later changes nothing of it. */
export class PackagesThen {
  readonly opaque: boolean
  readonly listedAt: FileLocation | undefined
  readonly #answers: ReadonlyMap<Capability, Answer>
  readonly #named: readonly string[]
  readonly #count: number

  constructor({opaque, listedAt}: OsPackages, answers: ReadonlyMap<Capability, Answer>, named: readonly string[]) {
    this.opaque = opaque
    this.listedAt = listedAt
    this.#answers = new Map(answers)
    // Not a copy for each: thousands of commands would need room for millions.
    this.#named = named
    this.#count = named.length
  }

  get named(): readonly string[] {
    return this.#named.slice(0, this.#count)
  }

  has(capability: Capability): Answer {
    return this.#answers.get(capability) ?? 'unknown'
  }

  lack(names: RegExp | ((name: string) => boolean)): boolean {
    return !this.opaque && !this.named.some(typeof names === 'function' ? names : (name) => names.test(name))
  }
}

/** The OS packages of one stage, followed through its commands. */
export class OsPackages {
  readonly #answers = new Map<Capability, Answer>()
  /** `named`, in the order of their first mention: for `snapshot`. */
  readonly #list: string[] = []
  /** Packages that a RUN of this Dockerfile installed and nothing removed again. */
  readonly installed = new Map<string, FileLocation>()
  /** … and those of a command that may not run. */
  readonly maybeInstalled = new Set<string>()
  /** Every package that some RUN named, also those that are gone again. */
  readonly named = new Set<string>()
  /** Where the packages stand that were installed last: another one would be added there. */
  listedAt: FileLocation | undefined
  /** Something that is not understood may have brought any package. */
  opaque = false
  /** The members of `apk add --virtual NAME …`. */
  readonly #groups = new Map<string, string[]>()

  constructor(base: BaseImage | undefined) {
    const answer: Answer = !base ? 'unknown' : base.hasBuildTools ? 'yes' : 'no'
    for (const capability of Object.keys(brings) as Capability[]) this.#answers.set(capability, answer)
  }

  copy(): OsPackages {
    const copy = new OsPackages(undefined)
    for (const [capability, answer] of this.#answers) copy.#answers.set(capability, answer)
    for (const [name, at] of this.installed) copy.installed.set(name, at)
    for (const name of this.maybeInstalled) copy.maybeInstalled.add(name)
    for (const name of this.named) copy.#name(name)
    copy.opaque = this.opaque
    copy.listedAt = this.listedAt
    for (const [name, members] of this.#groups) copy.#groups.set(name, members)
    return copy
  }

  /** What is known by now. */
  snapshot(): PackagesThen {
    return new PackagesThen(this, this.#answers, this.#list)
  }

  has(capability: Capability): Answer {
    return this.#answers.get(capability) ?? 'unknown'
  }

  /** Something happened that may have brought anything. */
  forget(): void {
    this.opaque = true
    for (const [capability, answer] of this.#answers) if (answer === 'no') this.#answers.set(capability, 'unknown')
  }

  /** Whether it is certain that no RUN installed a package of such a name, nor one that is not known. */
  lack(names: RegExp | ((name: string) => boolean)): boolean {
    return !this.opaque && ![...this.named].some(typeof names === 'function' ? names : (name) => names.test(name))
  }

  run(command: Command): void {
    if (isLanguageInstall(command)) return
    const name = programOf(command)
    if (name === 'apt-get' || name === 'apt' || name === 'apk')
      this.#packageManager(name, command.words.slice(1), command)
    else if (!isUnderstood(command) || mayPlaceLibraries(command)) this.forget()
  }

  #packageManager(manager: string, words: (string | undefined)[], command: Command): void {
    const verb = words.find((word) => word !== undefined && !word.startsWith('-'))
    const packages = words.slice(words.indexOf(verb) + 1)
    if (verb === 'install' || verb === 'add') {
      // `apk add --virtual NAME pkg…`: the name is no package, and `apk del NAME` removes them all.
      const virtual = packages.findIndex((word) => word === '--virtual' || word === '-t')
      if (manager === 'apk' && virtual >= 0) {
        const [, group = ''] = packages.splice(virtual, 2)
        this.#groups.set(
          group,
          packages.filter((word): word is string => word !== undefined && !word.startsWith('-')),
        )
      }
      for (const word of packages) {
        // `./tool.deb`: what it is tells no name.
        if (word === undefined || /^[./~]|\.(?:deb|apk)$/.test(word)) this.forget()
        else if (!word.startsWith('-')) this.#install(word.replace(/[=/:].*$|-$/s, ''), command)
      }
    } else if (verb === 'remove' || verb === 'purge' || verb === 'del' || verb === 'autoremove') {
      this.#remove(packages)
    } else if (!['update', 'upgrade', 'dist-upgrade', 'full-upgrade', 'clean', 'autoclean'].includes(verb ?? ''))
      this.forget()
  }

  #name(name: string): void {
    if (!this.named.has(name)) this.#list.push(name)
    this.named.add(name)
  }

  #install(name: string, {at, conditional}: Command): void {
    this.#name(name)
    if (conditional) this.maybeInstalled.add(name)
    else this.installed.set(name, at)
    for (const [capability, answer] of this.#answers) {
      if (brings[capability].test(name))
        this.#answers.set(capability, conditional && answer !== 'yes' ? 'unknown' : 'yes')
      else if (answer === 'no' && !isNeutral(name, capability)) this.#answers.set(capability, 'unknown')
    }
  }

  /** What goes, and with --auto-remove what came with it, is no longer certain to be there; nor certain to be gone. */
  #remove(words: (string | undefined)[]): void {
    for (const word of words.flatMap((each) => this.#groups.get(each ?? '') ?? each ?? [])) this.installed.delete(word)
    for (const [capability, answer] of this.#answers) {
      if (answer !== 'yes') continue
      const kept = [...this.installed.keys()].some((name) => brings[capability].test(name))
      if (!kept) this.#answers.set(capability, 'unknown')
    }
  }
}

function isNeutral(name: string, capability: Capability): boolean {
  if (capability === 'git' && mayBringGit.test(name)) return false
  return neutral.has(name) || (capability !== 'C compiler' && neutralForLibpq.test(name)) || isOther(name, capability)
}

/** A package that brings one of the capabilities is understood, also where it does not bring this one. */
function isOther(name: string, capability: Capability): boolean {
  return (Object.keys(brings) as Capability[]).some((other) => other !== capability && brings[other].test(name))
}

/** Compilers, build tools and headers: what a final stage has no use for. */
export const isBuildPackage = (name: string): boolean =>
  brings['C compiler'].test(name) ||
  /^(make|cmake|autoconf|automake|libtool|cargo|rustc|pkg-config|pkgconf)$/.test(name) ||
  /-(dev|devel)$/.test(name)
