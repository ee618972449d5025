import {defineCheck, wordPlace} from '../../src/check.ts'

/** Names that Alpine does not have, mostly of Debian, and what it calls that. `python` was Alpine's own up to 3.11. */
const others = new Map<string, {instead?: string; since?: number}>([
  ['python', {instead: 'python3', since: 12}],
  ['python-dev', {instead: 'python3-dev', since: 12}],
  // For programs that were linked with OpenSSL 1.1, as the engines of Prisma before version 4.8.
  ['openssl1.1-compat', {instead: 'openssl', since: 21}],
  ['build-essential', {instead: 'build-base'}],
  ['python3-pip', {instead: 'py3-pip'}],
  ['python3-venv', {instead: 'python3'}],
  ['python-pip', {instead: 'py3-pip'}],
  ['libssl-dev', {instead: 'openssl-dev'}],
  ['libsqlite3-dev', {instead: 'sqlite-dev'}],
  ['zlib1g-dev', {instead: 'zlib-dev'}],
  ['libcurl4-openssl-dev', {instead: 'curl-dev'}],
  ['default-libmysqlclient-dev', {instead: 'mariadb-dev'}],
  ['default-mysql-client', {instead: 'mariadb-client'}],
  ['redis-tools', {instead: 'redis'}],
  ['libvips', {instead: 'vips'}],
  ['libvips-dev', {instead: 'vips-dev'}],
  ['xz-utils', {instead: 'xz'}],
  ['dnsutils', {instead: 'bind-tools'}],
  ['cron', {}],
  ['software-properties-common', {}],
  ['apt-transport-https', {}],
])

/** Names that follow a rule, which no release of Alpine has. */
const patterns: readonly {name: RegExp; instead: string}[] = [
  // Debian writes the version of PHP with a point, Alpine without.
  {name: /^php(\d)\.(\d)(-[\w-]+)?$/, instead: 'php$1$2$3'},
  // PDO comes with PHP, not from PECL.
  {name: /^(php\d+)-pecl-(pdo_(?:pgsql|mysql|sqlite|odbc|dblib))$/, instead: '$1-$2'},
]

/** Debian names the package of a library by the version of its interface: libpango-1.0-0, libglib2.0-0t64. */
const library = /^lib([a-z][\w+-]{0,100}?)-?\d+\.\d+-\d+(?:t64)?$/

function otherName(word: string): {instead?: string; since?: number; library?: string} | undefined {
  const found = others.get(word)
  const pattern = found ? undefined : patterns.find(({name}) => name.test(word))
  if (library.test(word)) return {library: word.replace(library, '$1')}
  return pattern ? {instead: word.replace(pattern.name, pattern.instead)} : found
}

export default defineCheck({
  id: 'dockerfile/apk-packages',
  title: 'Alpine has the packages that apk is told to add',
  why: 'apk ends the build at a name that no repository of Alpine has.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image'],
  uses: ['buildsElse', 'dockerfile'],
  *run({image, buildsElse, dockerfile}) {
    for (const {stage, root, release, otherSources, commands} of image.stages) {
      // The repositories of somebody else may have such a name.
      if (release?.name !== 'alpine' || otherSources === 'yes') continue
      for (const {words, conditional, decisive, at} of commands) {
        // Another repository may have what is called so.
        const isOther = words.some((word) => word === undefined || /^(?:-X|--repository)/.test(word))
        if (words[0] !== 'apk' || !words.includes('add') || conditional || isOther) continue
        for (const word of words.slice(words.indexOf('add') + 1)) {
          const known = word === undefined ? undefined : otherName(word)
          if (word === undefined || !known || (known.since !== undefined && (release.alpine ?? 0) < known.since))
            continue
          // `--virtual NAME` calls the packages behind it so.
          if (/^(?:-t|--virtual)$/.test(words[words.indexOf(word) - 1] ?? '')) continue
          yield {
            message: `Alpine, on which ${root.image} is built, has no package ${word}: apk add stops`,
            at: dockerfile ? wordPlace(dockerfile.file, at, word) : at,
            related: [stage.at],
            hint: known.instead
              ? `Add ${known.instead} in its place.`
              : known.library
                ? `This is Debian's name of it. What Alpine calls it, apk search ${known.library} tells.`
                : 'Leave it out: what it is for, Alpine does itself.',
            ...((buildsElse || !decisive || otherSources === 'maybe') && {severity: 'warning'}),
          }
        }
      }
    }
  },
})
