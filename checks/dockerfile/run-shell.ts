import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/run-shell',
  title: 'RUN uses only what its shell has',
  why: 'RUN is run by /bin/sh, which is dash in Debian and Ubuntu: source, [[, arrays and others are of bash alone.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['bashWords'],
  uses: ['buildsElse'],
  *run({bashWords, buildsElse}) {
    for (const {kind, word, argument, at, base, shell, stops, says, script} of bashWords) {
      // What the machines start is told by image/shell-syntax.
      if (script) continue
      const lower = (!stops || buildsElse) && {severity: 'warning' as const}
      if (kind === 'braces') {
        yield {
          message: `${word} is one name here: RUN is run by /bin/sh, which is ${shell} in ${base}, and only bash makes several of it`,
          at,
          hint: `Write each name out${shell === 'dash' ? ', or above the RUN: SHELL ["/bin/bash", "-c"]' : '.'}`,
          ...lower,
        }
        continue
      }
      const run = `RUN is run by /bin/sh, which is ${shell} in ${base}`
      const bashHint =
        shell === 'dash'
          ? 'Write above the RUN: SHELL ["/bin/bash", "-c"]'
          : 'Write it as POSIX has it, or install bash before and write: SHELL ["/bin/bash", "-c"]'
      if (kind === 'echo') {
        yield {
          message: `${run}: its echo knows no ${says}, and writes that as a text`,
          at,
          severity: 'warning',
          failsAt: 'silent',
          hint: "Use printf in its place: printf 'a\\nb\\n'",
        }
        continue
      }
      if (kind !== 'builtin') {
        const then = stops ? '' : kind === 'test' ? ', so that it is never true' : ''
        yield {
          message: `${word} is of bash, and ${run}: "${says}"${then}`,
          at,
          hint: kind === 'test' && word !== '[[' ? 'Write = in the place of ==.' : bashHint,
          ...lower,
        }
        continue
      }
      // dash looks along PATH for a name without a slash.
      const path = argument?.includes('/') ? argument : `./${argument}`
      const bash = 'SHELL ["/bin/bash", "-c"]'
      yield {
        message: `${word} is a command of bash, and RUN is run by /bin/sh, which is dash in ${base}: "${word}: not found"${stops ? '' : ', and the rest of the RUN goes on without it'}`,
        at,
        hint:
          word === 'source' && argument
            ? `Write a dot in its place: . ${path}, or above the RUN: ${bash}`
            : `Write above the RUN: ${bash}`,
        ...lower,
      }
    }
  },
})
