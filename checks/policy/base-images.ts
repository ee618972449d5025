import {defineCheck, fitsOne, oneOf, plainName} from '../../src/check.ts'

export default defineCheck({
  id: 'policy/base-images',
  title: 'the image is made from images that the policy allows',
  why: "The project's own rule in preflight.toml is broken: an image that nobody has reviewed gets into production.",
  severity: 'error',
  failsAt: 'policy',
  since: '0.1.0',
  needs: ['settings', 'baseImages'],
  *run({settings: {policy}, baseImages}) {
    const {baseImages: rule} = policy
    if (!rule) return '[policy] has no base-images'
    for (const {image, at, filledIn} of baseImages) {
      // With and without `docker.io/library/` and a digest: a rule names an image as people do.
      if (image === 'scratch' || fitsOne(image, rule.value) || fitsOne(plainName(image), rule.value)) continue
      yield {
        message: `${image} is used here, [policy] allows ${oneOf(rule.value)}`,
        at,
        related: [rule.at],
        hint: 'Take an image that is allowed, or add this one to base-images.',
        // A build argument that is not known may name another one.
        ...(filledIn && {severity: 'warning'}),
      }
    }
  },
})
