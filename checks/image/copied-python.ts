import {defineCheck, type Facts, type FileLocation, imagePython, isNamed, lineage} from '../../src/check.ts'

type Stage = Facts['image']['stages'][number]

/** `/usr/local/lib/python3.12/site-packages`: of a Python that came with its image, not of one that uv or Debian put elsewhere. */
const packages = /^\/usr\/local\/lib\/python(\d+\.\d+)(?:\/|$)/
const venv = /(?:^|\/)\.?v?env\/?$/

export default defineCheck({
  id: 'image/copied-python',
  title: "copied Python packages fit the image's Python",
  why: 'Python looks for packages in a folder with its own version in the name: those of another version are not found.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['image'],
  uses: ['buildsElse'],
  *run({image, buildsElse}) {
    const {final} = image
    const runs = imagePython(final)
    if (!runs) return
    for (const {copy, from, source} of copiesFromStages(image)) {
      const built = imagePython(source)
      if (!built) continue
      const paths = copy.words.slice(0, -1)
      const severity = buildsElse ? {severity: 'warning' as const} : {}
      const written = paths.map((path) => packages.exec(path)?.[1]).find((version) => version !== undefined)
      if (written && written !== built) {
        yield {
          message: `the packages of Python ${written} are copied from ${from}, which has Python ${built} (${nameOf(source)}): the folder is not there`,
          at: copy.at,
          related: [rootAt(source)],
          hint: `Write python${built} in the COPY, or take an image of Python ${written} for ${from}.`,
          failsAt: 'build',
          ...severity,
        }
        return
      }
      // In another folder they may be named by PYTHONPATH.
      const place = (copy.words.at(-1) ?? '').replace(/(?<=.)\/$/, '')
      const target = packages.exec(place)?.[1]
      if (written && (!target || final.env.has('PYTHONPATH'))) continue
      const named = final.env.get('PYTHONPATH')?.value ?? ''
      if (paths.some((path) => venv.test(path)) && named.includes('/site-packages')) continue
      // uv sync makes its environment with another Python where the project asks for one.
      const brings =
        (written && target !== runs) ||
        paths.some((path) => venv.test(path) && source.installs.some(({tool}) => tool !== 'uv sync')) ||
        paths.some((path) => isPrefix(path, place, source))
      if (!brings || built === runs) continue
      yield {
        message: `the packages that ${from} installs for Python ${built} are copied to ${nameOf(final)}, whose Python ${runs} does not find them`,
        at: rootAt(final),
        related: [rootAt(source), copy.at],
        hint: `Take the same version of Python for both: ${built} or ${runs}.`,
        ...severity,
      }
      return
    }
  },
})

/** `pip install --prefix=/install` and `--user`: the folder of the version is below, where it is copied to as well. */
const isPrefix = (path: string, place: string, {installs}: Stage): boolean =>
  // The whole of /usr/local has the Python in it, too.
  !path.startsWith('/usr') &&
  installs.some(({location, tool}) => tool === 'pip' && location === path.replace(/(?<=.)\/$/, '')) &&
  (/^\/usr(?:\/local)?$/.test(place) || (path.endsWith('/.local') && place.endsWith('/.local')))

const rootAt = ({stage}: Stage): FileLocation => (lineage(stage)[0] as Stage['stage']).at

const nameOf = ({stage}: Stage): string => lineage(stage)[0]?.image ?? 'its base'

function* copiesFromStages({final, stages}: Facts['image']) {
  for (const copy of lineage(final.stage)
    .toReversed()
    .flatMap(({instructions}) => instructions)) {
    const from = copy.keyword === 'COPY' ? copy.flags.find(([name]) => name === 'from')?.[1] : undefined
    const source = stages.findLast(({stage}) => from && isNamed(stage, from))
    if (from && source) yield {copy, from, source}
  }
}
