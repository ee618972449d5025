import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/user',
  title: 'the user of the image exists',
  why: 'Nothing can be started as a user that the image does not have, neither in the build nor on the machine.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['userRights'],
  uses: ['buildsElse'],
  *run({userRights, buildsElse}) {
    for (const {name, base, at, atBuild, madeLater} of userRights.unknown) {
      const then = atBuild ? 'the next RUN ends the build' : 'the machine cannot start anything'
      yield {
        message: madeLater
          ? `USER ${name} stands before the RUN that makes ${name}: ${then}`
          : `USER ${name}: neither ${base} nor a RUN before makes this user: ${then}`,
        at,
        related: madeLater ? [madeLater] : [],
        hint: madeLater
          ? `Move USER ${name} behind that RUN.`
          : `Before it: RUN useradd --create-home ${name} (Alpine: adduser -D ${name}), or take a user that ${base} has.`,
        ...(atBuild && {failsAt: 'build'}),
        ...(buildsElse && {severity: 'warning'}),
      }
    }
  },
})
