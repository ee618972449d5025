import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/sh-script',
  title: 'scripts of bash are not handed to sh',
  why: "sh of GitHub's runners is dash: at what only bash understands it ends, whatever the first line of the script asks for.",
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['shScripts'],
  *run({shScripts}) {
    for (const {step, at, command, path, word, says, place} of shScripts) {
      yield {
        message: `${command} is run by dash, and ${word} in ${path} is of bash: "${says}", and the job ${step.job.id} ends before it deploys`,
        at,
        related: [place],
        hint: `Write bash in the place of sh: bash ${command.replace(/^\S+\s+/, '')}`,
      }
    }
  },
})
