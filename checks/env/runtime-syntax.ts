import {defineCheck} from '../../src/check.ts'

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
        message:
          kind === 'comma'
            ? `this line has no comma at its end, and ${name}: follows: ${stops} with a SyntaxError`
            : `${name} is used here, but nothing above sets this variable: ${stops} with "undefined variable"`,
        at,
        hint:
          kind === 'comma'
            ? 'Put a comma at the end of the line.'
            : `Set it before, in the same block or outside of it: ${name} = …; or write the value here.`,
        failsAt: atRuntime ? started : 'build',
        ...(edit && {fix: {title: 'Add the comma', edits: [edit]}}),
      }
    }
  },
})
