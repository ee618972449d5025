import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/release-path',
  title: 'code of a release asks for priv where it is',
  why: 'A release has priv below lib/APP-VERSION: a path that begins with "priv" is looked for where the app was started, and is not there.',
  // What writes there may make the folder first, and lose what is in it with the next deploy.
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['releasePaths'],
  *run({releasePaths}) {
    for (const {call, path, at, starts} of releasePaths.slice(0, 5)) {
      yield {
        message: `${call} takes "${path}" from the folder where the app was started, and a release has its priv below lib: it is not there`,
        at,
        hint: `Ask for it by the app: Application.app_dir(:APP, "${path}"). What users upload belongs on a volume, or into object storage.`,
        ...(starts && {failsAt: 'boot' as const}),
      }
    }
  },
})
