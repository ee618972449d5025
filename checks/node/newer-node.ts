import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'node/newer-node',
  title: "the image's Node.js has what the code asks of it",
  why: 'Functions, globals and modules come with each version of Node.js: in an older one the code ends where it uses them.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['newerNodeNames', 'dockerfile'],
  uses: ['buildsElse'],
  *run({newerNodeNames, dockerfile, buildsElse}) {
    for (const {
      name,
      since,
      has,
      image,
      at,
      isAtOnce,
      error,
      by,
      command,
      when,
      through,
      package: asking,
    } of newerNodeNames) {
      const asks =
        through === undefined ? `asks for ${name}` : `imports ${through}, and as that is loaded it asks for ${name}`
      yield {
        message: `${by} loads this file, which ${asks}, and Node has that since ${since}: ${image} has Node ${has}${isAtOnce ? `, and the program ends with “${error}”` : ` (${error})`}`,
        at,
        related: [dockerfile.final.at, command],
        hint: `Take a newer Node: FROM node:${Math.max(22, Number.parseInt(since, 10))}-slim, or ${asking === undefined ? `do without ${name}` : `an older ${asking}`}.`,
        failsAt: isAtOnce ? when : 'runtime',
        ...((!isAtOnce || buildsElse) && {severity: 'warning' as const}),
      }
    }
  },
})
