import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/standard-library',
  title: "the image's Python has what the code imports of it",
  why: 'Python takes modules out and adds others with each version: an import of one that is not there ends the start.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['standardImports', 'dockerfile'],
  uses: ['buildsElse'],
  *run({standardImports, dockerfile, buildsElse}) {
    for (const {name, change, python, image, at, command, proven} of standardImports) {
      const {since, until, packages, instead} = change
      const [first] = packages
      const other = until ? `an image of Python ${before(until)}` : `an image of Python ${since} or later`
      yield {
        message: `${command.by} imports ${name} here, which Python has ${until ? `no more since ${until}` : `only since ${since}`}: the image has ${python}${image ? ` (${image})` : ''}`,
        at,
        related: [dockerfile.final.at, command.at],
        hint: `${[instead, first && `install ${first}, which brings it`, `take ${other}`]
          .filter(Boolean)
          .join(', or ')
          .replace(/^[a-z]/, (letter) => letter.toUpperCase())}.`,
        ...((!proven || buildsElse || command.supervised) && {severity: 'warning' as const}),
        ...(command.by === 'release_command' && {failsAt: 'release' as const}),
        ...(command.supervised && {failsAt: 'runtime' as const}),
      }
    }
  },
})

/** `3.11` of `3.12`. */
const before = (version: string): string => {
  const [major, minor] = version.split('.')
  return `${major}.${Number(minor) - 1}`
}
