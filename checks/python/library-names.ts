import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/library-names',
  title: 'libraries have the names that are imported of them',
  why: 'Libraries move and drop names with a new major version: the import of one that is not there ends the start.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['libraryImports'],
  uses: ['buildsElse'],
  *run({libraryImports, buildsElse}) {
    const told = new Set<string>()
    for (const {name, library, version, versionAt, at, command, proven} of libraryImports) {
      const {package: brings, since, until, instead} = library
      // One import may ask for several.
      const place = `${at.file}:${at.line}`
      if (told.has(place)) continue
      told.add(place)
      const has = until ? `has no more since ${until}` : since ? `has only since ${since}` : 'does not have'
      const installed = version ? `: ${version} is installed` : until ? ': the newest is installed' : ''
      const other = until ? `pin ${brings}<${until}` : since && `take ${brings}>=${since}`
      yield {
        message: `${command.by} imports ${name} here, which ${brings} ${has}${installed}. The import ends with an ImportError`,
        at,
        related: [...(versionAt ? [versionAt] : []), command.at],
        hint: `In its place take ${instead ?? 'what the notes of its release name'}${other ? `, or ${other}` : ''}.`,
        ...((!proven || buildsElse || command.supervised) && {severity: 'warning' as const}),
        ...(command.by === 'release_command' && {failsAt: 'release' as const}),
        ...(command.supervised && {failsAt: 'runtime' as const}),
      }
    }
  },
})
