import {defineCheck, type Facts, foreignPhp} from '../../src/check.ts'

/** Debian's releases, in their order, whose packages its mirrors have. */
const debians = ['bullseye', 'bookworm', 'trixie']

/** Packages with a version in their names, `$1$2$3`, and which of them each of the releases has (its Packages file). */
const versioned: readonly (readonly [name: RegExp, ...versions: (readonly string[])[]])[] = [
  [/^((?:lib)?python3\.)(\d+)((?:-(?:dev|venv|minimal|full))?)$/, ['9'], ['11'], ['13']],
  [/^(php)(\d\.\d)((?:-[a-z][\w-]*)?)$/, ['7.4'], ['8.2'], ['8.4']],
  [/^(ruby)(\d\.\d)((?:-dev)?)$/, ['2.7'], ['3.1'], ['3.3']],
  [/^(golang-1\.)(\d+)((?:-go)?)$/, ['15'], ['19'], ['24']],
  [/^((?:gcc|g\+\+)-)(\d+)()$/, ['9', '10'], ['11', '12'], ['12', '13', '14']],
  [/^(openjdk-)(\d+)(-j(?:re|dk)(?:-headless)?)$/, ['11', '17'], ['17'], ['21', '25']],
  [/^(postgresql(?:-client)?-)(\d+)()$/, ['13'], ['15'], ['17']],
  [/^(libicu)(\d+)()$/, ['67'], ['72'], ['76']],
  [/^(libgdal)(\d+)()$/, ['28'], ['32'], ['36']],
  [/^(libvpx)(\d+)()$/, ['6'], ['7'], ['9']],
  [/^(libavcodec)(\d+)()$/, ['58'], ['59'], ['61']],
  [/^(libwebp)(\d+)()$/, ['6'], ['7'], ['7']],
  [/^(libffi)(\d+)()$/, ['7'], ['8'], ['8']],
  [/^(libtiff)(\d+)()$/, ['5'], ['6'], ['6']],
  [/^(libzip)(\d+)()$/, ['4'], ['4'], ['5']],
  [/^(libtesseract)(\d+)()$/, ['4'], ['5'], ['5']],
]

/**
 * Packages by the first of these releases that does not have them, and what takes their place, if anything. Names that a
 * new package goes on to provide are not among them.
 */
const gone: readonly ReadonlyMap<string, string | undefined>[] = [
  // Gone before it, or never there: names of other distributions.
  table(`
    python-pip python3-pip, mysql-client default-mysql-client, mysql-server default-mysql-server,
    libmysqlclient-dev default-libmysqlclient-dev, libmariadbclient-dev libmariadb-dev, mongodb, mongodb-clients,
    libjpeg8 libjpeg62-turbo, libjpeg-turbo8-dev libjpeg-dev, libpng12-0 libpng16-16, libjasper-dev,
    libssl1.0.0 libssl-dev, libssl1.0-dev libssl-dev, libcurl3 libcurl4, libreadline7 libreadline8, multiarch-support,
    chromium-browser chromium, ttf-freefont fonts-freefont-ttf, ttf-liberation fonts-liberation,
    ttf-dejavu fonts-dejavu, iproute iproute2, sqlite sqlite3, qt5-default qtbase5-dev,
    python-certbot-nginx python3-certbot-nginx, py3-pip python3-pip, py-pip python3-pip, build-base build-essential,
    postgresql-dev libpq-dev, postgresql-devel libpq-dev, openssl-dev libssl-dev, openssl-devel libssl-dev,
    sqlite-dev libsqlite3-dev, sqlite-libs libsqlite3-0, zlib-dev zlib1g-dev, jpeg-dev libjpeg-dev,
    libjpeg-turbo-dev libjpeg-dev, vips-dev libvips-dev, mariadb-dev libmariadb-dev, mysql-dev default-libmysqlclient-dev,
    linux-headers linux-libc-dev, openssh openssh-client, gcc-c++ g++, curl-dev libcurl4-openssl-dev, icu-dev libicu-dev,
    icu-libs libicu-dev, yaml-dev libyaml-dev, gmp-dev libgmp-dev, imagemagick-dev libmagickwand-dev,
    freetype-dev libfreetype-dev, oniguruma-dev libonig-dev, krb5-dev libkrb5-dev, libpq libpq5, cairo-dev libcairo2-dev,
    pango-dev libpango1.0-dev, giflib-dev libgif-dev, tiff-dev libtiff-dev, python3-devel python3-dev, nodejs-npm npm,
    libgomp libgomp1, libstdc++ libstdc++6, libc6-compat, gcompat, su-exec gosu, shadow passwd`),
  table(`
    python python3, python-dev python3-dev, python-setuptools python3-setuptools, python2 python3, python2.7 python3,
    libssl1.1 libssl3, libldap-2.4-2, netcat netcat-openbsd, libidn11 libidn12, libopenblas-base libopenblas0`),
  table(`
    libncurses5 libncurses6, libncursesw5 libncursesw6, libtinfo5 libtinfo6, libgl1-mesa-glx libgl1,
    libegl1-mesa libegl1, libgles2-mesa libgles2, python3-distutils python3-setuptools, wkhtmltopdf,
    software-properties-common, libpcre3 libpcre2-8-0, libpcre3-dev libpcre2-dev, mime-support media-types,
    libldap-2.5-0 libldap2, libgdk-pixbuf2.0-0 libgdk-pixbuf-2.0-0, libgdk-pixbuf2.0-dev libgdk-pixbuf-2.0-dev,
    libhiredis0.14, libgconf-2-4, gconf-service, libappindicator1, libmagickwand-6.q16-6 libmagickwand-7.q16-10,
    policykit-1 polkitd, liblept5 libleptonica6, libatlas-base-dev libopenblas-dev, libhdf5-103 libhdf5-310,
    exa eza, neofetch, youtube-dl yt-dlp`),
]

