import {defineCheck} from '../../src/check.ts'

/** Debian's releases in their order; of each the one PostgreSQL and the Javas that it has (packages.debian.org). */
const debians = ['stretch', 'buster', 'bullseye', 'bookworm', 'trixie']
const postgres = new Map([
  ['bullseye', 13],
  ['bookworm', 15],
  ['trixie', 17],
])
const javas = new Map([
  ['bullseye', [11, 17]],
  ['bookworm', [17]],
  ['trixie', [21, 25]],
])

/**
 * Packages that a release no longer has, and what takes their place, if anything: by the last release that had them.
 * Names that the new package goes on to provide are not among them.
 */
const gone = new Map<string, ReadonlyMap<string, string | undefined>>([
  [
    'bullseye',
    new Map([
      ['libssl1.1', 'libssl3'],
      ['libffi7', 'libffi8'],
      ['libicu67', undefined],
      ['libwebp6', 'libwebp7'],
      ['libtiff5', 'libtiff6'],
      ['libldap-2.4-2', undefined],
      ['python2', 'python3'],
      ['netcat', 'netcat-openbsd'],
      ['libgdal28', undefined],
    ]),
  ],
  [
    'bookworm',
    new Map([
      ['libncurses5', 'libncurses6'],
      ['libncursesw5', 'libncursesw6'],
      ['libtinfo5', 'libtinfo6'],
      ['libgl1-mesa-glx', 'libgl1'],
      ['python3-distutils', 'python3-setuptools'],
      ['wkhtmltopdf', undefined],
      ['software-properties-common', undefined],
      ['libpcre3', 'libpcre2-8-0'],
      ['mime-support', 'media-types'],
      ['libicu72', 'libicu76'],
      ['libldap-2.5-0', 'libldap2'],
      ['libzip4', 'libzip5'],
      ['libgdk-pixbuf2.0-0', 'libgdk-pixbuf-2.0-0'],
      ['libhiredis0.14', undefined],
    ]),
  ],
])

/** Extensions that are compiled into PHP: neither Debian's packages nor those of packages.sury.org have one for them. */
const builtIn = /^php\d\.\d-(core|date|filter|hash|openssl|pcre|reflection|session|spl|standard|zlib)$/

export default defineCheck({
  id: 'dockerfile/apt-packages',
  title: "apt finds the packages in the base's release",
  why: 'A package that the release of the base image does not have ends the build.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image', 'dockerfile'],
  uses: ['deployCommands'],
  *run({image, dockerfile, deployCommands}) {
    const isElse = deployCommands?.buildsElse(dockerfile.file.path)
    for (const {otherSources, commands} of image.stages) {
      for (const {words, conditional, decisive, at} of commands) {
        if (!/^(?:apt-get|apt)$/.test(words[0] ?? '') || conditional || !words.includes('install')) continue
        const name = words.find((word) => builtIn.test(word ?? ''))
        if (name === undefined) continue
        const [, extension = ''] = builtIn.exec(name) ?? []
        yield {
          message: `there is no package ${name}: ${extension} is part of PHP itself, and ${words[0]} install stops`,
          at,
          hint: 'Leave it out.',
          // The archive of somebody else may have such a name.
          ...((isElse || !decisive || otherSources !== 'no') && {severity: 'warning'}),
        }
      }
    }
    for (const {stage, root, release, otherSources, commands} of image.stages) {
      // dockerfile/archived-release tells of mirrors that have none of its packages.
      if (!release || !debians.includes(release.name) || release.archived || otherSources === 'yes') continue
      for (const {words, conditional, decisive, at} of commands) {
        if (!/^(?:apt-get|apt)$/.test(words[0] ?? '') || conditional || !words.includes('install')) continue
        for (const word of words.slice(words.indexOf('install') + 1)) {
          const missing = word === undefined ? undefined : lackedBy(release.name, word)
          if (!missing) continue
          yield {
            message: `${release.system} (${release.name}), on which ${root.image} is built, has no package ${word}: ${words[0]} install stops`,
            at,
            related: [stage.at],
            hint: missing.instead
              ? `Install ${missing.instead} in its place.`
              : `Leave it out, or take an image of a release that has it${missing.last ? `, such as ${missing.last}` : ''}.`,
            // A tag that names no release may have been another one when the builder fetched it.
            ...((isElse || !release.stated || !decisive || otherSources === 'maybe') && {severity: 'warning'}),
          }
        }
      }
    }
  },
})

/** Why a release has no package of this name; undefined where it has, or nothing is known. */
function lackedBy(release: string, name: string): {instead?: string | undefined; last?: string} | undefined {
  const client = /^postgresql-client-(\d+)$/.exec(name)?.[1]
  const server = postgres.get(release)
  if (client && server && Number(client) !== server)
    return {instead: `postgresql-client-${server} (or postgresql-client)`}
  const [, java, rest] = /^openjdk-(\d+)-(j(?:re|dk)(?:-headless)?)$/.exec(name) ?? []
  const list = javas.get(release)
  if (java && list && !list.includes(Number(java))) {
    const newer = list.filter((each) => each >= Number(java))
    return {instead: (newer.length > 0 ? newer : list).map((each) => `openjdk-${each}-${rest}`).join(' or ')}
  }
  for (const [last, names] of gone) {
    if (names.has(name) && debians.indexOf(release) > debians.indexOf(last)) return {instead: names.get(name), last}
  }
  return undefined
}
