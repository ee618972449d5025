import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'node/svelte-files',
  title: 'SvelteKit builds with the exports and imports it has',
  why: 'vite build stops at an export of a route that SvelteKit does not know, and at a module of the server in a page.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['svelteFaults'],
  uses: ['buildsElse'],
  *run({svelteFaults, buildsElse}) {
    for (const {kind, what, by, at, command, entry} of svelteFaults) {
      const through = entry === at.file ? '' : `, by ${entry}`
      yield {
        message:
          kind === 'export'
            ? `${by} stops: ${what} is exported, and what a file of a route exports is for SvelteKit alone`
            : `${by} stops: ${what} is for the server, and the browser gets this file${through}`,
        at,
        related: [...(entry === at.file ? [] : [{file: entry}]), command],
        hint:
          kind === 'export'
            ? `Move it into a file of its own, or call it _${what}; a +server file exports GET, POST and so on, in capitals.`
            : 'Ask for it in load of +page.server, and hand the result on; or move what the browser needs into another file.',
        ...(buildsElse && {severity: 'warning' as const}),
      }
    }
  },
})
