import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/env-syntax',
  title: 'ENV, LABEL and variables of a RUN have no blanks around =',
  why: 'ENV A = b is an old form that sets A to "= b": the app then reads a value that nobody wrote.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['build'],
  uses: ['buildCommands', 'dockerfile', 'buildsElse'],
  *run({build, buildCommands, dockerfile, buildsElse}) {
    for (const {words, moment, by, at, conditional, decisive} of buildCommands?.commands ?? []) {
      const [name = ''] = words
      const {text, offset} = moment.instruction
      const blank = /^[A-Z_][A-Z0-9_]*$/.test(name) ? new RegExp(`\\b${name}[ \\t]+=`).exec(text) : null
      if (by !== undefined || !blank) continue
      // Another shell has a syntax of its own.
      const isOther = moment.stage.instructions.some(
        (each) => each.keyword === 'SHELL' && !/\b(?:ba|da|a)?sh"/.test(each.text),
      )
      if (isOther) continue
      const start = offset + blank.index
      yield {
        message: `this RUN starts a program ${name}, as a blank parts it from its =: there is none, and the build stops with "${name}: not found"`,
        at: dockerfile?.file.span(start, start + blank[0].length) ?? at,
        hint: `Write ${name}=VALUE, without blanks.`,
        failsAt: 'build',
        ...(!conditional && decisive && !buildsElse && {severity: 'error'}),
      }
    }
    for (const {stage} of build.stages) {
      for (const {keyword, line, at} of stage.instructions) {
        const name = /^(\S+)\s+=/.exec(line.rest)?.[1]
        if (!name || name.includes('=') || !/^(ENV|LABEL)$/.test(keyword)) continue
        yield {
          message: `${keyword} sets ${name} to a value that begins with "= ": there must be no blanks around =`,
          at,
          hint: `Write ${keyword} ${name}=VALUE, without blanks.`,
        }
      }
    }
  },
})
