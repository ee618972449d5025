// Lets Node run the sources and read the test files: TypeScript as it is, and nothing for vitest.
import {register} from 'node:module'
import {register as registerTypeScript} from 'tsx/esm/api'

registerTypeScript()
const vitest = new URL('no-vitest.js', import.meta.url).href
const resolve = `export const resolve = (name, context, next) =>
  name === 'vitest' ? {url: ${JSON.stringify(vitest)}, shortCircuit: true} : next(name, context)`
register(`data:text/javascript,${encodeURIComponent(resolve)}`)
