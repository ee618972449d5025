import {defineCheck, type Facts} from '../../src/check.ts'

type Problem = Facts['scriptStarts'][number]

export default defineCheck({
  id: 'image/script-start',
  title: 'the scripts that the machines start can be started',
  why: 'A script that is not executable, or whose first line names no program of the image, cannot be started.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['scriptStarts'],
  uses: ['buildsElse'],
  *run({scriptStarts, buildsElse}) {
    for (const problem of scriptStarts) {
      const {by, kind, at, command, copy, isOfWindows} = problem
      // Some that start a program hand what is none to a shell.
      const likely = kind === 'shebang' || kind === 'lines' || isOfWindows || buildsElse
      yield {
        message: describe(problem),
        at,
        related: [command, copy],
        hint: cure(problem),
        ...(likely && {severity: 'warning'}),
        ...(by === 'release_command' && {failsAt: 'release'}),
      }
    }
  },
})

function describe({kind, by, path, interpreter, base}: Problem): string {
  if (kind === 'path') {
    const name = path.slice(path.lastIndexOf('/') + 1)
    return `${by} starts ${name} without a folder, which is looked for on PATH: it lies in ${path.slice(0, -name.length - 1)}, and PATH does not name that`
  }
  if (kind === 'mode') return `${by} starts ${path}, which nobody may execute: the file has no x permission`
  if (kind === 'shebang')
    return `${by} starts ${path}, which does not begin with #! and a program: the system cannot run it`
  if (kind === 'crlf')
    return `${by} starts ${path}, whose first line ends with a carriage return: the system looks for a program with it in its name`
  if (kind === 'lines')
    return `${by} has ${interpreter} read ${path}, whose lines end with a carriage return: to it, that is a part of the last word`
  if (kind === 'words')
    return `${by} starts ${path}, whose first line hands env "${interpreter}", which Linux makes one argument of: env finds no program of that name`
  if (kind === 'echo')
    return `${by} starts ${path}, which echo writes into one line: the shell of ${base} leaves \\n as it stands, so that its first line names no program`
  return `${by} starts ${path}, which ${interpreter} must run, and neither ${base || 'the base image'} nor a RUN brings that`
}

function cure({kind, path, interpreter, distribution, at}: Problem): string {
  if (kind === 'path') return `Write where it is: ${path}`
  const file = 'file' in at ? at.file : path
  if (kind === 'mode')
    return `git update-index --chmod=+x ${file} && chmod +x ${file}, or copy it with COPY --chmod=755`
  if (kind === 'echo')
    return `Write it with printf '%b' in place of echo, or as a file of the project that COPY brings: COPY --chmod=755 ${path.slice(path.lastIndexOf('/') + 1)} ${path}`
  if (kind === 'words') {
    const [program = ''] = interpreter.split(/\s/)
    return `Write #!/usr/bin/env ${program}, or where the other words are meant, #!/usr/bin/env -S ${interpreter} (not on Alpine).`
  }
  if (kind === 'shebang') return 'Write #!/bin/sh as its first line, with nothing before it.'
  if (kind === 'crlf' || kind === 'lines')
    return `Save it with LF, and keep it so in .gitattributes: ${file} text eol=lf`
  return distribution === 'alpine'
    ? `In the last stage: RUN apk add --no-cache ${interpreter}, or begin the script with #!/bin/sh.`
    : `Install ${interpreter} in the last stage, or write the script for a program that is there.`
}
