import {defineCheck, type Facts} from '../../src/check.ts'

type Kind = Facts['configFaults'][number]['kind']

export default defineCheck({
  id: 'env/runtime-syntax',
  title: 'the configuration of the release can be compiled',
  why: 'The build only copies config/runtime.exs: a mistake in it shows when the release starts, and every start ends there.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['configFaults', 'flyConfig'],
  *run({configFaults, flyConfig}) {
    for (const {kind, name, atRuntime, at, edit} of configFaults) {
      const stops = atRuntime ? 'the release stops before it starts' : 'mix stops while the image is built'
      const started = flyConfig.config.deploy?.release_command ? 'release' : 'boot'
      yield {
        message: `${problemOf(kind, name)}: ${stops} with ${errors[kind]}`,
        at,
        hint: cureOf(kind, name),
        failsAt: atRuntime ? started : 'build',
        ...(edit && {fix: {title: 'Add the comma', edits: [edit]}}),
      }
    }
  },
})

function problemOf(kind: Kind, name: string): string {
  if (kind === 'comma') return `this line has no comma at its end, and ${name}: follows`
  if (kind === 'block') return `the do behind ${name} is taken by config, which has no parentheses`
  if (kind === 'call') return `${name} is called here, where mix has no modules yet but those of Elixir`
  return `${name} is used here, but nothing above sets this variable`
}

const errors: Readonly<Record<Kind, string>> = {
  comma: 'a SyntaxError',
  block: 'a CompileError',
  variable: '"undefined variable"',
  call: 'an UndefinedFunctionError',
}

function cureOf(kind: Kind, name: string): string {
  if (kind === 'comma') return 'Put a comma at the end of the line.'
  if (kind === 'block')
    return `Set a variable above the config: value = ${name} … do … end; or put the ${name} … end into parentheses.`
  if (kind === 'call')
    return 'Move this config to config/runtime.exs, which is read when the release starts, or name the module without a call.'
  return `Set it before, in the same block or outside of it: ${name} = …; or write the value here.`
}
