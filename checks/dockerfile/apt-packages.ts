import {
  defineCheck,
  type Facts,
  type FileLocation,
  foreignPhp,
  inSeries,
  installsByApt,
  wordPlace,
} from '../../src/check.ts'

/** What took the place of packages, or is meant by names of other distributions. */
const instead = new Map(
  `python-pip python3-pip, mysql-client default-mysql-client, mysql-server default-mysql-server,
  libmysqlclient-dev default-libmysqlclient-dev, libmariadbclient-dev libmariadb-dev, libjpeg8 libjpeg62-turbo,
  libjpeg-turbo8-dev libjpeg-dev, libpng12-0 libpng16-16, libssl1.0.0 libssl-dev, libssl1.0-dev libssl-dev, libssl1.1 libssl3,
  libcurl3 libcurl4, libreadline7 libreadline8, chromium-browser chromium, ttf-freefont fonts-freefont-ttf,
  ttf-liberation fonts-liberation, ttf-dejavu fonts-dejavu, iproute iproute2, sqlite sqlite3, qt5-default qtbase5-dev,
  python-certbot-nginx python3-certbot-nginx, py3-pip python3-pip, py-pip python3-pip, build-base build-essential,
  postgresql-dev libpq-dev, postgresql-devel libpq-dev, openssl-dev libssl-dev, openssl-devel libssl-dev,
  sqlite-dev libsqlite3-dev, sqlite-libs libsqlite3-0, zlib-dev zlib1g-dev, jpeg-dev libjpeg-dev,
  libjpeg-turbo-dev libjpeg-dev, vips-dev libvips-dev, mariadb-dev libmariadb-dev, mysql-dev default-libmysqlclient-dev,
  linux-headers linux-libc-dev, openssh openssh-client, gcc-c++ g++, curl-dev libcurl4-openssl-dev, icu-dev libicu-dev,
  icu-libs libicu-dev, yaml-dev libyaml-dev, gmp-dev libgmp-dev, imagemagick-dev libmagickwand-dev,
  freetype-dev libfreetype-dev, oniguruma-dev libonig-dev, krb5-dev libkrb5-dev, libpq libpq5, cairo-dev libcairo2-dev,
  pango-dev libpango1.0-dev, giflib-dev libgif-dev, tiff-dev libtiff-dev, python3-devel python3-dev, nodejs-npm npm,
  libgomp libgomp1, libstdc++ libstdc++6, su-exec gosu, python python3, python-dev python3-dev,
  python-setuptools python3-setuptools, python2 python3, python2.7 python3, netcat netcat-openbsd, libidn11 libidn12,
  libopenblas-base libopenblas0, libncurses5 libncurses6, libncursesw5 libncursesw6, libtinfo5 libtinfo6,
  libgl1-mesa-glx libgl1, libegl1-mesa libegl1, libgles2-mesa libgles2, python3-distutils python3-setuptools,
  libpcre3 libpcre2-8-0, libpcre3-dev libpcre2-dev, mime-support media-types, libldap-2.4-2 libldap2, libldap-2.5-0 libldap2,
  libgdk-pixbuf2.0-0 libgdk-pixbuf-2.0-0, libgdk-pixbuf2.0-dev libgdk-pixbuf-2.0-dev,
  libmagickwand-6.q16-6 libmagickwand-7.q16-10, policykit-1 polkitd, liblept5 libleptonica6, libatlas-base-dev libopenblas-dev,
  exa eza, youtube-dl yt-dlp, libreoffice-headless libreoffice-nogui, update-ca-certificates ca-certificates, magick imagemagick,
  convert imagemagick, pip3 python3-pip, ps procps, ping iputils-ping, dig dnsutils, nslookup dnsutils,
  ifconfig net-tools, nc netcat-openbsd, psql postgresql-client, redis-cli redis-tools, mysql default-mysql-client,
  ffprobe ffmpeg, pdftotext poppler-utils`
    .split(',')
    .map((pair) => pair.trim().split(/\s+/) as [string, string]),
)
/** What is in the archive's other parts, which the images of Debian do not ask. */
const ofOtherParts = /^(?:ttf-mscorefonts-installer|unrar|steamcmd|firmware-[\w-]+|libfdk-aac-dev)$/

/**
 * Parts of these are in the names of others that are only referred to: apt-get takes them for regular expressions, and goes
 * on.
 */
const pattern = /^(?:php\d\.\d|ruby3\.[01]|g\+\+-\d+|python3\.(?:6|7|8|10|13)|python3\.8-dev)$/

/** Extensions that are compiled into PHP: neither Debian's packages nor those of packages.sury.org have one for them. */
const builtIn = /^php\d\.\d-(core|date|filter|hash|openssl|pcre|reflection|session|spl|standard|zlib)$/

