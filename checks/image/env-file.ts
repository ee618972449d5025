import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/env-file',
  title: 'node finds the env files that it is told to read',
  why: 'node --env-file=.env ends at once where that file is not there: the app does not start.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['envFiles'],
  uses: ['buildsElse'],
  *run({envFiles, buildsElse}) {
    for (const {by, at, file, path, node, rule, isIgnored} of envFiles) {
      const release = by === 'release_command' && ({failsAt: 'release'} as const)
      if (node !== undefined) {
        yield {
          message: `${by} starts node with --env-file, which node ${node} of the image does not know: it stops with "bad option"`,
          at,
          hint: 'Take node 20.6 or later, or leave the option out: Fly.io sets secrets and [env] by itself.',
          ...(buildsElse && {severity: 'warning' as const}),
          ...release,
        }
        continue
      }
      const why = rule ? `.dockerignore keeps it out of the image` : isIgnored ? 'git ignores it' : 'nothing brings it'
      yield {
        message: `${by} starts node with --env-file, and ${path} is not in the image (${why}): node stops with "${file}: not found"`,
        at,
        related: rule ? [rule] : [],
        hint: `Leave the option out for production: Fly.io sets secrets and [env] by itself; or write --env-file-if-exists=${file} (node 22.9 and later).`,
        // A file that is ignored by git alone may lie where somebody else deploys from.
        ...((buildsElse || !rule) && {severity: 'warning' as const}),
        ...release,
      }
    }
  },
})
