import {describe, expect, it} from 'vitest'
import {foldersOf} from '../../../src/project/image/shell/folders.ts'
import {shellCommands} from '../../../src/project/image/shell/shell-commands.ts'

/** The folder of each command of a text that starts in /app; `?` where it is not known. */
const folders = (text: string): string[] => {
  const commands = shellCommands(
    text,
    () => undefined,
    () => ({file: 'start.sh'}),
  )
  return foldersOf(commands ?? [], '/app').map((folder) => folder ?? '?')
}

describe('the folder of a command', () => {
  it.each([
    ['node a.js', ['/app']],
    ['cd web && node a.js', ['/app', '/app/web']],
    ['cd web || exit 1; node a.js', ['/app', '/app/web', '/app/web']],
    ['cd /srv; node a.js; cd ..; node b.js', ['/app', '/srv', '/srv', '/']],
  ])('%s', (text, expected) => {
    expect(folders(text)).toEqual(expected)
  })

  it.each([
    'cd "$WEB" && node a.js',
    'cd && node a.js',
    'cd - && node a.js',
    'cd ~/web && node a.js',
    'cd app* && node a.js',
    'pushd web && node a.js',
    '[ -d web ] && cd web; node a.js',
    'cd web || true; node a.js',
    'cd web || exit; cd "$1"; node a.js',
  ])('is not known: %s', (text) => {
    expect(folders(text).at(-1)).toBe('?')
  })
})
