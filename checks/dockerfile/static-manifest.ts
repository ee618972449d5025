import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/static-manifest',
  title: 'the release has the static files that Phoenix serves',
  why: 'Styles and scripts that no step builds are not in the release: the pages come without them, and nothing fails.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['staticManifests'],
  *run({staticManifests}) {
    for (const {at, path, named} of staticManifests) {
      yield {
        message: `nothing makes ${path} before mix release, and ${named.file} asks for it: the pages come without styles and scripts`,
        at,
        related: [named],
        hint: 'Build them before: RUN mix assets.deploy (with COPY assets assets), or RUN mix phx.digest where they need no build.',
      }
    }
  },
})
