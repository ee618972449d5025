import {defineCheck, type Facts} from '../../src/check.ts'

type Refused = Facts['refusedOptions'][number]

export default defineCheck({
  id: 'node/refused-options',
  title: 'tsconfig.json has no option that TypeScript has given up',
  why: 'TypeScript 6 refuses moduleResolution "node", baseUrl and others, and 7 knows them no more: tsc stops before it compiles.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['refusedOptions'],
  uses: ['buildsElse'],
  *run({refusedOptions, buildsElse}) {
    for (const refused of refusedOptions) {
      const {at, by, command, commandAt, version, isNewest} = refused
      const which = version ? `TypeScript ${version}${isNewest ? ', the newest,' : ''}` : command
      yield {
        message: `${by ?? command} stops: ${which} ${describe(refused)}`,
        at,
        related: [commandAt],
        hint: cure(refused),
        // Without an import from elsewhere, as far as is seen; of the newest version tomorrow's may differ.
        ...((buildsElse || isNewest || refused.option === 'rootDir') && {severity: 'warning' as const}),
      }
    }
  },
})

const describe = ({option, value, ignoring}: Refused): string =>
  option === '--project'
    ? `takes no source file beside ${option}, and is given ${value} (TS5042)`
    : option.startsWith('--')
      ? `has no option ${option}, which is a key of tsconfig.json alone (TS5023)`
      : option === 'rootDir'
        ? `asks for rootDir, as all sources lie in ${value} (TS5011)`
        : ignoring
          ? `refuses "${option}": ${value} as deprecated (TS5107)`
          : `has "${option}": ${value} no more (TS5108)`

function cure({option, value, ignoring}: Refused): string {
  if (option.startsWith('--'))
    return 'Write it into a tsconfig.json of its own, as tsconfig.build.json with "extends", and call tsc -p tsconfig.build.json alone.'
  if (option === 'rootDir') return `Write "rootDir": "./${value}" beside outDir.`
  return `${instead(option)}${ignoring ? ` For a while "ignoreDeprecations": "${ignoring}" lets it stay.` : ''}`
}

function instead(option: string): string {
  switch (option) {
    case 'moduleResolution':
      return 'Write "bundler", or "nodenext" with the module of that name where Node itself runs what tsc writes.'
    case 'baseUrl':
      return 'Take it away, and begin what paths leads to with ./ and the folder that it named.'
    case 'target':
      return 'Write "es2022", or what the Node of the image has.'
    case 'module':
      return 'Write "nodenext" or "commonjs".'
    case 'out':
      return 'Write outDir.'
    case 'importsNotUsedAsValues':
    case 'preserveValueImports':
      return 'Write "verbatimModuleSyntax": true.'
    default:
      return 'Take it away.'
  }
}
