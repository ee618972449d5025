import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/build-variables',
  title: 'the build has the variables that it stops without',
  why: 'The secrets of the app and [env] are not there during the build: code that demands one of them then ends it.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['buildVariables'],
  uses: ['buildsElse'],
  *run({buildVariables, buildsElse}) {
    const told = new Set<string>()
    for (const {name, command, at, read, hint, what, isCertain} of buildVariables) {
      if (told.has(name)) continue
      told.add(name)
      yield {
        message: `${command} ${isCertain ? 'stops' : 'may stop'}: it reads ${what ?? name}, and nothing sets ${what ? name : 'that'} during the build`,
        at,
        related: [read],
        hint,
        ...((buildsElse || !isCertain) && {severity: 'warning'}),
      }
    }
  },
})
