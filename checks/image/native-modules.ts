import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/native-modules',
  title: 'native packages of npm load in the last stage',
  why: 'A native part is made for the C library of the stage that installs it: with another one, node cannot load it.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['foreignModules', 'build'],
  uses: ['buildsElse'],
  *run({foreignModules, build, buildsElse}) {
    for (const {name, version, at, built, runs, libc, hasNone, install, loadedAt} of foreignModules) {
      yield {
        message: hasNone
          ? `${name}${version && ` ${version}`} has a native part for glibc alone, and it does not load on ${runs}, whose C library is ${libc}`
          : `${name} ${version} is installed on ${built}, and its native part does not load on ${runs}, whose C library is ${libc}`,
        at: build.final.stage.at,
        related: [install, ...(loadedAt ? [loadedAt] : []), at],
        hint: hasNone
          ? `Take Debian for the image: FROM node with -slim in the place of -alpine.`
          : 'Build both stages on the same system, or install the packages in the last stage: RUN npm ci --omit=dev',
        // Of what is not seen to be loaded the app may do without.
        ...((buildsElse || !loadedAt) && {severity: 'warning'}),
        ...(!loadedAt && {failsAt: 'runtime'}),
      }
    }
  },
})
