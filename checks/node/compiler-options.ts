import {defineCheck, type Facts, firstOf} from '../../src/check.ts'

type Fault = Facts['tscFaults'][number]

export default defineCheck({
  id: 'node/compiler-options',
  title: 'the sources keep to what tsconfig.json forbids',
  why: 'What noUnusedLocals, erasableSyntaxOnly, module or the like forbid is an error of tsc, and npm run build ends with it.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['tscFaults'],
  uses: ['buildsElse'],
  *run({tscFaults, buildsElse}) {
    for (const fault of tscFaults) {
      const {at, optionAt, command, commandAt, by} = fault
      yield {
        message: `${by ?? command} stops: ${describe(fault)}`,
        at,
        related: [optionAt, commandAt],
        hint: cure(fault),
        ...(buildsElse && {severity: 'warning' as const}),
      }
    }
  },
})

function describe({option, what, paths, imported, isLocked}: Fault): string {
  const are = what.length > 1 ? 'are' : 'is'
  if (paths?.kind === 'ending')
    return `${firstOf(what, 3)} ${are} imported without the ending, and tsc takes none of an ES module where ${option} is ${paths.value}`
  if (paths)
    return `${firstOf(what, 3)} ${are} imported without with {type: 'json'}, which tsc asks of an ES module for Node`
  if (option === 'types' && isLocked)
    return `types names ${firstOf(what, 3)}, and no package.json from there upwards asks for ${what.map(typesOf).join(' or ')}: pnpm lays it only beside the packages that do`
  if (option === 'types')
    return `types names ${firstOf(what, 3)}, and neither package.json nor the lock file has ${what.map(typesOf).join(' or ')}`
  if (option === 'noUnusedLocals' || option === 'noUnusedParameters')
    return `${firstOf(what, 3)} ${are} ${imported ? 'imported' : 'declared'} and never used, which ${option} forbids`
  return `there is ${what}, which ${option === 'module' ? '"module": "commonjs"' : option} forbids`
}

/** `@types/node`; of `vite/client` the package itself. */
const typesOf = (name: string): string =>
  /[/@]/.test(name) ? name.replace(/^(@[^/]{1,100}\/[^/]{1,100}|[^@/]{1,100})\/.*$/, '$1') : `@types/${name}`

function cure({option, what, paths, isLocked}: Fault): string {
  if (paths?.kind === 'ending')
    return `Write ${paths.place}, and so all of them: tsc finds the .ts of it, and Node asks for the whole name.`
  if (paths) return `Write behind it with {type: 'json'}, or read the file with readFileSync.`
  switch (option) {
    case 'types':
      return `Install it${isLocked ? ' there' : ''}: ${isLocked ? 'pnpm add' : 'npm install'} --save-dev ${what.map(typesOf).join(' ')}. Or take it out of "types".`
    case 'noUnusedLocals':
      return 'Take away what is not used.'
    case 'noUnusedParameters':
      return 'Take away what is not used, or let its name begin with _.'
    case 'module':
      return 'Wait in a function that is called at once: async function main() { … }, and main(). Or let tsc write ES modules: "module": "nodenext", and "type": "module" in package.json.'
    default:
      return 'Write it without what only TypeScript knows: an object with "as const" for an enum, fields that the constructor sets.'
  }
}
