import {defineCheck, type Facts} from '../../src/check.ts'

type Problem = Facts['commandModules'][number]

/** They stop when the module has no such name (uvicorn/importer.py, gunicorn/util.py, hypercorn/utils.py, …). */
const servers = new Set(['uvicorn', 'gunicorn', 'hypercorn', 'daphne', 'granian'])

export default defineCheck({
  id: 'image/command-module',
  title: 'the Python modules that the machines start are in the image',
  why: 'A server that cannot import its module stops at once, and the deploy with it.',
  // Something that is not followed may have made it after all.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['commandModules', 'build', 'buildContext'],
  uses: ['buildsElse', 'djangoFaults'],
  *run({commandModules, build, buildContext, buildsElse, djangoFaults = []}) {
    // What the settings of Django lack is told there.
    const lacks = djangoFaults.flatMap((fault) => (fault.kind === 'refused' && fault.lacks) || [])
    const told = new Set<string>()
    for (const problem of commandModules) {
      const {kind, command, module, leftOut, elsewhere, at, beside} = problem
      const message = describe(problem, buildContext.ignoreFile?.path)
      // Of a module that several commands come to, the first one is enough.
      const isNamed = problem.isNowhere && kind === 'import'
      const what = isNamed ? problem.name : kind === 'import' ? `${problem.own} in ${problem.roots}` : message
      if (told.has(what) || (isNamed && lacks.some((name) => `${problem.name}.`.startsWith(`${name}.`)))) continue
      told.add(what)
      const proven = problem.proven && (isNamed || servers.has(module.program))
      // Among the files that are copied it is the one that is not.
      const copied = leftOut || elsewhere ? undefined : beside
      yield {
        message,
        at: copied ?? (problem.isNowhere && at ? at : command.at),
        related: [
          ...(copied || (problem.isNowhere && at) ? [command.at] : []),
          ...(at && !problem.isNowhere ? [at] : []),
          ...(leftOut && buildContext.ignoreFile ? [buildContext.ignoreFile.whole] : []),
          ...(/^(?:attribute|uncalled)$/.test(kind) && problem.own ? [{file: problem.own}] : [build.final.stage.at]),
        ],
        hint: cure(problem),
        ...(proven && !buildsElse && !command.supervised && {severity: 'error'}),
        ...(command.by === 'release_command' && {failsAt: 'release'}),
        ...(kind === 'uncalled' && {failsAt: 'health' as const}),
        // supervisord starts it again, and goes on with the others.
        ...(command.supervised && {failsAt: 'runtime'}),
      }
    }
  },
})

function describe(problem: Problem, ignoreFile = ''): string {
  const {kind, command, module, name, own, leftOut, elsewhere, roots, at} = problem
  const {by} = command
  const started = module.attribute ? `${module.name}:${module.attribute}` : module.name
  if (kind === 'uncalled')
    return `${by} starts ${started}, a function of ${own} that makes the app and takes nothing: gunicorn hands it each request, which ends with TypeError`
  if (kind === 'attribute') return `${by} starts ${started}, but ${own} has no ${module.attribute}`
  const subject =
    kind === 'import' ? `${by} starts ${started}, which imports ${name}, but` : `${by} starts ${started}, but`
  if (module.isGuessed && kind === 'module')
    return `${by} starts flask, which is told of no app and looks for wsgi.py or app.py in ${roots.join(' or ')}: there is neither (Could not locate a Flask application)`
  if (leftOut) return `${subject} ${ignoreFile} leaves ${own} out of the image`
  if (problem.inFolder)
    return `${subject} Python looks for it in ${problem.inFolder}, where no ${name} is, nor anywhere in the project (ModuleNotFoundError)`
  if (problem.isNowhere)
    return kind === 'import'
      ? `${by} starts ${started}, and Django loads ${name} then, which ${at ? 'is named here' : 'DJANGO_SETTINGS_MODULE names'}: there is no such module (ModuleNotFoundError)`
      : `${subject} there is no module ${name} in the project, and no package that is installed is called so (ModuleNotFoundError)`
  if (own === undefined) return `${subject} there is no ${name} in the package, neither a file nor a folder`
  const where = roots.join(' or ')
  if (elsewhere) return `${subject} ${own} is at ${elsewhere} in the image, and Python looks in ${where}`
  return `${subject} nothing brings ${own} into the image, where Python looks in ${where}`
}

function cure(problem: Problem): string {
  const {
    kind,
    module,
    name,
    own,
    leftOut,
    elsewhere,
    beside,
    instead,
    roots: [root = '/'],
  } = problem
  if (module.isGuessed)
    return `Name it in [env]: FLASK_APP = "${instead ?? own?.replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.') ?? 'MODULE'}"`
  if (problem.isNowhere) return instead ? `Start what the project has: ${instead}` : 'Name a module of the project.'
  if (kind === 'uncalled') return `Write "${module.name}:${module.attribute}()", so that it is called once.`
  if (kind === 'attribute') {
    return instead
      ? `Write ${module.name}:${instead}`
      : `Name what the module defines, or define ${module.attribute} in it.`
  }
  if (leftOut) return `Take it back at the end of that file: !${own}`
  if (own === undefined) return 'Correct the name of the module.'
  if (elsewhere && module.form === 'script') {
    return `Start it as a module: python -m ${module.name.replace(/\.py$/, '').replaceAll('/', '.')}, or set ENV PYTHONPATH=${folderOf(elsewhere, name)} in the last stage.`
  }
  if (elsewhere && kind === 'import' && !name.startsWith('.') && !own.includes(ownPath(name)))
    return `Copy the folder by the name that its package has, and start the module by its full name: COPY . ${root === '/' ? '' : root}/${name.split('.')[0]}/`
  if (elsewhere && kind === 'import') {
    return `Keep the folder when it is copied: COPY ${own.split('/')[0]}/ ${root}/${own.split('/')[0]}/, and start the module by its full name.`
  }
  // The folder that is copied is the package itself, under another name.
  if (elsewhere && own && !elsewhere.endsWith(`/${ownPath(name)}.py`)) {
    const below = own.replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.')
    return `Start ${module.attribute ? `${below}:${module.attribute}` : below}, or copy the folder by the name that its package has: COPY . ${root === '/' ? '' : root}/${name.split('.')[0]}/`
  }
  if (elsewhere) return `Start it by its place, or from the folder that it is in: WORKDIR ${folderOf(elsewhere, name)}`
  return beside ? `Bring it there as the files beside it: COPY ${own} …` : `Copy it in the last stage, to ${root}.`
}

const ownPath = (name: string): string => name.replaceAll('.', '/')

/** The folder from which a module is found: above its package. */
function folderOf(path: string, name: string): string {
  const end = name.endsWith('.py') ? `/${name}` : `/${name.replaceAll('.', '/')}`
  const at = path.lastIndexOf(end)
  return at > 0 ? path.slice(0, at) : '/'
}
