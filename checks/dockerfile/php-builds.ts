import {allInstructions, defineCheck, type Facts, type Finding} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/php-builds',
  title: 'extensions of PHP have their sources and their headers',
  why: 'docker-php-ext-install compiles what is in the source of PHP, against headers that the image does not have.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image'],
  uses: ['buildsElse'],
  *run({image, buildsElse}) {
    for (const stage of image.stages) {
      const php = phpOf(stage)
      if (!php) continue
      for (const command of stage.commands) {
        if (command.conditional || !command.decisive) continue
        // One command stops once.
        const [finding] = [...absentSources(php, command), ...absentHeaders(php, command)]
        if (finding) yield {...finding, ...(buildsElse && {severity: 'warning'})}
      }
    }
  },
})

type Stage = Facts['image']['stages'][number]
type Command = Stage['commands'][number]

interface Php {
  isAlpine: boolean
  /** Without one the tag is that of the newest. */
  minor: number
  /** All that the stage and those before it do, for what would change these answers. */
  text: string
}

/** The official image of PHP 8; that of another major has other extensions and asks for other headers. */
function phpOf({root, stage}: Stage): Php | undefined {
  const tag = /^(?:docker\.io\/)?(?:library\/)?php:([\w.-]+)$/.exec(root.image ?? '')?.[1] ?? ''
  const parts =
    /^(?:(?:latest|8(?:\.(\d+))?(?:\.\d+)?)(?:-|$))?(?:(?:cli|apache|fpm|zts)(?:-|$))*(alpine[\d.]*|bullseye|bookworm|trixie)?$/
  const [, minor, system = ''] = parts.exec(tag) ?? []
  if (!tag || !parts.test(tag)) return undefined
  const text = allInstructions(stage)
    .map((each) => each.text)
    .join('\n')
  return {isAlpine: system.startsWith('alpine'), minor: Number(minor ?? Infinity), text}
}

/** What a command of docker-php-ext-install or docker-php-ext-configure names. */
function namesIn({words: [program, ...rest]}: Command): string[] {
  if (program === 'docker-php-ext-configure') return rest[0] ? [rest[0]] : []
  if (program !== 'docker-php-ext-install') return []
  return rest.filter((word, index): word is string => {
    // These options have their value behind them.
    const isValue = /^(?:-j|--jobs|--ini-name)$/.test(rest[index - 1] ?? '')
    return word !== undefined && /^[a-z][\w,-]*$/i.test(word) && !isValue
  })
}

/** The folders of php-src/ext, of every 8. */
const inSource = new Set(
  `bcmath bz2 calendar com_dotnet ctype curl date dba dl_test dom enchant exif ffi fileinfo filter ftp gd gettext gmp hash
  iconv imap intl json ldap lexbor libxml mbstring mysqli mysqlnd oci8 odbc opcache openssl pcntl pcre pdo pdo_dblib
  pdo_firebird pdo_mysql pdo_oci pdo_odbc pdo_pgsql pdo_sqlite pgsql phar posix pspell random readline reflection session
  shmop simplexml skeleton snmp soap sockets sodium spl sqlite3 standard sysvmsg sysvsem sysvshm tidy tokenizer uri xml
  xmlreader xmlwriter xsl zend_test zip zlib`.split(/\s+/),
)
/** Those that went to PECL with PHP 8.4 (its UPGRADING). */
const goneToPecl = new Set(['imap', 'oci8', 'pdo_oci', 'pspell'])
/** Something is laid beside them: `pecl bundle -d /usr/src/php/ext redis`. */
const bringsSource = /\/usr\/src|docker-php-source|phpize|docker-php-ext-(?:install|configure)\.|\bext\//
/** What people mean by a name that is none. */
const meant: Readonly<Record<string, string>> = {
  pdo_postgres: 'pdo_pgsql',
  pdo_postgresql: 'pdo_pgsql',
  pdo_psql: 'pdo_pgsql',
  postgres: 'pgsql',
  postgresql: 'pgsql',
  mysql: 'mysqli',
  pdo_mariadb: 'pdo_mysql',
  mariadb: 'pdo_mysql',
  sqlite: 'pdo_sqlite',
  pdo_sqlite3: 'pdo_sqlite',
}

function* absentSources(php: Php, command: Command): Generator<Finding> {
  if (bringsSource.test(php.text)) return
  for (const name of namesIn(command)) {
    const isGone = goneToPecl.has(name) && php.minor >= 4
    if (inSource.has(name) && !isGone) continue
    const right = meant[name]
    const isSplit = name.includes(',')
    yield {
      message: `the source of PHP has no extension ${name}${isGone ? ' since 8.4' : ''}: ${command.words[0]} stops with "/usr/src/php/ext/${name} does not exist"`,
      at: command.at,
      hint: right
        ? `It is called ${right}.`
        : isSplit
          ? 'Write a space between the names, without a comma.'
          : `If it is one of PECL: RUN pecl install ${name} && docker-php-ext-enable ${name}; or COPY --from=mlocati/php-extension-installer /usr/bin/install-php-extensions /usr/local/bin/ and RUN install-php-extensions ${name}`,
    }
    return
  }
}

interface Headers {
  /** The extension, or an option of docker-php-ext-configure with its own. */
  of: RegExp
  /** What configure looks for, and does not find. */
  missing: string
  debian: string
  alpine: string
  /** Packages that bring them, or may. */
  from: RegExp
}

