import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/bare-port',
  title: 'Go listens at an address, and not at a port alone',
  why: 'An address of Go is HOST:PORT; of 8080 without a colon it says “missing port in address”, and the program ends.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['barePorts'],
  uses: ['buildsElse'],
  *run({barePorts, buildsElse}) {
    for (const {by, port, variable, at, fixed, setAt} of barePorts) {
      yield {
        message: `${by} listens at ${port}${variable ? `, which ${variable} has` : ''}: without a colon it is no address, and Go says "missing port in address"`,
        at,
        related: setAt ? [setAt] : [],
        hint: variable ? `Put a colon before it: ":" + os.Getenv("${variable}")` : `Write ":${port}"`,
        // A secret may have another value, and .env of the laptop often has the colon.
        ...((!fixed || buildsElse) && {severity: 'warning'}),
      }
    }
  },
})
