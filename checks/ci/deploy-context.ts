import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/deploy-context',
  title: 'workflows run flyctl where the Dockerfile expects it',
  why: 'The folder in which flyctl runs is the build context: COPY finds only what lies below it.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['contextGaps'],
  *run({contextGaps}) {
    for (const {deploy, folder, path, instruction, beside} of contextGaps) {
      if (beside) {
        yield {
          message: `flyctl builds ${path}, which lies where it runs, and not ${beside.path}: -c says where the configuration is, and nothing more`,
          at: deploy.call.at,
          related: [{file: path}, {file: beside.path}],
          hint: `Let flyctl work in that folder: flyctl deploy ${beside.folder}, without -c. Or name it in ${deploy.config}: [build] dockerfile = "Dockerfile"; it is then built from ${folder === '.' ? 'here' : folder}.`,
        }
        continue
      }
      if (!instruction) {
        yield {
          message: `flyctl runs in ${folder}, where there is no Dockerfile, and ${deploy.config} names none: it finds nothing to build`,
          at: deploy.call.at,
          related: [{file: path}],
          hint: `Let the step run in the folder of the Dockerfile, or name it in ${deploy.config}: [build] dockerfile = "…", relative to that file.`,
        }
        continue
      }
      yield {
        message: `flyctl runs in ${folder}, so the build context is that folder, and ${path} is not in it: ${instruction.keyword} then fails`,
        at: deploy.call.at,
        related: [instruction.at],
        hint: `Let the step run where ${path} is found, and name the configuration: flyctl deploy -c ${deploy.config ?? 'PATH'}`,
      }
    }
  },
})
