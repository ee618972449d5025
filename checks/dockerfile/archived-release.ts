import {defineCheck} from '../../src/check.ts'

/** What asks the mirrors, and with which verbs; yum and dnf do at each install. */
const asks = new Map([
  ['apt-get', /^update$/],
  ['apt', /^update$/],
  ['yum', /^(?:install|localinstall|reinstall|group\w*|update\w*|upgrade|makecache|check-update|module)$/],
  ['dnf', /^(?:install|reinstall|group\w*|update\w*|upgrade|makecache|check-update|module|distro-sync|builddep)$/],
  ['microdnf', /^(?:install|update|upgrade)$/],
])

export default defineCheck({
  id: 'dockerfile/archived-release',
  title: 'the mirrors still have the release of the base image',
  why: 'The package manager of a release that was moved to an archive finds nothing, and the build ends there.',
  // A layer that was built earlier may still be in the builder's cache.
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image'],
  *run({image}) {
    // Stages that share a base share its mirrors.
    const told = new Set<unknown>()
    for (const {root, release, otherSources, commands} of image.stages) {
      if (!release?.archived || otherSources !== 'no' || told.has(root)) continue
      const asking = commands.find(
        ({words: [program = '', ...rest], conditional}) =>
          !conditional &&
          (asks.get(program)?.test(rest.find((word) => !word?.startsWith('-')) ?? '') ?? false) &&
          !rest.some((word) => /^--(?:disablerepo|repo\b|repofrompath)/.test(word ?? '')),
      )
      if (!asking) continue
      told.add(root)
      const [distribution = ''] = release.system.split(' ')
      const name = distribution === 'CentOS' ? '' : ` (${release.name})`
      yield {
        message: `${root.image} is ${release.system}${name}, which is no longer on the mirrors of ${distribution}: ${asking.words[0]} ${distribution === 'CentOS' ? 'fails' : 'update fails'}`,
        at: asking.at,
        related: [root.at],
        hint: hints.get(distribution)?.(release.name),
      }
    }
  },
})

const hints = new Map<string, (release: string) => string>([
  [
    'Debian',
    (release) =>
      /^(?:wheezy|jessie)$/.test(release)
        ? 'Take an image of a later release, such as bookworm.'
        : `Take an image of a later release, such as bookworm; or before it: RUN sed -i 's/deb.debian.org/archive.debian.org/; s/security.debian.org/archive.debian.org/${release === 'stretch' ? '; /stretch-updates/d' : ''}' /etc/apt/sources.list`,
  ],
  [
    'Ubuntu',
    () => 'Take a release with long-term support, such as ubuntu:24.04: the others are on the mirrors for nine months.',
  ],
  [
    'CentOS',
    () =>
      "Take an image that is kept up, such as rockylinux:9 or almalinux:9; or before it: RUN sed -i -e 's/^mirrorlist=/#&/' -e 's|^#\\s*baseurl=http://mirror.centos.org|baseurl=http://vault.centos.org|' /etc/yum.repos.d/CentOS-*.repo",
  ],
])
