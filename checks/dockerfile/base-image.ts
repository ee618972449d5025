import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/base-image',
  title: 'the images that the build takes from exist',
  why: 'The build ends at a FROM or COPY --from whose image or tag Docker Hub does not have.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['baseImages'],
  uses: ['buildsElse'],
  *run({baseImages, buildsElse}) {
    for (const {image, at, passed, missing, mayBeMade} of baseImages) {
      if (!missing) continue
      const made = mayBeMade ? ', and a build by Fly.io has no images and contexts of this computer' : ''
      const unless = passed ? `, unless --build-arg says another ${passed.argument}` : ''
      yield {
        message: `${image} ${missing.likely ? 'is not likely to exist' : 'does not exist'}: ${missing.why}${made}${unless}`,
        at,
        related: passed ? [passed.by] : [],
        hint:
          missing.cure ??
          (missing.instead.length > 0
            ? `Take one that there is: ${missing.instead.join(', ')}.`
            : 'Write FROM … AS the name of it.'),
        ...((buildsElse || mayBeMade || missing.likely) && {severity: 'warning'}),
        // The project's own deploys pass a tag that there is, as far as anybody knows.
        ...(passed && {severity: 'info'}),
      }
    }
  },
})