/** What each extension is compiled against (the config.m4 of php-src/ext). */
const headers: readonly Headers[] = [
  {
    of: /^(?:pdo_)?pgsql$/,
    missing: 'libpq-fe.h',
    debian: 'libpq-dev',
    alpine: 'libpq-dev',
    from: /pq-dev|pqxx|ecpg|postgresql/,
  },
  {of: /^zip$/, missing: 'libzip', debian: 'libzip-dev', alpine: 'libzip-dev', from: /libzip/},
  // Those of libxml2 bring them along on Debian, those of PostgreSQL on Alpine.
  {of: /^intl$/, missing: 'icu-uc', debian: 'libicu-dev', alpine: 'icu-dev', from: /icu|xml|xslt|postgresql|curl/},
  {of: /^gd$/, missing: 'libpng', debian: 'libpng-dev', alpine: 'libpng-dev', from: /png|freetype|libgd|webp/},
  {
    of: /^gd --with-jpeg$/,
    missing: 'libjpeg',
    debian: 'libjpeg62-turbo-dev',
    alpine: 'libjpeg-turbo-dev',
    from: /jpeg|libgd|webp/,
  },
  {
    of: /^gd --with-freetype$/,
    missing: 'freetype2',
    debian: 'libfreetype-dev',
    alpine: 'freetype-dev',
    from: /freetype|libgd/,
  },
  {of: /^gd --with-webp$/, missing: 'libwebp', debian: 'libwebp-dev', alpine: 'libwebp-dev', from: /webp|libgd/},
  {
    of: /^(?:soap|dom|xml|simplexml|xmlwriter)$/,
    missing: 'libxml-2.0',
    debian: 'libxml2-dev',
    alpine: 'libxml2-dev',
    from: /xml|xslt|postgresql/,
  },
  {of: /^xsl$/, missing: 'libxslt', debian: 'libxslt1-dev', alpine: 'libxslt-dev', from: /xslt/},
  {
    of: /^bz2$/,
    missing: 'bzlib.h',
    debian: 'libbz2-dev',
    alpine: 'bzip2-dev',
    from: /bz2|bzip2-dev|freetype|libzip|xml|xslt|postgresql/,
  },
  {of: /^gmp$/, missing: 'gmp.h', debian: 'libgmp-dev', alpine: 'gmp-dev', from: /gmp|postgresql|curl|ruby/},
  {of: /^curl$/, missing: 'libcurl', debian: 'libcurl4-openssl-dev', alpine: 'curl-dev', from: /curl.{0,50}-dev/},
  {of: /^mbstring$/, missing: 'oniguruma', debian: 'libonig-dev', alpine: 'oniguruma-dev', from: /onig/},
  {of: /^ldap$/, missing: 'ldap.h', debian: 'libldap2-dev', alpine: 'openldap-dev', from: /ldap|postgresql|curl/},
  {of: /^tidy$/, missing: 'tidy.h', debian: 'libtidy-dev', alpine: 'tidyhtml-dev', from: /tidy/},
]

/** Packages with headers that bring no others than their own and those that `from` knows of; any other one may. */
const plainHeaders = new Set(
  `libpq-dev libzip-dev libicu-dev libpng-dev libjpeg-dev libjpeg62-turbo-dev libfreetype-dev libfreetype6-dev libwebp-dev
  libxml2-dev libxslt1-dev libbz2-dev libgmp-dev libcurl4-openssl-dev libonig-dev libldap2-dev libldap-dev libtidy-dev
  zlib1g-dev libssl-dev libsqlite3-dev default-libmysqlclient-dev libmariadb-dev libmcrypt-dev libmemcached-dev
  librabbitmq-dev libsodium-dev libreadline-dev libffi-dev libc-dev libc6-dev libyaml-dev
  icu-dev postgresql-dev libjpeg-turbo-dev jpeg-dev freetype-dev bzip2-dev gmp-dev curl-dev oniguruma-dev zlib-dev
  openssl-dev sqlite-dev musl-dev yaml-dev`.split(/\s+/),
)
const hasHeaders = (name: string): boolean =>
  /-dev(?:el)?\b|-(?:all|full)$|^ruby|sdk|headers/.test(name) && !/^icu-data/.test(name)

const brings =
  ({from}: Headers) =>
  (name: string): boolean =>
    hasHeaders(name) && (from.test(name) || !plainHeaders.has(name))

/** Ways to build them against something else, or without it. */
const builtOtherwise: Readonly<Record<string, RegExp>> = {
  mbstring: /ext-configure mbstring/,
  gd: /external-gd/,
  pgsql: /with-(?:pdo-)?pgsql=/,
  pdo_pgsql: /with-(?:pdo-)?pgsql=/,
}

function* absentHeaders(php: Php, command: Command): Generator<Finding> {
  const {packagesThen, words, at} = command
  for (const name of namesIn(command)) {
    if (builtOtherwise[name]?.test(php.text) || /PKG_CONFIG_PATH/.test(php.text)) continue
    const options = words.slice(2).map((word) => `${name} ${word?.replace(/[=/]{1,3}usr(?:\/include)?\/?$/, '')}`)
    for (const asked of words[0] === 'docker-php-ext-configure' ? options : [name]) {
      const wanted = headers.find(({of}) => of.test(asked))
      if (!wanted || !packagesThen.lack(brings(wanted))) continue
      const missing = php.isAlpine ? wanted.alpine : wanted.debian
      yield {
        message: `${words[0]} compiles ${asked}, and the stage has no ${wanted.missing}, which ${missing} brings: the build stops`,
        at,
        related: packagesThen.listedAt ? [packagesThen.listedAt] : [],
        hint: php.isAlpine
          ? `Before it: RUN apk add --no-cache ${missing}`
          : `Before it: RUN apt-get update && apt-get install -y --no-install-recommends ${missing}`,
      }
      return
    }
  }
}
