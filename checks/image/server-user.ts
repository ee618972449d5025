import {defineCheck} from '../../src/check.ts'

const errors = {
  nginx: (name: string) => `getpwnam("${name}") failed`,
  supervisord: (name: string) => `Invalid user name ${name}`,
}

export default defineCheck({
  id: 'image/server-user',
  title: 'the users that servers change to exist',
  why: 'nginx and supervisord start as root and look up the users of their configuration at once: without one they end.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['serverUsers'],
  uses: ['buildsElse'],
  *run({serverUsers, buildsElse}) {
    for (const {server, name, base, at, startedBy, isUsual, instead} of serverUsers) {
      yield {
        message: `${server} looks for the user ${name}, whom neither ${base} nor a RUN makes: it ends with ${errors[server](name)}`,
        at,
        related: startedBy ? [startedBy] : [],
        hint: instead
          ? `Write user ${instead}; which is the user of nginx there.`
          : `Name a user that is there, or make this one in the Dockerfile: RUN useradd --system ${name} (Alpine: adduser -S ${name}).`,
        ...((!(startedBy && isUsual) || buildsElse) && {severity: 'warning' as const}),
      }
    }
  },
})
