import {defineCheck, type Facts, imagePath, imagePython} from '../../src/check.ts'

type Stage = Facts['image']['final']

export default defineCheck({
  id: 'image/moved-environment',
  title: 'copied Python environments find their Python and their place',
  why: 'The programs of a virtual environment name its place and its Python: in another place, or with another Python, they do not start.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['image', 'build', 'processes'],
  uses: ['flyConfig', 'buildsElse'],
  *run({image, build, processes, flyConfig, buildsElse}) {
    const {final} = image
    const likely = buildsElse ? {severity: 'warning' as const} : {}
    const strays =
      flyConfig && Object.keys(flyConfig.config.env ?? {}).some((name) => name.startsWith('PYTHON'))
        ? undefined
        : strayPrefix(image, build, processes)
    if (strays) yield {...strays, ...likely}
    const path = (build.final.config.env.get('PATH') ?? '').split(':')
    const told = new Set<string>()
    let workdir = '/'
    for (const {keyword, words, flags, at, text} of final.stage.instructions) {
      if (keyword === 'WORKDIR') workdir = imagePath(workdir, words.join(' '))
      const from = flags.find(([name]) => name === 'from')?.[1]
      const source = image.stages.find(({stage}) => stage.name === from?.toLowerCase() || String(stage.index) === from)
      if (keyword !== 'COPY' || !source || words.length !== 2 || /[$*[]/.test(text)) continue
      const [origin, target] = [imagePath('/', words[0] as string), imagePath(workdir, words[1] as string)]
      const install = source.installs.find(({location}) => location === origin && /venv/.test(origin))
      if (!install || told.has(origin)) continue
      const runs = source.stage.instructions.filter((each) => each.keyword === 'RUN').map((each) => each.text)
      const other = differs(source, final)
      // Python finds packages of any version where PYTHONPATH names their folder.
      const isNamed = final.env.get('PYTHONPATH')?.value?.includes(`${target}/lib`)
      if (
        other &&
        !isNamed &&
        !runs.some((each) => /python\s+install|pyenv|conda|--python\b/.test(each)) &&
        !source.env.has('UV_PYTHON')
      ) {
        told.add(origin)
        yield {
          message: `${origin} is made with Python ${other[0]}, and the final stage has Python ${other[1]}: it does not find the packages`,
          at,
          related: [source.stage.at, final.stage.at],
          hint: `Build both stages on the same image: FROM ${final.stage.image ?? 'python:…'}`,
          // uv may take a Python of its own.
          ...(install.tool === 'uv sync' ? {severity: 'warning' as const} : likely),
        }
        continue
      }
      if (target === origin || runs.some((each) => relocates.test(each)) || source.env.has('UV_VENV_RELOCATABLE'))
        continue
      // A link to it, or the environment once more in its old place.
      if (build.has(`${origin}/bin`) !== 'no') continue
      const command = processes.commands.find(({text: words, certain}) => {
        const [program = ''] = words.split(' ')
        const isThere = program.includes('/') ? program.startsWith(`${target}/bin/`) : path.includes(`${target}/bin`)
        return certain && isThere && consoleScript.test(program)
      })
      if (!command) continue
      told.add(origin)
      const name = command.text.split(' ')[0]?.split('/').at(-1) as string
      yield {
        message: `${command.by} starts ${name} of ${target}, but its first line names ${origin}/bin/python, which is not in the image`,
        at,
        related: [command.at, install.at],
        hint: `Copy it to the place where it was made: COPY --from=${from} ${origin} ${origin}; or write python -m ${name}.`,
        ...likely,
      }
    }
  },
})

/** Programs that pip and its like write with the place of their Python in the first line. */
const consoleScript =
  /^(\S*\/)?(gunicorn|uvicorn|hypercorn|daphne|granian|alembic|celery|flask|fastapi|streamlit|waitress-serve|django-admin|arq|dramatiq|rq)$/

/** Packages that `pip install --prefix` laid into a folder, and a COPY into one where Python looks for none. */
function strayPrefix({final, stages}: Facts['image'], build: Facts['build'], processes: Facts['processes']) {
  const packages = [...final.installs, ...final.copied].filter(({tool}) => tool !== 'pip wheel')
  const [install] = packages
  const folder = install?.location
  if (!install || !folder || !final.understood || !/^python(?::|$)/.test(final.stage.image ?? '')) return undefined
  if (packages.some(({location}) => location !== folder) || /^\/(?:usr(?:\/local)?)?$|venv|\.local$/.test(folder))
    return undefined
  const [prefix, another] = new Set(stages.flatMap(({installs}) => installs.map(({location}) => location)))
  const runs = stages
    .flatMap(({stage}) => stage.instructions)
    .flatMap(({keyword, text}) => (keyword === 'RUN' ? text : []))
  const isPrefix = runs.some((text) => new RegExp(`\\spip[^&;|]{1,500}\\s--prefix[= ]${prefix}\\s`).test(` ${text} `))
  if (!prefix || another !== undefined || !/^[\w/-]+$/.test(prefix) || !isPrefix) return undefined
  // Another step may lay them where they are looked for, and a variable may name the folder.
  const {env} = build.final.config
  const isTold = ['PYTHONPATH', 'PYTHONHOME', 'PYTHONUSERBASE'].some(
    (name) => env.get(name)?.includes(folder) || processes.mayAssign(name),
  )
  const isUsed = final.stage.instructions.some(({keyword, text}) => keyword === 'RUN' && text.includes(folder))
  if (isTold || isUsed || env.has('PYTHONHOME')) return undefined
  const command = processes.commands.find(({text, certain}) => {
    const [program = '', flag, module = ''] = text.split(' ')
    const own = program === `${folder}/bin/${module}` || env.get('PATH')?.includes(`${folder}/bin`)
    return (
      certain &&
      (flag === '-m' ? /^python3?$/.test(program) && consoleScript.test(module) : own && consoleScript.test(program))
    )
  })
  if (!command) return undefined
  const version = imagePython(final)?.split('.').slice(0, 2).join('.') ?? '3.x'
  return {
    message: `the packages are in ${folder}, where Python does not look: ${command.by} ends with ModuleNotFoundError`,
    at: install.at,
    related: [command.at],
    hint: `Copy them to where Python looks: COPY --from=… ${folder} /usr/local; or name their folder: ENV PYTHONPATH=${folder}/lib/python${version}/site-packages`,
  }
}

/** uv does it, and so does whoever writes other first lines: `sed -i s#/build/venv#/opt/venv# /build/venv/bin/*`. */
const relocates = /relocatable|\b(?:sed|perl)\b[^\n]{0,300}\/bin\b/

/** The two versions, where they are known and are not of one minor version. */
function differs(source: Stage, final: Stage): [string, string] | undefined {
  const minor = (stage: Stage) => stage.base?.python?.split('.').slice(0, 2).join('.')
  const [there, here] = [minor(source), minor(final)]
  return there && here && there !== here ? [there, here] : undefined
}
