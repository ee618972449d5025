import {describe, expect, it} from 'vitest'
import {flagsOf} from '../../../src/project/workflows/flyctl-commands.ts'
import {readArguments} from '../../../src/project/workflows/flyctl-flags.ts'

const read = (text: string) => {
  const found = readArguments(text.split(' '))
  return found && {...found, flags: Object.fromEntries(found.flags), knownFlags: undefined}
}

describe('readArguments', () => {
  it('tells values from positional words', () => {
    expect(read('deploy api -c fly.toml --remote-only --app=shop -a x')).toMatchObject({
      command: 'deploy',
      positional: ['api'],
      flags: {config: 'fly.toml', 'remote-only': '', app: 'x'},
      unknown: [],
    })
  })

  it('knows commands of several words, and their other names', () => {
    expect(read('secrets set A=1 B=2')).toMatchObject({command: 'secrets set', positional: ['A=1', 'B=2']})
    expect(read('vol ls')).toMatchObject({command: 'volumes list'})
    expect(read('--verbose pg list')).toMatchObject({command: 'postgres list', flags: {verbose: ''}})
    expect(read('-c fly.staging.toml deploy --remote-only')).toMatchObject({
      command: 'deploy',
      flags: {config: 'fly.staging.toml', 'remote-only': ''},
    })
    expect(read('--app=shop status')).toMatchObject({command: 'status', flags: {app: 'shop'}})
  })

  it('gives a flag that only may have a value none of the words behind it', () => {
    expect(read('deploy --depot false')).toMatchObject({flags: {depot: ''}, positional: ['false']})
    expect(read('deploy --depot=false')).toMatchObject({flags: {depot: 'false'}, positional: []})
  })

  it('reads the value of a short flag with and without a blank', () => {
    expect(read('deploy -aone')).toMatchObject({flags: {app: 'one'}})
    expect(read('deploy -a one')).toMatchObject({flags: {app: 'one'}})
  })

  it('names what the command does not have', () => {
    expect(read('deploy --region fra -r fra')).toMatchObject({unknown: ['--region', '-r'], positional: []})
  })

  it('knows nothing of a command that is not in the table', () => {
    expect(read('brandnew')).toBeUndefined()
    expect(read('constructor')).toBeUndefined()
  })
})

it('spells every flag as the reader reads it', () => {
  for (const flags of Object.values(flagsOf)) {
    if (flags) for (const flag of flags.split(' ')) expect(flag).toMatch(/^[a-z][\w-]*(\/\w)?=?$/)
  }
})
