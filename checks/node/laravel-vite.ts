import {defineCheck, shorten} from '../../src/check.ts'

export default defineCheck({
  id: 'node/laravel-vite',
  title: 'Vite builds what the pages of Laravel ask for',
  why: 'A page that asks for a file which is no entry of Vite is an exception; an entry that is not there ends the build.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['viteEntries'],
  uses: ['buildsElse'],
  *run({viteEntries, buildsElse}) {
    for (const {kind, path, at, config, entries, isBuilt} of viteEntries) {
      yield kind === 'absent'
        ? {
            message: `vite build stops: ${path} is one of its entries, and the project has no such file`,
            at,
            hint: 'Commit the file, or name the one that is meant.',
            ...((!isBuilt || buildsElse) && {severity: 'warning' as const}),
          }
        : {
            message: `this page asks Vite for ${path}, which is no entry of ${config.file}: “Unable to locate file in Vite manifest”`,
            at,
            related: [config],
            hint: `Add it to input of laravel() in ${config.file}, or ask for one that is there: ${shorten(entries.join(', '), 80)}`,
            // Nobody may ask for the page.
            severity: 'warning' as const,
            failsAt: 'runtime' as const,
          }
    }
  },
})
