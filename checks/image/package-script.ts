import {defineCheck, type Facts, suggest} from '../../src/check.ts'

type Problem = Facts['packageCommands'][number]

export default defineCheck({
  id: 'image/package-script',
  title: 'what npm starts is in the package.json of the image',
  why: 'A script that package.json does not have, and a program that an install for production leaves out, cannot be started.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['packageCommands'],
  uses: ['buildsElse', 'prismaAddresses'],
  *run({packageCommands, buildsElse, prismaAddresses = []}) {
    for (const problem of packageCommands) {
      const {kind, command, at, install} = problem
      // That the newest Prisma is fetched, and refuses the schema, is told by image/prisma-url.
      if (isNpx(problem) && problem.name === 'prisma' && prismaAddresses.some(({lacks}) => lacks)) continue
      const ofCommand = kind === 'script' || kind === 'mistaken' || kind === 'member'
      // npx fetches what it does not find, and no lock file tells all that may bring a program.
      const likely =
        kind === 'undeclared' ||
        isNpx(problem) ||
        (kind === 'dev' && problem.isByHand) ||
        problem.through?.beside ||
        buildsElse
      yield {
        message: describe(problem),
        at: ofCommand && !problem.through ? command.at : at,
        related: [ofCommand && !problem.through ? at : command.at, ...(install ? [install] : [])],
        hint: cure(problem),
        ...(likely && {severity: 'warning'}),
        ...(command.by === 'release_command' && {failsAt: 'release'}),
      }
    }
  },
})

const isNpx = ({runner}: Problem): boolean => /^(npx|bunx)$/.test(runner)

function describe(problem: Problem): string {
  const {kind, command, name, runner, manifest, through} = problem
  if (through) {
    const asks = `${command.by} runs ${command.text}, and its script ${through.script}`
    return kind === 'mistaken'
      ? `${asks} runs ${runner} ${name}: ${problem.why}`
      : `${asks} asks for the script ${name}, which ${manifest} does not have`
  }
  if (kind === 'mistaken') return `${command.by} runs ${command.text}, and ${problem.why}`
  if (kind === 'script') return `${command.by} runs ${command.text}, but ${manifest} has no script ${name}`
  const starts = isNpx(problem)
    ? `${command.by} runs ${runner} ${name}`
    : `${command.by} runs ${command.text}, which starts ${name}`
  const then = isNpx(problem) ? `${runner} then fetches its newest version at every start` : 'it is not found'
  if (kind === 'traced') return `${starts}, but the node_modules of .next/standalone has no .bin: ${name} is not found`
  if (kind === 'member')
    return `${starts}, and pnpm lays ${problem.package} into ${manifest} alone, whose package.json names it: ${then}`
  if (kind === 'dev')
    return `${starts}, but ${problem.package} is a development dependency and the image installs none: ${then}`
  return `${starts}, but ${manifest} does not name ${problem.package}: ${then}`
}

function cure({kind, name, scripts, manifest, ...problem}: Problem): string {
  if (kind === 'traced' && name === 'next') return 'Start the server that Next.js wrote: node server.js'
  if (kind === 'traced')
    return `Install it in the last stage: RUN npm install -g ${name}@VERSION, in the version of the lock file; or copy the whole node_modules of a stage that installs it.`
  if (kind === 'mistaken') return problem.hint ?? `Run it: npm run ${name}`
  if (kind === 'script') {
    const other = suggest(name, scripts)
    return `${other ? `Did you mean ${other}? Else add` : 'Add'} "${name}" to the scripts of ${manifest}.`
  }
  if (kind === 'member')
    return `Start it there: sh -c "cd ${manifest} && ${problem.runner} ${name} …"; or name ${problem.package} in the package.json at the top, too.`
  if (kind === 'dev')
    return `Move ${problem.package} to the dependencies of ${manifest}: npm install --save-prod ${problem.package}`
  return `Add it: npm install ${problem.package}`
}
