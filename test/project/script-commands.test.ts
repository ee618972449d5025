import {describe, expect, it} from 'vitest'
import {TextFile} from '../../src/project/files/text.ts'
import {longestArgument} from '../../src/project/image/shell/command.ts'
import {scriptCommands} from '../../src/project/image/shell/shell.ts'

const script = (text: string) => new TextFile('start.sh', '/project/start.sh', text)
const words = (file: TextFile, variables: Readonly<Record<string, string>>) =>
  scriptCommands(file, (name) => variables[name])?.map((command) => command.words)

describe('the commands of a script', () => {
  it('are read again only for whom a variable that it asks for is another', () => {
    const file = script('serve --port $PORT\n')
    const first = scriptCommands(file, (name) => ({PORT: '8080'})[name])
    expect(scriptCommands(file, (name) => ({PORT: '8080', HOST: '::'})[name])).toBe(first)
    expect(words(file, {PORT: '9090'})).toEqual([['serve', '--port', '9090']])
    expect(words(file, {PORT: '8080'})).toEqual([['serve', '--port', '8080']])
  })

  it('are another once a variable that only one way asks for is another', () => {
    const file = script('run ${MODE:-web} $NAME\n')
    expect(words(file, {})).toEqual([['run', 'web', undefined]])
    expect(words(file, {MODE: 'worker'})).toEqual([['run', 'worker', undefined]])
    expect(words(file, {MODE: 'worker', NAME: 'a'})).toEqual([['run', 'worker', 'a']])
  })

  it('are not looked for in what is longer than people write', () => {
    const rest = '\nexec serve\n'
    const long = `#${'-'.repeat(longestArgument - rest.length - 2)}${rest}`
    expect(words(script(long), {})).toEqual([['serve']])
    expect(words(script(`#${long}`), {})).toBeUndefined()
  })
})
