import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/lock-platform',
  title: 'package-lock.json has the parts for Linux',
  why: 'npm installs what package-lock.json lists: a tool whose part for Linux is not in it cannot be started.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['platformGaps'],
  *run({platformGaps}) {
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
