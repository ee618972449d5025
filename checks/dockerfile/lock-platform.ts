import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/lock-platform',
  title: 'package-lock.json has the parts for Linux',
  why: 'npm installs what package-lock.json lists: without its part for Linux a tool cannot be started, and a package for another system is refused.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['platformGaps'],
  uses: ['foreignPackages', 'buildsElse'],
  *run({platformGaps, foreignPackages = [], buildsElse}) {
    for (const {name, system, others, manager, install, at, isDeclared} of foreignPackages) {
      const command = install.words.join(' ')
      const stops = manager === 'npm' ? 'stops with EBADPLATFORM' : 'stops with "incompatible module"'
      const more = others > 0 ? ` (and ${others} more)` : ''
      yield {
        message: `${command} ${stops}: ${name}${more} is for ${system === undefined ? 'another system than Linux' : `${system} alone`}, and nothing says that it is optional`,
        at,
        related: [install.at],
        hint: isDeclared
          ? `Take it out of package.json, where the tool that needs it brings its parts by itself: npm uninstall ${name}. Or move it to optionalDependencies: npm install --save-optional ${name}`
          : 'Let npm write the lock file anew, and commit it: rm -rf node_modules package-lock.json && npm install',
        ...(system !== undefined && !buildsElse && {severity: 'error' as const}),
      }
    }
    for (const {name, part, others, install, lock, image, used} of platformGaps) {
      const more = others > 0 ? ` (and of ${others} more)` : ''
      const tool = used.words
        .slice(0, used.words.indexOf('build') + 1)
        .filter((word) => word !== 'npx')
        .join(' ')
      yield {
        message: `${lock.file} has ${name} without its part for ${image}, ${part}${more}: npm leaves that out, and ${tool} is likely to stop`,
        at: install.at,
        related: [lock, used.at],
        hint: 'npm wrote down the parts of another system alone. Let it begin anew, and commit the result: rm -rf node_modules package-lock.json && npm install',
      }
    }
  },
})