export default defineCheck({
  id: 'dockerfile/apt-packages',
  title: "apt finds the packages in the base's release",
  why: 'A package that the release of the base image does not have ends the build.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image'],
  uses: ['buildsElse', 'aptNames', 'dockerfile'],
  *run({image, buildsElse, aptNames, dockerfile}) {
    const placeOf = (at: FileLocation, name: string) => (dockerfile ? wordPlace(dockerfile.file, at, name) : at)
    for (const {words, decisive, at, otherSources} of installs(image)) {
      const name = words.find((word) => builtIn.test(word ?? ''))
      if (name === undefined) continue
      const [, extension = ''] = builtIn.exec(name) ?? []
      yield {
        message: `there is no package ${name}: ${extension} is part of PHP itself, and ${words[0]} install stops`,
        at: placeOf(at, name),
        hint: 'Leave it out.',
        // The archive of somebody else may have such a name.
        ...((buildsElse || !decisive || otherSources !== 'no') && {severity: 'warning'}),
      }
    }
    if (!aptNames) return
    for (const {words, decisive, at, stage, root, release, otherSources} of installs(image)) {
      // dockerfile/archived-release tells of mirrors that have none of its packages.
      if (!release || release.archived || otherSources === 'yes') continue
      const lacking = namesIn(words).flatMap((word) => {
        // Those of another PHP than the image's are told of as such, and those of PHP itself above.
        if (foreignPhp(root, word) || builtIn.test(word) || aptNames.has(release.name, word) !== false) return []
        // A source that is not seen may have any other name, and above all other versions.
        if (otherSources === 'maybe' && !instead.has(word)) return []
        const isKnown = instead.has(word) || aptNames.versionsOf(release.name, word).length > 0
        // apt-get takes a name with `.` or `+` that it does not have for a regular expression (apt-get(8)).
        const isPattern = words[0] === 'apt-get' && /[.+]/.test(word)
        const goesOn = isPattern && (pattern.test(word) || aptNames.match(release.name, word))
        const isUnsure = (isPattern && !isKnown) || mayCome(release.system, word)
        return [{word, apt: goesOn ? 'goes on' : isUnsure ? 'may stop' : 'stops'}]
      })
      for (const apt of ['stops', 'may stop', 'goes on']) {
        const names = lacking.filter((each) => each.apt === apt).map(({word}) => word)
        const [first, second] = names
        if (first === undefined) continue
        yield {
          message: `${release.system} (${release.name}), on which ${root.image} is built, has no package ${inSeries(names)}: ${words[0]} install ${apt === 'goes on' ? `takes the name for a pattern, and does not bring ${second ? 'them' : 'it'}` : 'stops'}`,
          at: placeOf(at, first),
          related: [stage.at],
          hint: names
            .map((name) => cureOf(aptNames, release.name, name, second ? `in the place of ${name}` : 'in its place'))
            .join(' '),
          // A tag that names no release may have been another one when the builder fetched it.
          ...((buildsElse || !release.stated || !decisive || apt !== 'stops' || otherSources === 'maybe') && {
            severity: 'warning',
          }),
        }
      }
    }
  },
})

const ofLanguages =
  /^(?:lib)?(?:golang|openjdk|rust|cargo|llvm|clang|gcc|g\+\+|python|php|dotnet|aspnetcore)[\w+.-]{0,50}\d/

/** Ubuntu goes on to add other versions of languages to its releases: `golang-1.23`, `openjdk-25-jdk`. */
const mayCome = (system: string, name: string): boolean => system.startsWith('Ubuntu') && ofLanguages.test(name)

function cureOf(names: NonNullable<Facts['aptNames']>, release: string, name: string, where: string): string {
  if (ofOtherParts.test(name)) return 'Add contrib and non-free to the components of its sources.'
  const named = instead.get(name)
  const isThere = named !== undefined && names.has(release, named) !== false
  const headers = names.has(release, `${name}-dev`) ? `${name}-dev` : undefined
  const versions = names.versionsOf(release, name).slice(-3).join(' or ')
  const other = isThere ? named : versions || headers || names.like(release, name)
  if (other) return `Install ${other} ${where}.`
  const last = names.lastWith(release, name)
  return `Leave ${where === 'in its place' ? 'it' : name} out${last ? `, or take an image of a release that has it, such as ${last}` : ', or add the source that has it'}.`
}

/** Options of apt with a value in the next word. */
const withValue = /^(?:-[tocax]|--(?:target-release|default-release|option|config-file|host-architecture))$/

/** The names of packages, as far as they are written in the command; of `curl=8.*` the name. */
function namesIn(words: readonly (string | undefined)[]): string[] {
  return words.slice(words.indexOf('install') + 1).flatMap((word, index, all) => {
    const name = word?.replace(/=.*$/s, '') ?? ''
    const isValue = index > 0 && withValue.test(all[index - 1] ?? '')
    // A file, an option, a name with a suite or an architecture; `vim-` takes vim away.
    return isValue || !/^[a-z0-9][a-z0-9+.-]+(?<!-)$/.test(name) ? [] : [name]
  })
}

/** The commands with which apt surely installs, each with the stage that it belongs to. */
const installs = ({stages}: Facts['image']) =>
  stages.flatMap(({stage, root, release, otherSources, commands}) =>
    commands
      .filter((command) => installsByApt(command) && !command.conditional)
      .map(({words, decisive, at}) => ({words, decisive, at, stage, root, release, otherSources})),
  )
