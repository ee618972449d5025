import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/called-program',
  title: 'the programs that the code runs are in the image',
  why: 'Code that starts ffmpeg, pdftotext or git works where that is installed, and the small images of the languages have none.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['calledPrograms'],
  *run({calledPrograms}) {
    for (const {program, brings, library, by, at, base, distribution, beside, unfound} of calledPrograms) {
      if (unfound) {
        yield {
          message: `${library?.name} starts the browser for ${at.file}, which ${by} starts, and ${unfound.says}`,
          at,
          hint: unfound.hint,
        }
        continue
      }
      const starts = `which ${by} starts`
      const caller = library
        ? `${library.name} runs ${program} for ${at.file}, ${starts}`
        : `${at.file}, ${starts}, runs ${program}`
      const cure = {
        debian: library?.cure ?? `RUN apt-get update && apt-get install -y --no-install-recommends ${brings.debian}`,
        alpine: `RUN apk add --no-cache ${brings.alpine}`,
        none: undefined,
      }[distribution]
      yield {
        message: `${caller}, and the final stage (${base}) has ${library?.lacks ?? `no ${program}`}`,
        at: beside,
        related: [at],
        hint: cure ? `In the final stage: ${cure}` : `Begin the final stage with an image that has ${program}.`,
      }
    }
  },
})
