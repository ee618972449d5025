import {once} from '../../../once.ts'
import {plainName} from './base-images.ts'

/** What is known of a base image's programs. */
export interface BasePrograms {
  /** Of the programs that are looked for, those that it has on PATH. */
  has: ReadonlySet<string>
  distribution: 'debian' | 'alpine' | 'none'
  /** Its ENTRYPOINT: none, a script that starts what it is given, or an interpreter that takes the command as a file. */
  entrypoint: 'none' | 'passes' | 'interpreter'
}

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean)

const debian = words('sh bash perl useradd groupadd usermod')
const alpine = words('sh wget nc ps vi less unzip ip crond')
/** buildpack-deps: what Debian's full images have more. */
const full = words('curl wget git gpg openssl ps gcc make unzip python3 patch file convert ssh')

/** Programs that a command may name, and which base images or packages bring them. */
export const lookedFor: ReadonlySet<string> = new Set([
  ...debian,
  ...words('curl wget git gpg openssl ps nc gcc make unzip jq sudo sqlite3 ffmpeg psql pg_isready pg_dump redis-cli'),
  ...words('redis-server supervisord supervisorctl envsubst cron crond nginx caddy tini dumb-init gosu su-exec'),
  ...words('python python3 pip pip3 uv uvx poetry pipenv pdm honcho conda'),
  ...words('node npm npx corepack yarn pnpm bun bunx deno ruby bundle gem rake irb php composer java go dotnet'),
  ...words('ffprobe pdftotext pdftoppm pdfinfo tesseract wkhtmltopdf pandoc libreoffice soffice gs dot exiftool qpdf'),
  ...words('convert chromium xauth php-fpm apache2-foreground install-php-extensions'),
  ...words('litestream litefs overmind hivemind doppler infisical mix iex elixir cargo mvn gradle'),
  // What migrates a database beside the app; `migrate` may be a program of the project's own.
  ...words('goose dbmate sqlx diesel atlas sea-orm-cli flyway liquibase air'),
])

interface Family {
  pattern: RegExp
  distribution: BasePrograms['distribution']
  entrypoint?: BasePrograms['entrypoint']
  has: readonly string[]
}

const tag = '(?::|$)'
const python = words('python python3 pip pip3')
const node = words('node npm npx')
const ruby = words('ruby bundle gem rake irb')
const elixir = words('elixir iex mix')
const php = words('php curl openssl')

/**
 * The official images (docker-library/official-images, and the Dockerfiles that these are made by). The first that
 * matches counts; an image that none does is not known, and may have any program.
 */
