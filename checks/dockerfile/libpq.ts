import {defineCheck, type Finding} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/libpq',
  title: 'libpq is where the Postgres driver needs it',
  why: 'psycopg2 is compiled against libpq in the build and loads it in the machine; without it one of the two stops.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['image'],
  *run({image}) {
    const installed = image.stages.flatMap(({drivers}) => drivers)
    if (installed.length === 0) return 'no Postgres driver is seen to be installed'

    // Each install once, in the stage that does it: later ones hold it too.
    const told = new Set<unknown>()
    const {final} = image
    let isToldOfFinal = false
    for (const stage of image.stages) {
      const {base, drivers} = stage
      for (const {name, install, requirement, compiled} of drivers) {
        if (!compiled || install.mayUseWheels || told.has(install.at)) continue
        told.add(install.at)
        const lacks = (['libpq headers', 'C compiler'] as const).filter(
          (need) => install.packagesThen.has(need) === 'no',
        )
        if (lacks.length === 0) continue
        // The headers bring the library along.
        isToldOfFinal ||= stage === final && lacks.includes('libpq headers')
        yield {
          message: `${name} is compiled here, and the stage has no ${lacks.join(' and no ')}`,
          at: install.at,
          related: [requirement.at],
          hint:
            base?.distribution === 'alpine'
              ? `apk add gcc musl-dev libpq-dev before it, or use ${binaryOf(name)}, which needs neither.`
              : `apt-get install -y gcc libpq-dev before it, or use ${binaryOf(name)}, which needs neither.`,
          failsAt: 'build',
        } satisfies Finding
      }
    }

    if (isToldOfFinal) return
    // psycopg takes its binary part first, wherever that comes from.
    const everything = [...final.installs, ...final.copied]
    const mayBeBinary =
      everything.some(({complete}) => !complete) || final.drivers.some(({name}) => /^psycopg(\[|-)binary/.test(name))
    // Both have the same modules, and the one that is written last is there.
    const eitherOfTwo = final.drivers.some(({name}) => name === 'psycopg2-binary')
    const loading = final.drivers.find(
      ({needsLibpq, name, install}) =>
        // A wheel of another index may carry its own libpq.
        needsLibpq &&
        !install.mayUseWheels &&
        !(name === 'psycopg' && mayBeBinary) &&
        !(name === 'psycopg2' && eitherOfTwo),
    )
    // Beside one that needs no libpq it may be left over.
    const hasOther = everything.some(({requirements}) =>
      requirements.some(({name}) => /^(?:asyncpg|pg8000)$/.test(name)),
    )
    if (loading && final.packages.has('libpq') === 'no') {
      yield {
        message: `${loading.name} loads libpq.so.5 when it is imported, and the final stage${final.stage.image ? ` (${final.stage.image})` : ''} has no libpq`,
        at: final.stage.at,
        related: [loading.requirement.at],
        hint: `${hasOther ? `Take ${loading.name} out, if nothing connects by it. Else: ` : ''}${
          final.base?.distribution === 'alpine'
            ? `RUN apk add --no-cache libpq in the final stage, or use ${binaryOf(loading.name)}.`
            : `RUN apt-get update && apt-get install -y --no-install-recommends libpq5 in the final stage, or use ${binaryOf(loading.name)}.`
        }`,
        ...(hasOther && {severity: 'warning' as const}),
      }
    }
  },
})

const binaryOf = (driver: string): string => (driver.startsWith('psycopg2') ? 'psycopg2-binary' : 'psycopg[binary]')