function table(text: string): ReadonlyMap<string, string | undefined> {
  return new Map(text.split(',').map((pair) => pair.trim().split(/\s+/) as [string, string | undefined]))
}

/**
 * apt-get takes a name with `.` or `+` that nothing refers to for a regular expression (apt-get(8)). Parts of these are in
 * the names of others, mostly of ones that are only referred to: apt-get installs those, or nothing, and goes on.
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
  uses: ['buildsElse'],
  *run({image, buildsElse}) {
    for (const {words, decisive, at, otherSources} of installs(image)) {
      const name = words.find((word) => builtIn.test(word ?? ''))
      if (name === undefined) continue
      const [, extension = ''] = builtIn.exec(name) ?? []
      yield {
        message: `there is no package ${name}: ${extension} is part of PHP itself, and ${words[0]} install stops`,
        at,
        hint: 'Leave it out.',
        // The archive of somebody else may have such a name.
        ...((buildsElse || !decisive || otherSources !== 'no') && {severity: 'warning'}),
      }
    }
    for (const {words, decisive, at, stage, root, release, otherSources} of installs(image)) {
      // dockerfile/archived-release tells of mirrors that have none of its packages.
      if (!release || !debians.includes(release.name) || release.archived || otherSources === 'yes') continue
      for (const word of words.slice(words.indexOf('install') + 1)) {
        // Those of another PHP than the image's are told of as such.
        const isTold = word === undefined || foreignPhp(root, word)
        const missing = isTold ? undefined : lackedBy(release.name, word)
        if (!missing) continue
        const goesOn = words[0] === 'apt-get' && pattern.test(word ?? '')
        yield {
          message: `${release.system} (${release.name}), on which ${root.image} is built, has no package ${word}: ${words[0]} install ${goesOn ? 'takes the name for a pattern, and does not bring it' : 'stops'}`,
          at,
          related: [stage.at],
          hint: missing.instead
            ? `Install ${missing.instead} in its place.`
            : `Leave it out${missing.last ? `, or take an image of a release that has it, such as ${missing.last}` : ''}.`,
          // A tag that names no release may have been another one when the builder fetched it.
          ...((buildsElse || !release.stated || !decisive || goesOn || otherSources === 'maybe') && {
            severity: 'warning',
          }),
        }
      }
    }
  },
})

/** The commands with which apt surely installs, each with the stage that it belongs to. */
const installs = ({stages}: Facts['image']) =>
  stages.flatMap(({stage, root, release, otherSources, commands}) =>
    commands
      .filter(
        ({words, conditional}) => /^(?:apt-get|apt)$/.test(words[0] ?? '') && !conditional && words.includes('install'),
      )
      .map(({words, decisive, at}) => ({words, decisive, at, stage, root, release, otherSources})),
  )

/** Why a release has no package of this name; undefined where it has, or nothing is known. */
function lackedBy(
  release: string,
  name: string,
): {instead?: string | undefined; last?: string | undefined} | undefined {
  const number = debians.indexOf(release)
  for (const [names, ...lists] of versioned) {
    const [, before, version = '', behind] = names.exec(name) ?? []
    if (before === undefined) continue
    const list = lists[number] ?? []
    if (list.includes(version)) return undefined
    const newer = list.filter((each) => each.localeCompare(version, 'en', {numeric: true}) > 0)
    return {instead: (newer.length > 0 ? newer : list).map((each) => `${before}${each}${behind}`).join(' or ')}
  }
  const first = gone.findIndex((names) => names.has(name))
  return first < 0 || number < first ? undefined : {instead: gone[first]?.get(name), last: debians[first - 1]}
}
