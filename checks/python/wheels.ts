import {defineCheck, type Facts, inSeries} from '../../src/check.ts'

type Install = Facts['missingWheels'][number]
type Package = Install['packages'][number]

export default defineCheck({
  id: 'python/wheels',
  title: "pinned packages are built for the image's Python",
  why: 'A package without a wheel for the Python and C library of the image is built from source, which a slim image cannot do.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['missingWheels'],
  uses: ['buildsElse'],
  *run({missingWheels, buildsElse}) {
    for (const found of missingWheels) {
      const {install, stage} = found
      for (const {packages, fate, proven} of outcomes(found)) {
        const [first] = packages
        if (!first) continue
        yield {
          message: `${named(packages)} for ${target(found)}: ${fate(packages.length > 1)}`,
          at: first.at,
          related: [...packages.slice(1).map(({at}) => at), stage.at, install.at],
          hint: hint(found, packages),
          ...(!(proven && install.decisive && !buildsElse) && {severity: 'warning' as const}),
        }
      }
    }
  },
})

interface Outcome {
  packages: Package[]
  /** What happens then, of one package or of several. */
  fate(several: boolean): string
  /** The install surely stops. */
  proven: boolean
}

/** What happens to the packages of an install, one for each way. For musl alone a compiler may well do. */
function outcomes({packages, compiler}: Install): Outcome[] {
  const of = (source: Package['source']) => packages.filter((each) => each.source === source)
  const they = (several: boolean, verb: 'is' | 'has') => `${several ? 'they' : 'it'} ${words[verb][several ? 1 : 0]}`
  const reasons = new Set(of('unbuildable').map(({reason}) => reason as string))
  const stops: Outcome[] = [
    {
      packages: of('none'),
      fate: (several) => `${they(several, 'has')} no source either, and the install stops`,
      proven: true,
    },
    ...[...reasons].map((reason) => ({
      packages: packages.filter((each) => each.reason === reason),
      fate: () => reason,
      proven: true,
    })),
  ]
  if (compiler !== 'no') {
    const older = of('compiled').filter((each) => each.older)
    const fate = (several: boolean) => `${they(several, 'is')} compiled, from a source older than this Python`
    return [...stops, {packages: older, fate, proven: false}]
  }
  const lack = 'and the stage has no C compiler'
  return [
    ...stops,
    {packages: of('compiled'), fate: (several) => `${they(several, 'is')} compiled, ${lack}`, proven: true},
    {packages: of(undefined), fate: (several) => `${they(several, 'is')} built from source, ${lack}`, proven: false},
  ]
}

const words = {is: ['is', 'are'], has: ['has', 'have']} as const

/** `numpy 1.25.2, pandas 2.0.3 and 2 others have no wheel` */
function named(packages: readonly Package[]): string {
  const names = packages.map(({name, version, part}) => `${part ? `${part} of ` : ''}${name} ${version}`)
  if (names.length === 1) return `${names[0]} has no wheel`
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} others`] : names
  return `${inSeries(shown)} have no wheel`
}

const target = ({python, libc, image}: Install): string =>
  `Python ${python}${libc === 'musl' ? ' and musl' : ''}${image === undefined ? '' : ` (${image})`}`

function hint({install, libc, compiler}: Install, packages: readonly Package[]): string {
  const names = packages.map(({name}) => name).slice(0, 3)
  const isLocked = install.tool !== 'pip'
  const newer = `Take ${names.length > 1 ? 'versions' : 'a version'} of ${names.join(', ')} that ${names.length > 1 ? 'have wheels' : 'has a wheel'}${isLocked ? ' (and lock again)' : ''}`
  const image = libc === 'musl' ? 'the slim image in place of Alpine' : 'an image with an older Python'
  const canCompile = compiler === 'no' && packages.every(({source}) => source === 'compiled' || source === undefined)
  const tools = libc === 'musl' ? 'apk add build-base' : 'apt-get install -y build-essential'
  return `${newer}, or ${image}${canCompile ? `, or install a compiler before it: ${tools}` : ''}.`
}
