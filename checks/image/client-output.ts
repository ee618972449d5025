import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/client-output',
  title: "the image has the client's part of the build, too",
  why: 'A build has a part for the server and one for browsers: without the second one pages come without scripts and styles.',
  // A CDN may have them.
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['clientOutput'],
  *run({clientOutput}) {
    for (const {tool, stage, server, client, place, isSource, at, related} of clientOutput) {
      const lost = isSource ? 'its files' : `the scripts and styles that ${tool} writes there`
      yield {
        message: `${server} is copied from ${stage} without ${client}: ${lost} are not found`,
        at,
        related,
        hint: `Copy it, too: COPY --from=${stage} ${client} ${place}`,
      }
    }
  },
})
