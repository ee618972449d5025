import {defineCheck, otherSystem} from '../../src/check.ts'

/** What to install in its place, or beside it. */
const instead: Readonly<Record<string, string>> = {
  'python-magic-bin': 'Write python-magic, and install libmagic1 in the image',
  'tensorflow-macos': 'Write tensorflow',
  'tensorflow-intel': 'Write tensorflow',
}

export default defineCheck({
  id: 'python/linux-package',
  title: 'every Python package exists for Linux',
  why: 'pip and uv find no file of a package that was built for another system alone, and the build ends.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image'],
  *run({image}) {
    const told = new Set<string>()
    for (const {requirements, decisive, conditional} of image.stages.flatMap(({installs}) => installs)) {
      for (const {name, at} of requirements) {
        const system = otherSystem(name)
        const place = `${at.file}:${at.line}`
        if (!system || told.has(place)) continue
        told.add(place)
        const marker = system === 'macOS' ? "sys_platform == 'darwin'" : "sys_platform == 'win32'"
        yield {
          message: `${name} is published for ${system} only: on Linux no file of it can be installed`,
          at,
          hint: `${Object.hasOwn(instead, name) ? instead[name] : 'Take it out'}, or let only that system install it: ${name}; ${marker}`,
          ...(decisive && !conditional && {severity: 'error'}),
        }
      }
    }
  },
})
