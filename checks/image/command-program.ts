import {
  commandPackages,
  defineCheck,
  type Facts,
  hasNoPackage,
  knownRequirements,
  systemPrograms,
} from '../../src/check.ts'

type Problem = Facts['commandPrograms'][number]

export default defineCheck({
  id: 'image/command-program',
  title: 'the programs that the machines start are in the image',
  why: 'A program that is not in the image cannot be started: the machine stops at once, and the deploy with it.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['commandPrograms', 'build'],
  uses: ['otherStage', 'absentPlaces', 'buildsElse', 'image', 'processes'],
  *run({commandPrograms, build, absentPlaces = [], buildsElse, image, processes, otherStage}) {
    if (otherStage?.reason) return otherStage.reason
    const isKnown =
      image !== undefined && processes !== undefined && typeof knownRequirements(image, processes) !== 'string'
    for (const problem of commandPrograms) {
      // python/command-package tells it, and knows more packages.
      if (problem.kind === 'package' && isKnown && !problem.supervised && commandPackages.has(problem.program)) continue
      // Of packages it is not read what else they need.
      const likely = problem.kind === 'package' || problem.supervised || isPython(problem) || buildsElse
      yield {
        message: describe(problem),
        at: problem.at,
        related: [...problem.related, build.final.stage.at],
        hint: cure(problem),
        ...(likely && {severity: 'warning'}),
        ...(problem.by === 'release_command' && {failsAt: 'release'}),
        // supervisord tries three more times, and goes on with the others; a script goes on at once.
        ...(problem.supervised && {failsAt: 'runtime'}),
      }
    }
    for (const {by, program, path, at, instead, supervised, mayBeBuilt} of absentPlaces) {
      yield {
        message: `${by} starts ${program}, and nothing brings a program to ${path} in the image`,
        at,
        related: [instead?.at ?? build.final.stage.at],
        hint: instead
          ? `Write ${instead.path}, which is brought there, or bring it to ${path}.`
          : `Copy it there in the last stage: COPY --from=STAGE … ${path}`,
        ...((supervised || mayBeBuilt || buildsElse) && {severity: 'warning'}),
        ...(by === 'release_command' && {failsAt: 'release'}),
        ...(supervised && {failsAt: 'runtime'}),
      }
    }
  },
})

/** Of the program that runs without its packages it is not known what it imports. */
const isPython = ({kind, program}: Problem): boolean => /^(?:environment|login)$/.test(kind) && /^python/.test(program)

function describe({kind, by, program, base, folder, stage, direct}: Problem): string {
  const starts = direct ? `${by} starts ${program}` : `${by} comes to ${program}`
  if (kind === 'option')
    return `${by} gives thrust ${program}, and thrust has no options: it takes ${program} for the program`
  if (kind === 'builtin') return `${by} starts ${program}, which is a word of the shell and no program`
  if (kind === 'interpreter')
    return `${by} begins with ${program}, but ${base} hands the whole command to its own program, which takes ${program} for the file to run`
  if (kind === 'package') return `${starts}, but no package that the image installs brings it`
  if (kind === 'login')
    return `${starts} in a login shell, which takes PATH from /etc/profile: ${folder}/bin of the image's PATH is not in it`
  if (kind === 'environment' && /^python/.test(program))
    return `${starts} of the system, but the packages are in ${folder}, and PATH does not name ${folder}/bin`
  if (kind === 'environment') return `${starts}, which is in ${folder}/bin, and PATH does not name that folder`
  if (kind === 'flag') return `${by} begins with ${program}, which is no program: no ENTRYPOINT stands before it`
  if (kind === 'built')
    return `${starts}, a program of the project, but no COPY brings one of that name to the last stage`
  if (kind === 'place') return `${starts}, but ${base} has it as ${pathOf(folder, nameOf(program))}`
  if (kind === 'outside')
    return `${starts}, which is ${pathOf(folder, program)} in the image: PATH does not name that folder`
  if (kind === 'modules')
    return `${starts}, which packages have in node_modules/.bin, and PATH does not name that folder`
  if (kind === 'left')
    return `${starts}, which the stage ${stage} has in ${folder}/bin: no COPY brings that folder into the last stage`
  return `${starts}, but neither ${base} nor a RUN brings it`
}

