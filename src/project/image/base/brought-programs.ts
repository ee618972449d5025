/** The programs that packages bring along, by the distribution and under another name. */
import {type BasePrograms, words} from './base-programs.ts'

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
  words('bash perl python3 python pip3 curl wget git gpg openssl ps nc gcc make unzip file rsync zip'),
)

/**
 * Packages that bring none of these along, in Debian and Alpine, but what is in their names or in `bringers` (Depends and
 * Recommends of Debian's Packages files).
 */
const alone =
  /^(?:tzdata|libc6-compat|gcompat|libstdc\+\+6?|libgcc(?:-s1)?|libncurses[56]?|libtinfo[56]|libsctp1|locales|libpq5?|libpq-dev|postgresql-client|dumb-init|tini|su-exec|gosu|jq|zip|sqlite|sqlite3|nodejs|libssl3|libffi|libffi-dev|musl-dev|linux-headers|libjemalloc2|fuse3|netcat-openbsd|openssl-dev|shadow|curl|wget|git|openssl|unzip|build-base|gcc|g\+\+|make|ca-certificates|procps|redis|gettext-base|libsqlite3-0)$/
/** … and of Alpine alone: Debian's npm brings git, make and Python, its ffmpeg Python. */
const aloneInAlpine = /^(?:npm|ffmpeg|gettext|protoc|protobuf(?:-dev)?|upx|yq|tree|(?:font|ttf)-[\w-]+)$/

/** Of Alpine, where the shell of packages is that of busybox: beside PHP, these need no bash. */
const bashlessInAlpine =
  /^(?:nginx|supervisor|python3|nodejs|php\d\d(?:-[a-z\d_]+)*|libpng-dev|libjpeg-turbo-dev|freetype-dev|libzip-dev|oniguruma-dev|libxml2-dev|zlib-dev)$/

/** Packages that bring at most the ones that are often brought along. */
const plain =
  /^(?:lib(?!reoffice|jruby|apache2|virt|guestfs|zypp|config-model|bio-|mpv|chado)[\w.+-]+|[\w.+]+(?:-[\w.+]+)*-dev|fonts-[\w-]+|bash|file|gnupg2?|imagemagick|vim(?:-tiny)?|nano|less|locales|lsb-release|openssh-client|patch|pkg-config|pkgconf|poppler-utils|python3(?:-dev|-venv|-pip)?|py3-pip|rsync|tar|xz|xz-utils|fontconfig|graphviz|iproute2|iputils-ping|inotify-tools|gettext|build-essential|autoconf|automake|libtool|cmake|bzip2|apt-transport-https|apt-utils|dnsutils|cron|nginx|supervisor|default-mysql-client|mariadb-client|mysql-server|htop|ghostscript|chromium|wkhtmltopdf|tesseract-ocr|unixodbc|xvfb|net-tools|ffmpeg|clang|software-properties-common|fswatch|python2|php\d[\d.]*(?:-[a-z\d_]+)*|php-(?:bcmath|bz2|cgi|cli|common|curl|fpm|gd|gmp|imagick|intl|json|mbstring|memcached|mongodb|mysql|opcache|pgsql|redis|soap|sqlite3|xml|zip))$/

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
