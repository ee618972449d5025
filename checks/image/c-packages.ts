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
    for (const {package: name, at, base, importedAt, by, stops, sure} of cPackages) {
      if (by === 'musl') {
        yield {
          message: `${name} does not compile with musl 1.2.4, the C library of Alpine since 3.19: the build stops with "'pread64' undeclared"`,
          at,
          related: [importedAt, ...(base ? [base] : [])],
          hint: 'go get github.com/mattn/go-sqlite3@latest, or build on Debian: golang without -alpine, and the final stage on Debian, too.',
          failsAt: 'build',
          ...((!sure || buildsElse) && {severity: 'warning'}),
        }
        continue
      }
      const why = {
        'no compiler': 'finds no C compiler here',
        'no headers': 'finds no headers of the C library here, which gcc does not bring',
        'CGO_ENABLED=0': `has ${by}`,
      }[by]
      const isOwn = !name.includes('.')
      yield {
        message: `go build ${why}, and ${name} is ${isOwn ? 'built with C, as CGO_ENABLED=1 asks' : 'written in C'}: ${stops ? 'the build stops' : 'the program starts without it, and each of its calls ends with an error'}`,
        at,
        related: [importedAt],
        hint: isOwn
          ? 'Write CGO_ENABLED=0, or before it: RUN apk add --no-cache build-base'
          : `Build it with ${by !== 'CGO_ENABLED=0' ? 'RUN apk add --no-cache build-base before, and ' : ''}CGO_ENABLED=1, on the distribution of the final stage.${name.includes('sqlite') ? ' Or take a driver without C: modernc.org/sqlite, for gorm github.com/glebarez/sqlite.' : ''}`,
        ...(stops && {failsAt: 'build'}),
        ...((!sure || buildsElse) && {severity: 'warning'}),
      }
    }
  },
})
