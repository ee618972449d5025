import {defineCheck} from '../../src/check.ts'

/** Instructions that a shell could take for a word of its command; in lower case it may be one. */
const keyword = /^(?:RUN|COPY|ADD|CMD|ENTRYPOINT|ENV|EXPOSE|WORKDIR|USER|ARG|LABEL|VOLUME|HEALTHCHECK|FROM|SHELL)$/

export default defineCheck({
  id: 'dockerfile/joined-lines',
  title: 'no instruction is a part of the one before',
  why: 'A backslash at the end of a line joins the next one to it: an instruction there becomes words of the command above.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['build', 'dockerfile'],
  uses: ['buildsElse'],
  *run({build, dockerfile, buildsElse}) {
    const {file} = dockerfile
    for (const {instruction, commands} of build.stages.flatMap(({moments}) => moments)) {
      const {text, offset} = instruction
      for (const {words} of commands) {
        const name = words.find((word) => keyword.test(word ?? ''))
        const line =
          name === undefined
            ? null
            : new RegExp(`\\\\[ \\t]*\\r?\\n(?:[ \\t]*(?:#.*)?\\r?\\n){0,50}[ \\t]*(?=${name}[ \\t])`).exec(text)
        if (name === undefined || !line) continue
        const start = offset + line.index + line[0].length
        const isProgram = words[0] === name
        yield {
          message: isProgram
            ? `the line before ends with a backslash, so that the shell takes ${name} for a program: "${name}: not found"`
            : `the line before ends with a backslash, so that ${words[0] ?? 'the command there'} gets ${name} and what follows as its arguments`,
          at: file.span(start, start + name.length),
          related: [instruction.at],
          hint: `Take the backslash${isProgram ? ' and the && or ;' : ''} away at the end of the line before ${name}.`,
          // Some programs take any words, and the build goes on without the instruction.
          ...((buildsElse || !isProgram) && {severity: 'warning'}),
        }
        break
      }
    }
  },
})
