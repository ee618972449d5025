import {commandPackages, defineCheck, knownRequirements, listOf} from '../../src/check.ts'

/** What the worker classes of gunicorn are imported from, and the packages that bring it. */
const workers: readonly {names: RegExp; package: string; owners: RegExp}[] = [
  {names: /^uvicorn\.workers\./, package: 'uvicorn', owners: commandPackages.get('uvicorn') as RegExp},
  {names: /^uvicorn_worker\./, package: 'uvicorn-worker', owners: /^uvicorn-worker$/},
  {names: /^gevent(_\w+)?$/, package: 'gevent', owners: /gevent|^locust/},
  {names: /^eventlet$/, package: 'eventlet', owners: /eventlet|^(oslo.*|nova|ryu)$/},
]

export default defineCheck({
  id: 'python/command-package',
  title: 'the Python programs that the deploy runs are installed',
  why: 'A program comes with its package: where the image installs only other groups or files, the machine cannot start it.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['image', 'python', 'processes'],
  *run({image, python, processes}) {
    const all = knownRequirements(image, processes)
    if (typeof all === 'string') return all
    // FastAPI 0.111 alone brought uvicorn.
    if (all.some(({name, specifier}) => name === 'fastapi' && specifier.includes('0.111'))) return
    const isBroughtBy = (owners: RegExp) =>
      all.some(({name, extras}) =>
        [name, ...extras.map((extra) => `${name}[${extra}]`)].some((each) => owners.test(each)),
      )
    // A package of the system may bring it too.
    const isOfSystem = (program: string) =>
      [...image.final.packages.installed.keys()].some((name) => name.includes(program))
    const proven = all.every((requirement) => python.bringsDriver(requirement) === 'no')
    const related = all[0] ? [all[0].at] : []
    const told = new Set<string>()
    for (const {text, at, certain, by} of processes.commands) {
      const [first = '', flag, module] = text.split(' ')
      const [, name] = /^(?:\/[\w./-]{0,200}\/bin\/)?([\w.-]+)$/.exec(first) ?? []
      const program = /^python3?$/.test(name ?? '') && flag === '-m' ? module : name
      const worker = program === 'gunicorn' && certain ? workerOf(text) : undefined
      if (worker && !told.has(worker.package) && !isBroughtBy(worker.owners) && !isOfSystem(worker.package)) {
        told.add(worker.package)
        yield {
          message: `${worker.name} is the worker class that gunicorn imports, and no package that the image installs brings ${worker.package}`,
          at,
          related,
          hint: `Add ${worker.package} to ${listOf(all[0]?.at.file)}`,
          ...(!proven && {severity: 'warning' as const}),
        }
      }
      const owners = program === undefined ? undefined : commandPackages.get(program)
      if (!owners || !program || !certain || told.has(program)) continue
      if (isBroughtBy(owners) || isOfSystem(program)) continue
      told.add(program)
      const [bringing = program] = program === 'fastapi' ? ['fastapi[standard]'] : []
      const declared = [...python.requirements].find(([, {requirements}]) =>
        requirements.some(({name, extras}) => [name, ...extras.map((extra) => `${name}[${extra}]`)].includes(bringing)),
      )
      yield {
        message: `${program} is what ${by} runs, and no package that the image installs brings ${bringing === program ? 'it' : 'what it works with: it asks for fastapi[standard], and ends'}${declared ? `: ${declared[0]} has it, but no step installs that` : ''}`,
        at,
        related,
        hint: `Add ${bringing} to ${listOf(all[0]?.at.file)}`,
        failsAt: by === 'release_command' ? 'release' : 'boot',
        ...(!proven && {severity: 'warning' as const}),
      }
    }
  },
})

/** `gunicorn -k uvicorn.workers.UvicornWorker …`: the class, and what it comes with. */
function workerOf(text: string): {name: string; package: string; owners: RegExp} | undefined {
  const [, name = ''] = /\s(?:-k|--worker-class)[ =](\S+)/.exec(text) ?? []
  const found = workers.find(({names}) => names.test(name))
  return found && {...found, name}
}
