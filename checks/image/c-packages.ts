import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/c-packages',
  title: 'Go builds packages with a part in C with a C compiler',
  why: 'Without C such a package does not compile, or is a stub that answers every call with an error.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['cPackages'],
  uses: ['buildsElse'],
  *run({cPackages, buildsElse}) {
    for (const {package: name, at, importedAt, by, stops, sure} of cPackages) {
      const why = by === 'no compiler' ? 'finds no C compiler here' : `has ${by}`
      yield {
        message: `go build ${why}, and ${name} is written in C: ${stops ? 'the build stops' : 'the program starts without it, and each of its calls ends with an error'}`,
        at,
        related: [importedAt],
        hint: `Build it with ${by === 'no compiler' ? 'RUN apk add --no-cache build-base before, and ' : ''}CGO_ENABLED=1, on the distribution of the final stage.${name.includes('sqlite') ? ' Or take a driver without C: modernc.org/sqlite, for gorm github.com/glebarez/sqlite.' : ''}`,
        ...(stops && {failsAt: 'build'}),
        ...((!sure || buildsElse) && {severity: 'warning'}),
      }
    }
  },
})
