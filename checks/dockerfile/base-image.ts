import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/base-image',
  title: 'the tags of the official images exist',
  why: 'The build ends at a FROM or COPY --from whose tag Docker Hub does not have.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['baseImages', 'dockerfile'],
  uses: ['deployCommands'],
  *run({baseImages, dockerfile, deployCommands}) {
    const isElse = deployCommands?.buildsElse(dockerfile.file.path)
    for (const {image, at, filledIn, missing} of baseImages) {
      if (!missing) continue
      // A deploy of the project may fill in another tag.
      const isOther = isElse || (filledIn && deployCommands?.hasFlag('--build-arg'))
      yield {
        message: `${image} does not exist: ${missing.why}`,
        at,
        hint: `Take a tag that there is: ${missing.instead.join(', ')}.`,
        ...(isOther && {severity: 'warning'}),
      }
    }
  },
})