const families: readonly Family[] = [
  {pattern: /^scratch$/, distribution: 'none', has: []},
  {
    pattern: /^gcr\.io\/distroless\/(nodejs|python3|java)[^:]*(?::(?!.*debug).*)?$/,
    distribution: 'none',
    entrypoint: 'interpreter',
    has: words('python3 java'),
  },
  {pattern: /^gcr\.io\/distroless\/(static|base|cc)[^:]*(?::(?!.*debug).*)?$/, distribution: 'none', has: []},
  {pattern: /^debian:[\w.-]+$|^debian$/, distribution: 'debian', has: debian},
  {pattern: new RegExp(`^ubuntu${tag}`), distribution: 'debian', has: debian},
  {pattern: new RegExp(`^alpine${tag}`), distribution: 'alpine', has: alpine},
  {pattern: /^python:(?:[\w.]+-)?alpine[\d.]*$/, distribution: 'alpine', has: [...alpine, ...python]},
  {
    pattern: /^python:(?:[\w.]+-)?slim(?:-\w+)?$/,
    distribution: 'debian',
    has: [...debian, ...python, 'openssl'],
  },
  {
    pattern: /^python(?::(?:\d[\d.]*(?:-(?:trixie|bookworm|bullseye))?|latest))?$/,
    distribution: 'debian',
    has: [...debian, ...full, ...python],
  },
  {
    pattern: /^ghcr\.io\/astral-sh\/uv:(?:\d[\d.]*-)?python[\d.]+-(?:trixie|bookworm)-slim$/,
    distribution: 'debian',
    has: [...debian, ...python, ...words('openssl uv uvx')],
  },
  {
    pattern: /^ghcr\.io\/astral-sh\/uv:(?:\d[\d.]*-)?python[\d.]+-alpine[\d.]*$/,
    distribution: 'alpine',
    has: [...alpine, ...python, ...words('uv uvx')],
  },
  // Yarn came with node until 25, corepack until 24.
  {
    pattern: /^node:(?:(?:1[4-9]|2[0-4])[\d.]*|lts)-alpine[\d.]*$/,
    distribution: 'alpine',
    entrypoint: 'passes',
    has: [...alpine, ...node, 'yarn', 'corepack'],
  },
  {
    pattern: /^node:(?:(?:1[4-9]|2[0-4])[\d.]*|lts)-(?:slim|\w+-slim)$/,
    distribution: 'debian',
    entrypoint: 'passes',
    has: [...debian, ...node, 'yarn', 'corepack'],
  },
  {
    pattern: /^node:(?:(?:1[4-9]|2[0-4])[\d.]*|lts)(?:-(?:trixie|bookworm|bullseye))?$/,
    distribution: 'debian',
    entrypoint: 'passes',
    has: [...debian, ...full, ...node, 'yarn', 'corepack'],
  },
  {
    pattern: /^ruby:(?:[\w.]+-)?slim(?:-\w+)?$/,
    distribution: 'debian',
    // The older ones have procps.
    has: [...debian, ...ruby, 'openssl', 'ps'],
  },
  {pattern: /^ruby:(?:[\w.]+-)?alpine[\d.]*$/, distribution: 'alpine', has: [...alpine, ...ruby]},
  {
    pattern: /^ruby(?::(?:\d[\d.]*(?:-(?:trixie|bookworm|bullseye))?|latest))?$/,
    distribution: 'debian',
    has: [...debian, ...full, ...ruby],
  },
  // Those of the Hex team (hexpm/bob): Erlang and Elixir on what Debian, Ubuntu or Alpine is.
  {
    pattern: /^hexpm\/elixir(?:-a\w+64)?:[\w.-]+-(?:debian|ubuntu)-[\w.-]+$/,
    distribution: 'debian',
    has: [...debian, ...elixir, 'openssl'],
  },
  {
    pattern: /^hexpm\/elixir(?:-a\w+64)?:[\w.-]+-alpine-[\d.]+$/,
    distribution: 'alpine',
    has: [...alpine, ...elixir, 'openssl'],
  },
  // What builds them is removed again from the slim ones and those on Alpine (erlef/docker-elixir).
  {pattern: /^elixir:(?:[\w.-]+-)?slim$/, distribution: 'debian', has: [...debian, ...elixir, 'openssl']},
  {pattern: /^elixir:(?:[\w.-]+-)?alpine$/, distribution: 'alpine', has: [...alpine, ...elixir, 'openssl']},
  {
    pattern: /^elixir(?::(?:latest|\d[\d.]*(?:-otp-\d+)?))?$/,
    distribution: 'debian',
    has: [...debian, ...full, ...elixir],
  },
  {
    pattern: /^php:[\w.-]*fpm-alpine[\d.]*$/,
    distribution: 'alpine',
    entrypoint: 'passes',
    has: [...alpine, ...php, 'php-fpm'],
  },
  {pattern: /^php:[\w.-]*alpine[\d.]*$/, distribution: 'alpine', entrypoint: 'passes', has: [...alpine, ...php]},
  ...[
    // PHP for the command line is in each of them.
    {kinds: 'fpm', own: words('php-fpm')},
    {kinds: 'apache', own: words('apache2-foreground')},
    {kinds: 'cli|zts', own: []},
  ].map(({kinds, own}): Family => {
    const plain = own.length > 0 ? '' : '|latest|\\d[\\d.]*'
    return {
      pattern: new RegExp(
        `^php:(?:(?:\\d[\\d.]*-)?(?:${kinds})${plain})(?:-(?:trixie|bookworm|bullseye|buster))?$${plain && '|^php$'}`,
      ),
      distribution: 'debian',
      entrypoint: 'passes',
      has: [...debian, ...php, ...words('gcc make'), ...own],
    }
  }),
  // "Additional related tools (such as git, gcc, or bash) are not included in Alpine-based images."
  {pattern: /^golang:(?:[\w.]+-)?alpine[\d.]*$/, distribution: 'alpine', has: [...alpine, 'go']},
  {
    pattern: /^golang(?::(?:\d[\w.]*(?:-(?:trixie|bookworm|bullseye))?|latest|trixie|bookworm|bullseye))?$/,
    distribution: 'debian',
    has: [...debian, ...full, 'go'],
  },
  {pattern: /^rust:(?:[\w.]+-)?alpine[\d.]*$/, distribution: 'alpine', has: [...alpine, ...words('cargo gcc')]},
  {
    pattern: /^rust:(?:[\w.]+-)?slim(?:-\w+)?$/,
    distribution: 'debian',
    has: [...debian, ...words('cargo gcc openssl')],
  },
  // Adoptium's Java, on Ubuntu unless it is named otherwise; its script starts what it is given.
  {
    pattern: /^eclipse-temurin:\d[\w.]*-(?:jdk|jre)-alpine[\d.-]*$/,
    distribution: 'alpine',
    entrypoint: 'passes',
    has: [...alpine, ...words('java openssl gpg curl')],
  },
  {
    pattern: /^eclipse-temurin:\d[\w.]*(?:-(?:jdk|jre)(?:-(?:noble|jammy|focal))?)?$/,
    distribution: 'debian',
    entrypoint: 'passes',
    has: [...debian, ...words('java curl wget gpg openssl ps unzip file python3')],
  },
  {
    pattern: /^nginx:(?:[\w.]+-)?alpine[\d.]*$/,
    distribution: 'alpine',
    entrypoint: 'passes',
    has: [...alpine, ...words('nginx curl envsubst openssl')],
  },
  {
    pattern: /^nginx(?::(?:latest|mainline|stable|\d[\d.]*))?$/,
    distribution: 'debian',
    entrypoint: 'passes',
    has: [...debian, ...words('nginx curl envsubst openssl')],
  },
  {
    pattern: /^oven\/bun:(?:[\w.]+-)?alpine$/,
    distribution: 'alpine',
    entrypoint: 'passes',
    has: [...alpine, ...words('bun bunx node')],
  },
  {
    pattern: /^oven\/bun(?::(?:latest|\d[\d.]*|debian)(?:-(?:slim|debian))?|:slim)?$/,
    distribution: 'debian',
    entrypoint: 'passes',
    has: [...debian, ...words('bun bunx node openssl')],
  },
]

