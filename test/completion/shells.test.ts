import {spawnSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {checks} from '../../checks/index.ts'
import {commands} from '../../src/commands/index.ts'
import {bashCompletion} from '../../src/completion/bash.ts'
import {fishCompletion} from '../../src/completion/fish.ts'
import {commandWords} from '../../src/completion/words.ts'
import {zshCompletion} from '../../src/completion/zsh.ts'
import {preflight, temporary} from '../cli.ts'

const ids = checks.map(({id}) => id)
const words = commandWords(commands, {
  'ID|GROUP': ['policy', ...ids],
  id: ids,
  fact: ['image', 'processes'],
  format: ['json', 'pretty'],
})
const has = (shell: string) => spawnSync(shell, ['--version']).status === 0

/** Runs a program of a shell with the completion in it, and gives the lines that it prints. */
function ask(shell: string, args: readonly string[], script: string, program: string): string[] {
  const file = join(temporary({}), 'completion')
  writeFileSync(file, script)
  const {stdout, stderr} = spawnSync(shell, [...args, '-c', `source ${file}\n${program}`], {encoding: 'utf8'})
  expect(stderr).toBe('')
  return stdout.split('\n').filter((each) => each !== '')
}

describe.runIf(has('bash'))('bash', () => {
  /** What is offered for the last word; words are broken at `=`, as bash does. */
  const offered = (line: string) => {
    const typed = line.split(/ |(?<==)|(?==)/)
    const program = `COMP_WORDS=(${typed.map((each) => `'${each}'`).join(' ')}); COMP_CWORD=${typed.length - 1}; _preflight; printf '%s\\n' "\${COMPREPLY[@]}"`
    return ask('bash', ['--norc', '--noprofile'], bashCompletion(words), program)
  }

  it.each([
    ['preflight b', ['baseline']],
    ['preflight --off', ['--offline']],
    ['preflight check --str', ['--strict']],
    ['preflight init --no', ['--no-workflow']],
    ['preflight --only policy/py', ['policy/python-version']],
    ['preflight check . --skip policy/re', ['policy/region', 'policy/release-command']],
    ['preflight --only=policy/py', ['policy/python-version']],
    ['preflight check --format ', ['json', 'pretty']],
    ['preflight explain dockerfile/libp', ['dockerfile/libpq']],
    ['preflight inspect i', ['image']],
    ['preflight completion z', []],
    // bash then completes names of files by itself.
    ['preflight -c fly', []],
    ['preflight apps', []],
    // A folder may have the name of a command; only the first word is one.
    ['preflight . init --work', []],
  ])('%s', (line, expected) => {
    expect(offered(line)).toEqual(expected)
  })

  it('is asked for preflight, and leaves the names of files to bash', () => {
    expect(ask('bash', ['--norc', '--noprofile'], bashCompletion(words), 'complete -p preflight')).toEqual([
      'complete -o bashdefault -o default -F _preflight preflight',
    ])
  })
})

describe.runIf(has('zsh'))('zsh', () => {
  it('takes the script', () => {
    expect(ask('zsh', ['-f'], `compdef() { print "$@" }\n${zshCompletion(words)}`, '')).toEqual([
      '_preflight preflight',
    ])
  })
})

describe.runIf(has('fish'))('fish', () => {
  it.each([
    ['preflight basel', ['baseline']],
    ['preflight --off', ['--offline']],
    ['preflight --only policy/py', ['policy/python-version']],
    ['preflight explain dockerfile/libp', ['dockerfile/libpq']],
  ])('%s', (line, expected) => {
    const lines = ask('fish', ['--no-config'], fishCompletion(words), `complete -C '${line}'`)
    expect(lines.map((each) => each.split('\t')[0])).toEqual(expected)
  })
})

describe('preflight completion', () => {
  it.each(['bash', 'zsh', 'fish'])('%s: every command and every flag is in it', async (shell) => {
    const {code, stdout} = await preflight(['completion', shell], {cwd: temporary({})})
    expect(code).toBe(0)
    for (const {name, flags} of words) {
      expect(stdout).toContain(name)
      for (const flag of flags) expect(stdout).toContain(shell === 'fish' ? `-l ${flag.name} ` : `--${flag.name}`)
    }
    for (const id of ids) expect(stdout).toContain(id)
  })

  it('another shell is a usage error', async () => {
    expect(await preflight(['completion', 'tcsh'], {cwd: temporary({})})).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^preflight: tcsh is none of bash, zsh, fish\n/),
    })
  })
})
