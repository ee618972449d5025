import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/dotenv-file',
  title: 'the program starts without .env',
  why: 'A program that ends where there is no .env does not start on Fly.io, whose secrets and [env] are variables already.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['dotenvLoads'],
  uses: ['buildsElse'],
  *run({dotenvLoads, buildsElse}) {
    for (const {by, reader, at, path, rule, certain} of dotenvLoads) {
      yield {
        message: `${by} ends where ${reader} finds no .env, and the image has no ${path}${rule ? ': .dockerignore keeps it out' : ''}`,
        at,
        related: rule ? [rule] : [],
        hint: 'Go on without it, as Fly.io sets secrets and [env] by itself: leave the error aside, or write it to the log.',
        ...((!certain || buildsElse) && {severity: 'warning'}),
      }
    }
  },
})
