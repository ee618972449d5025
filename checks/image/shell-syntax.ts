import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/shell-syntax',
  title: 'a shell can read what it is given to run',
  why: 'A quote that is not closed, a then without its if, a missing && at the end of a line: the shell stops with a syntax error.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['shellFaults', 'bashWords'],
  uses: ['buildsElse'],
  *run({shellFaults, bashWords, buildsElse}) {
    for (const {word, at, base, shell, stops, says, script, kind} of bashWords) {
      if (!script || kind === 'echo') continue
      const {by, path, certain} = script
      const then = stops ? '' : kind === 'test' ? ', so that it is never true' : ''
      yield {
        message: `${word} is of bash, and sh runs ${path}, which ${by} starts; that is ${shell} in ${base}: "${says}"${then}`,
        at,
        hint: `Start the script with bash, where the image has it (#!/bin/bash), or write it as POSIX has it.`,
        ...((!stops || !certain || buildsElse) && {severity: 'warning'}),
        failsAt: by === 'release_command' ? 'release' : 'boot',
      }
    }
    for (const {by, script, what, at, certain} of shellFaults) {
      const text = script ? `${script}, which ${by} starts` : 'this RUN'
      yield {
        message: `the shell cannot read ${text}: ${what}, so it stops with a syntax error`,
        at,
        hint: hintFor(what),
        ...((!certain || buildsElse) && {severity: 'warning'}),
        ...(script && {failsAt: by === 'release_command' ? 'release' : 'boot'}),
      }
    }
  },
})

function hintFor(what: string): string {
  if (/unterminated|quote/.test(what)) return 'Close the quote.'
  const [, word] = /^expected '([^']+)' to close/.exec(what) ?? []
  if (word) return `Write ${word} where it ends.`
  if (/^unexpected token '(then|do|else|elif|fi|done|esac)'/.test(what))
    return 'Look at what stands before it: a command that begins with if, for, while or case needs && or ; in front of it.'
  if (/^expected command/.test(what)) return 'Write the command, or delete the operator.'
  return 'Correct it; sh -n reads a script without running it.'
}
