import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/nginx-root',
  title: 'nginx looks for pages in a folder of the image',
  why: 'nginx starts without looking for the folder: every page is 404, and PHP says “File not found.”.',
  severity: 'error',
  failsAt: 'health',
  since: '0.1.0',
  needs: ['absentRoots'],
  uses: ['buildsElse'],
  *run({absentRoots, buildsElse}) {
    for (const {folder, at, by, instead, certain} of absentRoots) {
      yield {
        message: `${by} starts nginx, which looks for pages in ${folder}: nothing brings such a folder into the image`,
        at,
        related: instead ? [instead.at] : [],
        hint: instead
          ? `Write root ${instead.folder};`
          : `Copy the pages to ${folder}, or write the folder that has them.`,
        // Without a folder of that name elsewhere it may be one that is not used.
        ...((!certain || !instead || buildsElse) && {severity: 'warning'}),
      }
    }
  },
})
