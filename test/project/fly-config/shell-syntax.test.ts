import {describe, expect, it} from 'vitest'
import {shellSyntax, withShell} from '../../../src/project/fly-config/shell-syntax.ts'
import {readWords, splitWords} from '../../../src/project/fly-config/words.ts'

describe('what only a shell understands', () => {
  it.each([
    ['a && b', 'operator &&'],
    ['a --x || true', 'operator ||'],
    ['a | b', 'operator |'],
    ['a b; c', 'operator ;'],
    ['a b;', 'operator ;'],
    ['a; b', 'builtin a;'],
    ['a ; b', 'operator ;'],
    ['a b&&c', 'operator &&'],
    ['a&&b', 'builtin a&&b'],
    ['&& a', 'builtin &&'],
    ['a &', 'operator &'],
    ['a > /tmp/log', 'operator >'],
    ['a 2>&1', 'operator 2>&1'],
    ['a &>/dev/null', 'operator &>/dev/null'],
    ['a < in', 'operator <'],
    ['A=1 a', 'assignment A'],
    ['A="b c" a && b', 'assignment A'],
    ['cd /app && a', 'builtin cd'],
    ['source .venv/bin/activate', 'builtin source'],
    ['. ./env', 'builtin .'],
    ['exec a', 'builtin exec'],
    ['(a; b)', 'builtin ('],
    ['a --port $PORT', 'expansion $PORT'],
    ['a 0.0.0.0:${PORT:-80}', 'expansion $PORT'],
    ['a "0.0.0.0:$PORT"', 'expansion $PORT'],
    ['a $(nproc)', 'expansion $(…)'],
    ['a `nproc`', 'expansion `…`'],
    ['a ~/b', 'expansion ~'],
    ['sh -c cd /app && b', 'unquoted cd'],
    ['bash -lc npm start', 'unquoted npm'],
    ['sh -c "cd /app" && b', 'operator &&'],
  ])('%s', (command, found) => {
    const syntax = shellSyntax(command)
    expect(syntax && `${syntax.kind} ${syntax.text}`).toBe(found)
  })

  it.each([
    'a b',
    '',
    '# a && b',
    'a # && b',
    'sh -c "a && b"',
    "/bin/bash -eu -o pipefail -c 'a | b > $C'",
    "env A=1 sh -lc 'cd /app && a'",
    `sh -c 'echo "$0" $A' name`,
    'env A=1 a',
    'a --set A=1',
    'a "b && c"',
    "a '$PORT'",
    'a \\$PORT',
    'a http://b/?c=1&d=2',
    'a --match=b|c',
    'a --min>=1',
    'find . -exec a {} \\;',
    'node -e "console.log(`${process.pid} x`)"',
    'a <name>',
    'a ^b$',
    'a $2y$10$abc',
    'a worker@%h',
    'a "b',
  ])('nothing in %s', (command) => {
    expect(shellSyntax(command)).toBeUndefined()
  })

  it('knows what stands before it', () => {
    expect(shellSyntax('a b && c')?.before).toEqual(['a', 'b'])
    expect(shellSyntax('a b; c')?.before).toEqual(['a', 'b'])
    expect(shellSyntax('a b&&c')?.before).toEqual(['a', 'b'])
    expect(shellSyntax('a $B')?.before).toEqual(['a'])
  })

  it('never repeats what is assigned', () => {
    expect(JSON.stringify(shellSyntax('TOKEN=hunter2 a'))).not.toContain('hunter2')
    expect(JSON.stringify(shellSyntax('a ${TOKEN:-hunter2}'))).not.toContain('hunter2')
  })
})

describe('the command that starts a shell', () => {
  it.each([
    ['cd /app && a', "sh -c 'cd /app && a'"],
    [`a 'b' "c" && d\\e`, `sh -c "a 'b' \\"c\\" && d\\\\e"`],
    ['source x/activate && a', "sh -c '. x/activate && a'"],
    ['source env.sh && a', "sh -c '. ./env.sh && a'"],
    ['A=1 B=2 a b', 'env A=1 B=2 a b'],
    ['A=1 a && b', "sh -c 'A=1 a && b'"],
    ['exec a b', 'a b'],
    ['exec a $B', "sh -c 'exec a $B'"],
    ['a --port $PORT', "sh -c 'exec a --port $PORT'"],
    ['sh -c cd /app && a', "sh -c 'cd /app && a'"],
    ['env A=1 bash -lc npm start', "env A=1 bash -lc 'npm start'"],
  ])('%s', (command, better) => {
    expect(withShell(command)).toBe(better)
    expect(shellSyntax(better)).toBeUndefined()
  })

  it('gives the shell the very text', () => {
    for (const text of [`a "b c" && d`, `a 'b' && c`, `a '"\\' && "'" \\\\`]) {
      expect(splitWords(withShell(text))).toEqual(['sh', '-c', text])
    }
  })
})

it('says why a command cannot be split', () => {
  expect(['a "b', "a 'b", 'a \\', 'a "b\\', 'a b'].map((command) => readWords(command).open)).toEqual([
    '"',
    "'",
    '\\',
    '\\',
    undefined,
  ])
})
