import {defineCheck} from '../../src/check.ts'

/** By the program of the base. */
const installs: Readonly<Record<string, string>> = {
  apk: 'apk add --no-cache',
  'apt-get': 'apt-get update && apt-get install -y',
  yum: 'yum install -y',
}

export default defineCheck({
  id: 'image/package-manager',
  title: 'packages are installed with the base image’s own program',
  why: 'Alpine has apk, Debian and Ubuntu have apt, CentOS has yum: another one is not found, and the build or the start ends there.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['foreignManagers'],
  uses: ['buildsElse'],
  *run({foreignManagers, buildsElse}) {
    for (const {program, own, base, system, by, at, from, sure} of foreignManagers) {
      const install = installs[own]
      yield {
        message: `${by ? `${by} comes to ${program}` : `RUN calls ${program}`}, which ${base} does not have: it is built on ${system}, whose program is ${own}`,
        at,
        related: [from],
        hint: by
          ? `Install in the Dockerfile, with the names of ${system}: RUN ${install} …, or take the base image that the script was written for.`
          : `Write ${install} with the names of ${system}, or take a base image that has ${program}.`,
        ...((!sure || by || buildsElse) && {severity: 'warning'}),
        ...(by && {failsAt: by === 'release_command' ? 'release' : 'boot'}),
      }
    }
  },
})
