import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/framework-output',
  title: 'the framework writes the server that node starts',
  why: 'What a framework writes depends on its adapter or preset: a server that it does not write cannot start.',
  // A plugin or another step may write it.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['frameworkOutput', 'build'],
  uses: ['buildsElse'],
  *run({frameworkOutput, build, buildsElse}) {
    for (const {by, script, at, because, related, hint, proven} of frameworkOutput) {
      yield {
        message: `${by} starts ${script}, but ${because}`,
        at,
        related: [...related, build.final.stage.at],
        hint,
        ...(proven && !buildsElse && {severity: 'error'}),
        ...(by === 'release_command' && {failsAt: 'release'}),
      }
    }
  },
})
