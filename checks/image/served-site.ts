import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/served-site',
  title: 'the web server hands out the folder with index.html',
  why: 'The web server starts and passes its checks, and has no page: visitors get its own welcome page, 403 or 404.',
  severity: 'error',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['servedSites'],
  uses: ['buildsElse'],
  *run({servedSites, buildsElse}) {
    for (const {server, folder, at, tool, index, copy, related, proven} of servedSites) {
      const isBelow = index.startsWith(`${folder}/`)
      yield {
        message: `${server} serves ${folder}, but the index.html of ${tool} lies in ${index}: it has no page to show`,
        at: copy?.at ?? at,
        related: copy ? [at, ...related] : related,
        hint:
          copy && isBelow
            ? `Copy the folder that has it: COPY --from=${copy.stage} ${copy.index} ${copy.target}`
            : `Let ${server} serve ${index}.`,
        ...((!proven || buildsElse) && {severity: 'warning'}),
      }
    }
  },
})
