import {defineCheck, type Facts, hasNoPackage} from '../../src/check.ts'

type Absent = Facts['runPrograms'][number]

export default defineCheck({
  id: 'dockerfile/run-program',
  title: 'the programs that RUN calls are in its stage',
  why: 'A stage has what its base image brings and what the steps before install: a program of another stage is “not found”.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['runPrograms'],
  uses: ['buildsElse'],
  *run({runPrograms, buildsElse}) {
    for (const absent of runPrograms) {
      const {
        program,
        by,
        at,
        written,
        base,
        from,
        isOfPackage,
        says = `${program}: not found`,
        starves,
        aside,
        noCertificates,
        likely,
        carriage,
      } = absent
      const isMissing = noCertificates
        ? `this RUN fetches from https with ${program}, but neither ${base} nor a step before brings certificates`
        : `${by ? `${by} calls` : 'this RUN calls'} ${program}, but neither ${base} nor a step before brings it`
      yield {
        message: carriage
          ? `this RUN starts ${program}, whose first line ends with a carriage return, as Windows writes it: the build stops with "${says}"`
          : aside
            ? `this RUN calls ${program}, which the script of ${aside.host} lays in ~/${aside.folder}, and that is not on PATH${aside.exported ? ': what another RUN exports or sources ends with it' : ''}: the build stops with "${says}"`
            : starves
              ? `${isMissing}: ${starves} gets nothing to run and the build goes on without what it should install`
              : isOfPackage
                ? `this RUN calls ${program}, which packages have in node_modules/.bin, and that is not on PATH: the build stops with "${says}"`
                : `${isMissing}: the build ${likely ? 'may stop' : 'stops'} with "${says}"`,
        at,
        related: [from, ...(written ? [written] : []), ...(carriage ? [carriage] : [])],
        hint: cure(absent),
        ...((buildsElse || starves || likely) && {severity: 'warning'}),
      }
    }
  },
})

const ofNode = /^(?:node|npm|npx|corepack|yarn|pnpm)$/
/** Node 25 was the first without it. */
const withCorepack = /^node:(?:1\d|2[0-4])\b/

function cure({program, by, base, distribution, isOfPackage, aside, noCertificates, carriage}: Absent): string {
  if (program === 'php' && by?.startsWith('@laravel/'))
    return 'Build the assets in a stage that has PHP and vendor/, too: install Node.js in that of composer'
  if (carriage)
    return `Commit it with the line ends of Linux: in .gitattributes ${program.replace(/^.*\//, '')} text eol=lf`
  if (aside) return `Before it: ENV PATH="/root/${aside.folder}:$PATH", with the home of the user that ran the script`
  if (noCertificates) return `Install ca-certificates beside ${program}`
  if (isOfPackage) return `Write ${base.startsWith('oven/bun') ? 'bunx' : 'npx'} ${program} …, which finds it there`
  if (program === 'sh') return `Do it in a stage before that has a shell, and bring what it makes: COPY --from=STAGE …`
  if (program === 'apt-key')
    return 'Lay the key where the list names it: curl -fsSL … | gpg --dearmor -o /usr/share/keyrings/NAME.gpg, and deb [signed-by=/usr/share/keyrings/NAME.gpg] https://… in the list'
  if (program === 'sudo') return 'Leave it out: a RUN is run by root, or by whom USER names; above it: USER root'
  if (/^node(?::|$)/.test(base) && /^(?:yarn|pnpm)$/.test(program))
    return `Before it: RUN ${withCorepack.test(base) ? 'corepack enable' : 'npm install -g'} ${program}`
  if (/^node(?::|$)/.test(base) && program === 'corepack') return 'Before it: RUN npm install -g corepack'
  if (ofNode.test(program))
    return `Do this step in a stage of its own, FROM node, and COPY --from it what it builds; or install Node.js before it: ${install('nodejs npm', distribution)}`
  if (/^bunx?$/.test(program)) return 'Before it: COPY --from=oven/bun /usr/local/bin/bun /usr/local/bin/bun'
  if (program === 'composer') return 'Before it: COPY --from=composer:2 /usr/bin/composer /usr/bin/composer'
  if (program === 'install-php-extensions')
    return 'Before it: COPY --from=mlocati/php-extension-installer /usr/bin/install-php-extensions /usr/local/bin/'
  if (hasNoPackage(program)) return 'Before it: a RUN that installs it, by the package manager of its language'
  if (/^(?:templ|sqlc|swag|buf)$/.test(program))
    return `Before it: RUN go install … of ${program}, by the path of its module and with a version`
  if (/^(?:user(?:add|mod)|groupadd)$/.test(program) && distribution === 'alpine')
    return 'Write it as Alpine does: addgroup -S app && adduser -S -G app app. Or before it: RUN apk add --no-cache shadow'
  if (/^uvx?$/.test(program)) return 'Before it: COPY --from=ghcr.io/astral-sh/uv:latest /uv /uvx /bin/'
  if (/^(?:poetry|pipenv|pdm)$/.test(program)) return `Before it: RUN pip install ${program}`
  return `Before it: ${install(packages.get(program) ?? program, distribution)}`
}

const install = (names: string, distribution: Absent['distribution']): string =>
  distribution === 'alpine'
    ? `RUN apk add --no-cache ${names === 'build-essential' ? 'build-base' : names}`
    : `RUN apt-get update && apt-get install -y --no-install-recommends ${names}`

/** Where the package has another name than the program. */
const packages: ReadonlyMap<string, string> = new Map([
  ['php', 'php-cli'],
  ['gcc', 'build-essential'],
  ['make', 'build-essential'],
  ['mvn', 'maven'],
  ['ps', 'procps'],
  ['nc', 'netcat-openbsd'],
  ['psql', 'postgresql-client'],
  ['pg_dump', 'postgresql-client'],
  ['pip', 'python3-pip'],
  ['pip3', 'python3-pip'],
  ['python', 'python3'],
  ['envsubst', 'gettext'],
  ['supervisord', 'supervisor'],
  ['xz', 'xz-utils'],
])