/** What a base image has of the programs that are looked for; undefined where the image is not known. */
export const basePrograms = once((name: string): BasePrograms | undefined => {
  const plain = plainName(name)
  const found = families.find(({pattern}) => pattern.test(plain))
  return found && {has: new Set(found.has), distribution: found.distribution, entrypoint: found.entrypoint ?? 'none'}
})

/** What brings a program under another name than its own: in a RUN, such words may. */
export const bringers: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    tsc: /typescript/,
    nest: /nestjs/,
    nuxi: /nuxt/,
    ng: /angular/,
    'vue-cli-service': /@vue/,
    'svelte-kit': /@sveltejs/,
    remix: /@remix-run/,
    'remix-serve': /@remix-run/,
    'react-router': /@react-router/,
    'react-router-serve': /@react-router/,
    medusa: /@medusajs/,
    'pm2-runtime': /pm2/,
    ffmpeg: /ffmpeg|yt-?dlp|youtube-dl/,
    ffprobe: /ffmpeg|yt-?dlp|youtube-dl/,
    chromium: /chrom|playwright|patchright|puppeteer|browser|libnss3|firefox|webkit/,
    pdftotext: /poppler/,
    pdftoppm: /poppler/,
    pdfinfo: /poppler/,
    wkhtmltopdf: /wkhtmlto/,
    libreoffice: /libreoffice|unoconv/,
    soffice: /libreoffice|unoconv/,
    gs: /ghostscript|magick|texlive|gimp/,
    convert: /magick/,
    dot: /graphviz|doxygen/,
    xauth: /x11|xorg|xinit|xserver|vnc|ssh|desktop|xfce|playwright/,
    ps: /procps|busybox/,
    gpg: /gnupg|gpg|dirmngr/,
    nc: /netcat|ncat|nmap|busybox/,
    gcc: /build-essential|build-base|gcc|clang|g\+\+|gfortran|alpine-sdk/,
    make: /build-essential|build-base|alpine-sdk/,
    psql: /postgres|libpq/,
    pg_isready: /postgres|libpq/,
    pg_dump: /postgres|libpq/,
    'redis-cli': /redis|valkey/,
    'redis-server': /redis|valkey/,
    supervisord: /supervisor/,
    supervisorctl: /supervisor/,
    envsubst: /gettext/,
    crond: /cron|busybox/,
    cron: /cron/,
    // The others recommend ca-certificates, which needs it.
    openssl: /openssl|ca-certificates|ssl-cert|curl|wget|\bgit\b|node|libpq|postgres/,
    unzip: /\bzip\b/,
    sqlite3: /sqlite/,
    python: /python|conda|pyenv/,
    python3: /python|py3|conda|pyenv/,
    pip: /pip|python|conda|pyenv/,
    pip3: /pip|python|conda|pyenv/,
    uvx: /\buv\b/,
    conda: /conda|mamba/,
    node: /node|nvm|fnm|volta|npm|\bn\b/,
    npm: /node|nvm|fnm|volta|npm|\bn\b/,
    npx: /node|nvm|fnm|volta|npm|npx|\bn\b/,
    corepack: /node|corepack|nvm|fnm|volta/,
    yarn: /yarn|corepack/,
    pnpm: /pnpm|corepack/,
    bun: /\bbun\b|bun\.sh/,
    bunx: /\bbun\b|bun\.sh/,
    ruby: /ruby|rbenv|rvm/,
    bundle: /bundle|ruby|rbenv|rvm/,
    gem: /ruby|rbenv|rvm/,
    rake: /rake|ruby|rbenv|rvm/,
    irb: /ruby|rbenv|rvm/,
    php: /php|frankenphp/,
    'php-fpm': /fpm/,
    'install-php-extensions': /install-php-extensions|docker-php-extension-installer/,
    'apache2-foreground': /apache|httpd/,
    java: /jdk|jre|java|sdkman/,
    go: /golang|go\d|\bgo\b/,
    mix: /elixir|asdf|mise/,
    iex: /elixir|asdf|mise/,
    elixir: /elixir|asdf|mise/,
    cargo: /cargo|rust/,
    useradd: /shadow/,
    groupadd: /shadow/,
    usermod: /shadow/,
    mvn: /maven|mvn|sdkman/,
    gradle: /gradle|sdkman/,
  }),
)

