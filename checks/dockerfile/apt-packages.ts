import {defineCheck, type Facts, knownInstallers, runsFetched} from '../../src/check.ts'

type Stage = Facts['image']['stages'][number]

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

/** What makes apt look elsewhere. */
const otherSources =
  /sources\.list|\.sources\b|\/etc\/apt\/|add-apt-repository|archive\.debian\.org|old-releases\.ubuntu|snapshot\.debian\.org|apt\.postgresql\.org|extrepo|\bdpkg -i|pgdg/

/** A script of the project's own, which may bring other sources; those of these names do not. */
const scripts = /(?:^|[\s;&|])(?:[^\s;&|]*\/)?[\w-]+\.sh\b/
const harmless = /wait-for|entrypoint/

export default defineCheck({
  id: 'dockerfile/apt-packages',
  title: "apt finds the packages in the base's release",
  why: 'A package that the release of the base image does not have ends the build, and so do mirrors that no longer have the release.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image', 'dockerfile'],
  uses: ['deployCommands'],
  *run({image, dockerfile, deployCommands}) {
    const isElse = deployCommands?.buildsElse(dockerfile.file.path)
    // Stages that share a base share its mirrors.
    const told = new Set<string>()
    for (const stage of image.stages) {
      const {release} = stage
      if (!release || !(debians.includes(release.name) || release.archived) || looksElsewhere(stage)) continue
      const runsScripts = ran(stage).some(mayBringSources)
      for (const {words, conditional, decisive, at} of stage.commands) {
        if (!/^(?:apt-get|apt)$/.test(words[0] ?? '') || conditional) continue
        if (release.archived) {
          if (!words.includes('update') || told.has(baseOf(stage))) continue
          told.add(baseOf(stage))
          yield {
            message: `${baseOf(stage)} is ${release.system} (${release.name}), which is no longer on the mirrors of ${release.system.split(' ')[0]}: ${words[0]} update fails`,
            at,
            related: [stage.stage.at],
            hint: debians.includes(release.name)
              ? "Take an image of a later release, such as bookworm; or before it: RUN sed -i 's/deb.debian.org/archive.debian.org/; s/security.debian.org/archive.debian.org/' /etc/apt/sources.list"
              : 'Take a release with long-term support, such as ubuntu:24.04: the others are on the mirrors for nine months.',
            // A layer that was built earlier may still be in the builder's cache.
            severity: 'warning',
          }
          break
        }
        if (!words.includes('install')) continue
        for (const word of words.slice(words.indexOf('install') + 1)) {
          const missing = word === undefined ? undefined : lackedBy(release.name, word)
          if (!missing) continue
          yield {
            message: `${release.system} (${release.name}), on which ${baseOf(stage)} is built, has no package ${word}: ${words[0]} install stops`,
            at,
            related: [stage.stage.at],
            hint: missing.instead
              ? `Install ${missing.instead} in its place.`
              : `Leave it out, or take an image of a release that has it${missing.last ? `, such as ${missing.last}` : ''}.`,
            // A tag that names no release may have been another one when the builder fetched it.
            ...((isElse || !release.stated || !decisive || runsScripts) && {severity: 'warning'}),
          }
        }
      }
    }
  },
})

const mayBringSources = (part: string): boolean =>
  (runsFetched.test(part) || (scripts.test(part) && !harmless.test(part))) && !knownInstallers.test(part)

function looksElsewhere({stage}: Stage): boolean {
  return instructionsOf(stage).some(({keyword, text}) => /^(?:RUN|COPY|ADD)$/.test(keyword) && otherSources.test(text))
}

/** The commands of a stage and of those that it is built on, as they are written. */
const ran = ({stage}: Stage): string[] =>
  instructionsOf(stage).flatMap(({keyword, text}) => (keyword === 'RUN' ? text.split(/&&|;/) : []))

function instructionsOf(stage: Stage['stage']): Stage['stage']['instructions'][number][] {
  return [...(stage.parent ? instructionsOf(stage.parent) : []), ...stage.instructions]
}

const baseOf = ({stage}: Stage): string => {
  let root = stage
  while (root.parent) root = root.parent
  return root.image ?? 'the base'
}

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
