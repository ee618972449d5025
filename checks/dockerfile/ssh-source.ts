import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/ssh-source',
  title: 'the build clones no package by ssh without a key',
  why: 'On your machine git takes your own key; the builder has none, and the clone ends with "Permission denied (publickey)".',
  // A base image of the project's own may have a key, and a group that is left out is not cloned.
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['sshSources'],
  uses: ['buildsElse'],
  *run({sshSources, buildsElse}) {
    if (buildsElse) return
    for (const {tool, remote, https, at, run} of sshSources) {
      const name = /([^/:]+?)(?:\.git)?\/?$/.exec(remote)?.[1] ?? remote
      yield {
        message: `${tool} clones ${name} by ssh, and the build has no key for it: "Permission denied (publickey)", or no ssh at all`,
        at,
        related: [run],
        hint: `${https ? `If everybody may read it, ask by https: ${https}. ` : ''}For a private repository use https with a token that the RUN mounts (--mount=type=secret) and flyctl deploy --build-secret hands over.`,
      }
    }
  },
})
