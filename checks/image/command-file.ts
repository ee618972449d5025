import {defineCheck, imagePath} from '../../src/check.ts'

export default defineCheck({
  id: 'image/command-file',
  title: 'the files that the machines start with are in the image',
  why: 'A script or a configuration that no COPY brings is not found: the machine stops at once, and the deploy with it.',
  // Something that is not followed may have made it after all.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['build', 'processes', 'files'],
  uses: ['flyConfig'],
  *run({build, processes, files, flyConfig}) {
    const {config, stage} = build.final
    const places = new Set([stage.at.file, flyConfig?.file])
    const {mounts = [], files: copied = []} = flyConfig?.config ?? {}
    const env = new Set([...config.env.keys(), ...Object.keys(flyConfig?.config.env ?? {})])
    const told = new Set<string>()
    for (const {by, text, at, certain} of processes.commands) {
      // What scripts start may be relative to any folder.
      if (!certain || !places.has(at.file)) continue
      const words = text.split(' ')
      const settings = configOf(words, env)
      const script = scriptOf(words) ?? settings
      // Then it is relative to another folder.
      const moves = processes.commands.some((each) => each.by === by && /^(cd|pushd)\b/.test(each.text))
      if (!script || (moves && !script.startsWith('/')) || (!script.startsWith('/') && !config.workingDir)) continue
      const path = imagePath(config.workingDir, script)
      const mounted = mounts.some(({destination = ''}) => destination && path.startsWith(`${destination}/`))
      if (mounted || copied.some(({guest_path: guest}) => guest === path)) continue
      if (told.has(path) || build.has(path) !== 'no') continue
      // What stands in such a folder of the repository, too, is what a build makes.
      if (/\/(dist|build|out|\.output)\//.test(path) && !build.lacks(path)) continue
      // A file that the repository does not have is made by the build, in a way that is not followed.
      const tail = script.replace(/^(\.?\/)+/, '')
      const own = files.paths.find((each) => each === tail || tail.endsWith(`/${each}`) || each.endsWith(`/${tail}`))
      if (!own) continue
      told.add(path)
      yield {
        message: `${by} ${script === settings ? 'needs' : 'starts'} ${script}, but nothing brings ${own} to ${path} in the image`,
        at,
        related: [stage.at],
        hint: `Copy it in the last stage: COPY ${own} ${path}`,
        ...(by === 'release_command' && {failsAt: 'release'}),
      }
    }
  },
})

/** The file that a command starts: a program with a folder in its name, or what an interpreter reads. */
function scriptOf(words: readonly string[]): string | undefined {
  const [program = '', ...rest] = words
  if (/^(\/usr|\/bin|\/sbin)\//.test(program)) return scriptOf([program.split('/').at(-1) as string, ...rest])
  if (/^(\.{0,2}\/)/.test(program) && /\.(sh|bash|py|js|mjs|cjs|ts|rb|php)$/.test(program)) return program
  if (!/^(ba|da|a)?sh$|^python[\d.]*$|^node$|^bun$|^ruby$|^php$/.test(program)) return undefined
  // A flag that takes a value, or a text to run in the place of a file.
  if (rest.some((word) => /^-(-?(require|import|loader|eval|print|module|env-file)|[a-z]*[cemrp])/.test(word)))
    return undefined
  const file = rest.find((word) => !word.startsWith('-'))
  return file && /^[\w./-]+\.(sh|bash|py|js|mjs|cjs|ts|rb|php)$/.test(file) ? file : undefined
}

/** Programs by the options that name a file which they cannot do without. */
const configs: ReadonlyMap<string, RegExp> = new Map([
  // `python:module` is no file; gunicorn's own default may be missing.
  ['gunicorn', /\s(?:-c|--config)[ =](?:file:)?([\w./-]+\.py)(?=\s|$)/],
  ['hypercorn', /\s(?:-c|--config)[ =]([\w./-]+\.toml)(?=\s|$)/],
  ['uvicorn', /\s(?:--env-file|--log-config)[ =]([\w./-]+)(?=\s|$)/],
  ['alembic', /\s(?:-c|--config)[ =]([\w./-]+\.ini)(?=\s|$)/],
  ['supervisord', /\s(?:-c|--configuration)[ =]([\w./-]+)(?=\s|$)/],
  ['nginx', /\s-c\s+([\w./-]+)(?=\s|$)/],
  ['caddy', /\s(?:-config|--config)[ =]([\w./-]+)(?=\s|$)/],
  ['litestream', /\s-config[ =]([\w./-]+)(?=\s|$)/],
  ['puma', /\s(?:-C|--config)[ =]([\w./-]+)(?=\s|$)/],
  ['node', /\s--env-file=([\w./-]+)(?=\s|$)/],
])

/** The configuration that a command names, or in the case of alembic looks for where it runs. */
function configOf([first = '', ...rest]: readonly string[], env: ReadonlySet<string>): string | undefined {
  if (/^(poetry|uv|pdm|pipenv)$/.test(first) && rest[0] === 'run') return configOf(rest.slice(1), env)
  if (first === 'bundle' && rest[0] === 'exec') return configOf(rest.slice(1), env)
  const program = first.split('/').at(-1) ?? ''
  const named = configs.get(program)?.exec(` ${rest.join(' ')}`)?.[1]
  const isDefault =
    program === 'alembic' && rest.includes('upgrade') && !rest.some((word) => /^(-c|--config|-n|--name)/.test(word))
  return named ?? (isDefault && !env.has('ALEMBIC_CONFIG') ? 'alembic.ini' : undefined)
}