/** Programs that many packages of the distributions need, and so bring along. */
export const oftenBroughtAlong: ReadonlySet<string> = new Set(
  words('bash perl python3 python pip3 curl wget git gpg openssl ps nc gcc make unzip file'),
)

/**
 * Packages that bring none of these along, in Debian and Alpine, but what is in their names or in `bringers` (Depends and
 * Recommends of Debian's Packages files).
 */
const alone =
  /^(?:tzdata|libc6-compat|gcompat|libstdc\+\+|libgcc|libpq5?|libpq-dev|postgresql-client|dumb-init|tini|su-exec|gosu|jq|zip|sqlite|sqlite3|nodejs|libssl3|libffi|libffi-dev|musl-dev|linux-headers|libjemalloc2|fuse3|netcat-openbsd|openssl-dev|shadow|curl|wget|git|openssl|unzip|build-base|gcc|g\+\+|make|ca-certificates|procps|redis|gettext-base|libsqlite3-0)$/
/** … and of Alpine alone: Debian's npm brings git, make and Python, its ffmpeg Python. */
const aloneInAlpine = /^(?:npm|ffmpeg|gettext)$/

/** Of Alpine, where the shell of packages is that of busybox: beside PHP, these need no bash. */
const bashlessInAlpine =
  /^(?:nginx|supervisor|python3|nodejs|php\d\d(?:-[a-z\d_]+)*|libpng-dev|libjpeg-turbo-dev|freetype-dev|libzip-dev|oniguruma-dev|libxml2-dev|zlib-dev)$/

/** Packages that bring at most the ones that are often brought along. */
const plain =
  /^(?:lib(?!reoffice|jruby|apache2|virt|guestfs|zypp|config-model|bio-|mpv|chado)[\w.+-]+|[\w.+]+(?:-[\w.+]+)*-dev|fonts-[\w-]+|bash|file|gnupg2?|imagemagick|vim|nano|less|locales|lsb-release|openssh-client|patch|pkg-config|pkgconf|poppler-utils|python3(?:-dev|-venv|-pip)?|py3-pip|rsync|tar|xz|xz-utils|fontconfig|graphviz|iproute2|iputils-ping|inotify-tools|gettext|build-essential|autoconf|automake|libtool|cmake|bzip2|apt-transport-https|apt-utils|dnsutils|cron|nginx|supervisor|default-mysql-client|mariadb-client|htop|ghostscript|chromium|wkhtmltopdf|tesseract-ocr|unixodbc|xvfb|net-tools|ffmpeg|clang|software-properties-common|fswatch|python2|php\d[\d.]*(?:-[a-z\d_]+)*|php-(?:bcmath|bz2|cgi|cli|common|curl|fpm|gd|gmp|imagick|intl|json|mbstring|memcached|mongodb|mysql|opcache|pgsql|redis|soap|sqlite3|xml|zip))$/

/** Package managers of JavaScript, and the packages of Debian and Alpine that need one (`apt-cache rdepends npm yarnpkg`). */
const managersOfNode = /^(?:npm|npx|corepack|yarn|pnpm|bunx?)$/
const ofNode = /node|npm|js|yarn|hugo|shiny|ruby-/
/** npm needs it, and it needs none of them; flyctl launch installs it in every image of Node. */
const neededByNpm = 'node-gyp'

/** Whether a package may bring the program along, because it needs it. */
export function mayBringAlong(name: string, program: string, distribution: BasePrograms['distribution']): boolean {
  if (alone.test(name) || (distribution === 'alpine' && aloneInAlpine.test(name))) return false
  if (program === 'bash' && distribution === 'alpine' && bashlessInAlpine.test(name)) return false
  if (managersOfNode.test(program)) return ofNode.test(name) && name !== neededByNpm
  return oftenBroughtAlong.has(program) || program === 'envsubst' || !plain.test(name)
}
