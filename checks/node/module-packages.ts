import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'node/module-packages',
  title: 'CommonJS requires no package that is an ES module',
  why: 'A node before 20.19 and 22.12 ends with ERR_REQUIRE_ESM where require gets an ES module: the app does not start.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['modulePackages'],
  uses: ['buildsElse'],
  *run({modulePackages, buildsElse}) {
    for (const {name, version, last, at, by, command, required, node} of modulePackages) {
      const compiled = required === 'compiled' ? ', as which tsc writes this import' : ''
      yield {
        message: `${by} loads this file, and Node ${node} stops here: ${name} ${version} is an ES module, which its require does not take${compiled}`,
        at,
        related: [command],
        hint: `Take the last version that has CommonJS, too (npm install ${name}@${last}), or an image of Node 22, whose require takes ES modules.`,
        // What tsc writes, its settings and others of the project say.
        ...((required === 'compiled' || buildsElse) && {severity: 'warning' as const}),
        ...(by === 'release_command' && {failsAt: 'release' as const}),
      }
    }
  },
})
