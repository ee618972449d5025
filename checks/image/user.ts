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
    for (const {name, by, base, at, atBuild, madeLater} of userRights.unknown) {
      const instruction = by === 'USER' ? `USER ${name}` : `${by} --chown=${name}`
      const then =
        by === 'USER'
          ? atBuild
            ? 'the next RUN ends the build'
            : 'the machine cannot start anything'
          : 'the build ends there ("no such user")'
      yield {
        message: madeLater
          ? `${instruction} stands before the RUN that makes ${name}: ${then}`
          : `${instruction}: neither ${base} nor a RUN before makes this user: ${then}`,
        at,
        related: madeLater ? [madeLater] : [],
        hint: madeLater
          ? `Move ${instruction} behind that RUN.`
          : `Before it: RUN useradd --create-home ${name} (Alpine: adduser -D ${name}), or take a user that ${base} has.`,
        ...(atBuild && {failsAt: 'build'}),
        ...(buildsElse && {severity: 'warning'}),
      }
    }
  },
})