function cure({kind, program, distribution, folder, stage, base}: Problem): string {
  if (kind === 'option') return 'Leave it out: the port is that of HTTP_PORT, in ENV or [env] (HTTP_PORT = "8080").'
  if (kind === 'builtin') return 'Run the line in a shell: CMD ["sh", "-c", "…"], or set WORKDIR and ENV in its place.'
  if (kind === 'interpreter')
    return /sh$/.test(program)
      ? `${base} has no shell: name the file to run, and do the rest in it, or take another base image.`
      : `Leave ${program} out and begin with the file.`
  if (kind === 'package') return `Add ${program} to the packages that the image installs.`
  if (kind === 'login') return `Leave the l out: sh -c keeps the image's PATH. Or write ${folder}/bin/${program}.`
  // Into that home no other user may go.
  if (kind === 'environment' && folder === '/root/.local')
    return `Install it without --user: its programs are in /usr/local/bin then.`
  if (kind === 'environment' && folder?.includes('pypoetry'))
    return `Before poetry install: RUN poetry config virtualenvs.create false; or start it by Poetry: poetry run ${program}`
  if (kind === 'environment') return `In the last stage: ENV PATH="${folder}/bin:$PATH"`
  if (kind === 'built')
    return `In the last stage: COPY --from=STAGE …/${program} /usr/local/bin/, from where it is built.`
  if (kind === 'place') return `Write ${nameOf(program)} alone, or ${pathOf(folder, nameOf(program))}.`
  if (kind === 'outside')
    return `Write ${pathOf(folder, program)}, or copy it into a folder of PATH, such as /usr/local/bin.`
  if (kind === 'modules')
    return `Let npx find it (npx ${program} …), or start it with a script of package.json: npm start`
  if (kind === 'left') return `Copy the programs, too: COPY --from=${stage} ${folder}/bin ${folder}/bin`
  if (ofPython.test(program)) return `Install it in the last stage: RUN pip install ${program}, or what lists it.`
  if (distribution === 'none')
    return `${base} has no ${program}: name the program itself in the JSON form, or take another base image.`
  if (hasNoPackage(program))
    return `Bring it into the last stage, to /usr/local/bin: by a COPY --from the stage that installs it, or by a RUN that fetches it.`
  return ways.get(program) ?? (distribution === 'alpine' ? apk(program) : apt(program))
}

/** Programs that packages of Python bring. */
const ofPython = /^(?:gunicorn|uvicorn|hypercorn|daphne|granian|alembic|celery|flask|fastapi|streamlit)$/

const nameOf = (program: string): string => program.replace(/^.*\//, '')

const pathOf = (folder = '/', program: string): string => `${folder.replace(/\/$/, '')}/${program}`

const apk = (name: string) =>
  `In the last stage: RUN apk add --no-cache ${name === 'bash' ? 'bash, or write the script for sh' : packageOf(name, 'alpine')}`
const apt = (name: string) =>
  `In the last stage: RUN apt-get update && apt-get install -y --no-install-recommends ${otherInDebian.get(name) ?? packageOf(name, 'debian')}`

/** Programs of Alpine that Debian has under another name. */
const otherInDebian: ReadonlyMap<string, string> = new Map([
  ['su-exec', 'gosu, and write gosu in the place of su-exec'],
  ['crond', 'cron, and write cron in the place of crond'],
])

const copyOfUv = 'In the last stage: COPY --from=ghcr.io/astral-sh/uv:latest /uv /uvx /bin/'

const ways: ReadonlyMap<string, string> = new Map([
  ['uv', `${copyOfUv}, or start the program from .venv/bin.`],
  ['uvx', copyOfUv],
  ['poetry', 'Install it in the last stage: RUN pip install poetry, or start the program from the environment itself.'],
  ['pipenv', 'Install it in the last stage: RUN pip install pipenv, or start the program itself.'],
  ['pnpm', 'In the last stage: RUN corepack enable pnpm, or start the script with node.'],
  ['yarn', 'Start the script with node or npm, or install yarn in the last stage: RUN npm install -g yarn'],
  // flyio/litefs and litestream/litestream have them there; deno's image of the program alone is called bin.
  [
    'litefs',
    'In the last stage: COPY --from=flyio/litefs:0.5 /usr/local/bin/litefs /usr/local/bin/litefs; the system needs the package fuse3 for it.',
  ],
  [
    'litestream',
    'In the last stage: COPY --from=litestream/litestream /usr/local/bin/litestream /usr/local/bin/litestream',
  ],
  [
    'deno',
    'Take a denoland/deno image as the base of the last stage; or copy it into one of Debian: COPY --from=denoland/deno:bin /deno /usr/local/bin/deno',
  ],
  ['dotnet', 'Take mcr.microsoft.com/dotnet/aspnet, or runtime, as the base of the last stage.'],
  ['bundle', 'Take a ruby image as the base of the last stage.'],
  ['php', 'Take a php image as the base of the last stage.'],
  ['python', 'Write python3, or take a python image.'],
  ['php-fpm', 'Take the image of PHP with -fpm in its tag as the base of the last stage.'],
  ['apache2-foreground', 'Take the image of PHP with -apache in its tag as the base of the last stage.'],
  ['node', 'Take a node image as the base of the last stage, or copy node into it.'],
  ['npm', 'Take a node image as the base of the last stage, or start the program without npm.'],
  [
    'mix',
    'A release has no mix: start what it brings, such as bin/migrate (mix phx.gen.release writes it), or bin/NAME eval "NAME.Release.migrate()".',
  ],
  ['npx', 'Take a node image as the base of the last stage, or start the program without npx.'],
  [
    'bun',
    'Take an oven/bun image as the base of the last stage, or copy it: COPY --from=oven/bun /usr/local/bin/bun /usr/local/bin/',
  ],
])

/** Where the package has another name than the program; those of systemPrograms count, too. */
const packages: ReadonlyMap<string, string> = new Map([
  ['ps', 'procps'],
  ['pg_isready', 'postgresql-client'],
  ['supervisord', 'supervisor'],
  ['supervisorctl', 'supervisor'],
  ['envsubst', 'gettext'],
  ['nc', 'netcat-openbsd'],
  ['redis-server', 'redis'],
  ['mvn', 'maven'],
])
const packageOf = (program: string, distribution: 'debian' | 'alpine'): string =>
  packages.get(program) ??
  systemPrograms.get(program)?.[distribution] ??
  (program === 'go' && distribution === 'debian' ? 'golang-go' : program)
