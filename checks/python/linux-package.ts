import {defineCheck} from '../../src/check.ts'

/** Distributions with wheels for Windows or macOS alone, and no source distribution that builds on Linux (PyPI). */
const others: Readonly<Record<string, string>> = {
  'python-magic-bin': 'Windows and macOS',
  pywin32: 'Windows',
  pypiwin32: 'Windows',
  pywinpty: 'Windows',
  'windows-curses': 'Windows',
  'pyobjc-core': 'macOS',
  'pyobjc-framework-cocoa': 'macOS',
  'tensorflow-macos': 'macOS',
  'tensorflow-metal': 'macOS',
  'tensorflow-intel': 'Windows',
}
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
        const system = Object.hasOwn(others, name) ? others[name] : undefined
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
