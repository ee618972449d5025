import {defineCheck, type Facts, type FileLocation} from '../../src/check.ts'

/** Instructions that a shell could take for a word of its command; in lower case it may be one. */
const keyword = /^(?:RUN|COPY|ADD|CMD|ENTRYPOINT|ENV|EXPOSE|WORKDIR|USER|ARG|LABEL|VOLUME|HEALTHCHECK|FROM|SHELL)$/

/** What takes no name of a program for an argument: an address, an archive and its members, a mode and files. */
const takesNone = /^(?:curl|wget|tar|unzip|chmod|chown|mkdir|rm|cp|mv|ln|useradd|groupadd|adduser|addgroup|cd)$/
/** How a command begins: its name, and a word that nothing but this command has behind it. */
const command =
  /^(?:(?:tar|chmod|chown|rm|mkdir|cp|mv|ln|unzip|curl|wget|sed|useradd|groupadd|adduser|addgroup) -\S|chmod \+\S|(?:apt-get|apk) (?:update|install|add|clean)$|(?:npm|pnpm|yarn|bun) (?:ci|install|run)$|(?:pip3?|uv|gem|poetry|bundle|cargo|go) (?:install|sync|build|mod)$|git (?:clone|config)$)/
/** They ask for each word, or look for it, and end with a failure. */
const stops = /^(?:curl|wget|tar|unzip|chmod|chown)$/

export default defineCheck({
  id: 'dockerfile/joined-lines',
  title: 'no line is a part of the one before',
  why: 'A backslash at the end of a line joins the next one to it: an instruction or a command there becomes words of the command above.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['build', 'dockerfile'],
  uses: ['buildsElse'],
  *run({build, dockerfile, buildsElse}) {
    const {file} = dockerfile
    for (const {instruction, commands} of build.stages.flatMap(({moments}) => moments)) {
      for (const {words} of commands) {
        const lost = swallowed(words)
        const name = words.find((word) => keyword.test(word ?? '')) ?? lost
        const at = name === undefined ? undefined : lineOf(name, instruction, file)
        if (name === undefined || !at) continue
        const isProgram = words[0] === name
        const isRefused = stops.test(words[0] ?? '') && !instruction.text.includes('||')
        const isInstruction = keyword.test(name)
        const taken = `${words[0] ?? 'the command there'} gets ${name} and what follows as its arguments`
        yield {
          message: isProgram
            ? `the line before ends with a backslash, so that the shell takes ${name} for a program: "${name}: not found"`
            : `the line before ends with a backslash${isInstruction ? '' : ' alone'}, so that ${taken}`,
          at,
          related: [instruction.at],
          hint: isInstruction
            ? `Take the backslash${isProgram ? ' and the && or ;' : ''} away at the end of the line before ${name}.`
            : `End the line before ${name} with && \\`,
          // Some programs take any words, and the build goes on without the instruction, or the command.
          ...((buildsElse || !(isProgram || (lost !== undefined && isRefused))) && {severity: 'warning'}),
        }
        break
      }
    }
  },
})

type Moment = Facts['build']['stages'][number]['moments'][number]
type Words = Moment['commands'][number]['words']

/** The program of a command that stands among the words of another one. */
function swallowed(words: Words): string | undefined {
  if (!takesNone.test(words[0] ?? '')) return undefined
  const index = words.findIndex((word, at) => at > 1 && command.test(`${word} ${words[at + 1] ?? ''}`))
  return words[index]
}

/** Where a word begins a line that the one before goes on in, and that is no command behind `&&`; undefined where none does. */
function lineOf(
  name: string,
  {text, offset}: Moment['instruction'],
  file: Facts['dockerfile']['file'],
): FileLocation | undefined {
  const before = keyword.test(name) ? '' : '(?<![&|;({][ \\t]{0,50})'
  const line = new RegExp(`${before}\\\\[ \\t]*\\r?\\n(?:[ \\t]*(?:#.*)?\\r?\\n){0,50}[ \\t]*(?=${name}[ \\t])`).exec(
    text,
  )
  if (!line) return undefined
  const start = offset + line.index + line[0].length
  return file.span(start, start + name.length)
}
