/** What the instructions that make no files change of a stage (frontend/dockerfile/dockerfile2llb/convert.go). */
import {posix} from 'node:path'
import {splitWords} from '../dockerfile/lex.ts'
import {jsonArray} from '../dockerfile/logical-line.ts'
import type {Instruction} from '../dockerfile/parse.ts'
import {longestPath, pathIn} from './files/image-path.ts'
import {raise, type StageWork, strings} from './stage-work.ts'
import {isArgument} from './variable-reads.ts'

export function configure({keyword, line, at}: Instruction, work: StageWork): void {
  const {rest} = line
  const {config, files} = work.result
  const {escapeCharacter} = work.dockerfile
  switch (keyword) {
    case 'ENV': {
      // All values of one line are filled in with what was there before it.
      const pairs = namesAndValues(rest, escapeCharacter).map(
        ([name, value]) => [work.word(name), work.word(value), value] as const,
      )
      for (const [name, value, written] of pairs) {
        const isOwn = value === '' && [`$${name}`, `\${${name}}`].includes(written.replace(/^"(.*)"$/, '$1'))
        if (isOwn && !work.variables.has(name) && !work.dockerfile.globals.get(name) && !isArgument(work, name))
          work.result.unscoped.push({name, at, isOwn})
        config.env.set(name, value)
        work.variables.set(name, value)
      }
      return
    }
    case 'ARG':
      for (const each of splitWords(rest, escapeCharacter)) declare(each, work)
      return
    case 'WORKDIR': {
      // An absolute one stays as it is written, with a / at its end too (system.NormalizeWorkdir).
      const written = work.word(rest)
      const folder = written.startsWith('/') ? written : pathIn(posix.resolve('/', config.workingDir), written)
      if (folder.length >= longestPath) raise(`the folder has ${folder.length} characters, too many for Linux`)
      config.workingDir = folder
      files.folder(posix.resolve(config.workingDir))
      return
    }
    case 'USER':
      config.user = work.word(rest)
      return
    case 'SHELL':
      work.shell = strings(jsonArray(rest)) ?? work.shell
      return
    case 'CMD':
      config.cmd = command(rest, work)
      work.cmdIsSet = true
      return
    case 'ENTRYPOINT':
      config.entrypoint = command(rest, work)
      // A CMD of the base image or of an earlier stage is lost.
      if (!work.cmdIsSet) config.cmd = []
      return
    case 'EXPOSE':
      for (const each of work.words(rest)) for (const port of portsOf(each)) config.exposedPorts.add(port)
      return
    case 'VOLUME':
      for (const path of strings(jsonArray(rest)) ?? work.words(rest)) {
        config.volumes.set(posix.resolve('/', work.word(path)), at)
      }
      return
    default:
  }
}

/** An ARG: what the command line gives it, else its own value, else that of the same name before the first FROM. */
function declare(text: string, {dockerfile, variables, word}: StageWork): void {
  const [written = '', ...value] = text.split(/=(.*)/s)
  const name = word(written)
  const given = dockerfile.buildArgs[name]
  const fallback = value.length > 0 ? word(value[0] as string) : dockerfile.globals.get(name)
  const found = given ?? fallback
  if (found !== undefined) variables.set(name, found)
}

function command(text: string, {shell}: StageWork): string[] {
  const words = jsonArray(text)
  if (!words) return [...shell, text]
  return (
    strings(words) ??
    raise(`the array ${text} holds something that is no string: Docker reads only ["program", "argument"]`)
  )
}

/** `8000`, `8000-8010/udp`, and `80:8000`, of which the second counts. */
function portsOf(text: string): string[] {
  const [port = '', protocol = 'tcp'] = text.split('/')
  const inside = port.split(':').at(-1) as string
  const range = /^(\d+)(?:-(\d+))?$/.exec(inside)
  if (!range) return raise(`EXPOSE ${text}: ${JSON.stringify(inside)} is no port`)
  const [first, last] = [Number(range[1]), Number(range[2] ?? range[1])]
  const count = Math.max(0, Math.min(last - first + 1, 1000))
  return Array.from({length: count}, (_, index) => `${first + index}/${protocol.toLowerCase()}`)
}

/** `A=b C=d`, or the old `A rest of the line`, which is recognised by its first word (parseNameVal). */
export function namesAndValues(text: string, escapeCharacter: string): [name: string, value: string][] {
  const words = splitWords(text, escapeCharacter)
  if (words[0] !== undefined && !words[0].includes('=')) {
    const [, name = '', value = ''] = /^\s*(\S+)\s+(.*)$/s.exec(text) ?? []
    if (!name) return raise(`${words[0]} has no value: write ${words[0]}=value`)
    return [[name, value]]
  }
  return words.map((word) => {
    const at = word.indexOf('=')
    if (at < 0)
      return raise(
        `${word} is no NAME=value: a # in the middle of a line begins no comment, and a value with blanks needs quotes`,
      )
    return [word.slice(0, at), word.slice(at + 1)]
  })
}
