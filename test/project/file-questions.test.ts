import {describe, expect, it} from 'vitest'
import type {Answer} from '../../src/project/image/shell/file-questions.ts'
import {shellCommands} from '../../src/project/image/shell/shell-commands.ts'

describe('what a shell runs where questions about files are decided', () => {
  /** There is a file `lock`, a folder `web` and no `none`; nobody knows of `maybe`. */
  const answer: Answer = ({about, path}) => {
    if (path === 'maybe') return undefined
    return path === 'lock' ? about !== 'd' : path === 'web' ? about !== 'f' : false
  }
  const commands = (text: string) =>
    shellCommands(
      text,
      (name) => (name === 'LOCK' ? 'lock' : undefined),
      () => ({file: 'x'}),
      answer,
    )
      ?.filter(({words}) => words[0] !== '[' && words[0] !== 'test')
      .map(({words, conditional, decisive}) => {
        const text = words.map((word) => word ?? '?').join(' ')
        return `${text}${conditional ? ' (maybe)' : ''}${decisive || conditional ? '' : ' (may fail)'}`
      })

  it.each([
    ['if [ -f lock ]; then a; else b; fi', ['a']],
    ['if [ -f none ]; then a; else b; fi', ['b']],
    ['if [ -f maybe ]; then a; else b; fi', ['a (maybe)', 'b (maybe)']],
    ['if [ -f none ]; then a; elif [ -e web ]; then b; else c; fi', ['b']],
    ['if [ -f none ]; then a; elif test -f none; then b; else c; fi', ['c']],
    ['if [ -f maybe ]; then a; elif [ -f lock ]; then b; else c; fi', ['a (maybe)', 'b (maybe)']],
    ['if [ -f maybe ]; then a; elif [ -f none ]; then b; else c; fi', ['a (maybe)', 'c (maybe)']],
    ['if [ -d lock ]; then a; fi', []],
    ['if [ ! -d web ]; then a; else b; fi', ['b']],
    ['if ! [ -f none ]; then a; fi', ['a']],
    ['if [[ ! -f "$LOCK" ]]; then a; else b; fi', ['b']],
    ['if [ -f "$OTHER" ]; then a; fi', ['a (maybe)']],
    ['if [ -f none* ]; then a; fi', ['a (maybe)']],
    ['if [ -f none ] || [ -f lock ]; then a; fi', ['a']],
    ['if [ -f maybe ] || [ -f lock ]; then a; fi', ['a']],
    ['if [ -f maybe ] && [ -f none ]; then a; fi', []],
    ['if [ -f maybe ] && [ -f lock ]; then a; fi', ['a (maybe)']],
    ['if [ -f lock ] && other; then a; fi', ['other (maybe)', 'a (maybe)']],
    ['if [ -s none ]; then a; fi', []],
    ['if [ -x lock ]; then a; fi', ['a (maybe)']],
    ['if [ -f lock -a -f web ]; then a; fi', ['a (maybe)']],
    ['if [ -n "$OTHER" ]; then a; fi', ['a (maybe)']],
    ['if [ -f lock ]; then if [ -d web ]; then a; fi; else b; fi', ['a']],
  ])('%s', (text, expected) => {
    expect(commands(text)).toEqual(expected)
  })

  it.each([
    ['[ -f lock ] && a', ['a']],
    ['[ -f lock ] || a', []],
    ['[ -f none ] || a', ['a']],
    ['[ -f none ] && a || b', ['b']],
    ['[ -f lock ] && a || b', ['a (maybe)', 'b (maybe)']],
    ['[ -f lock ] && a && b', ['a', 'b']],
    ['[ -f maybe ] && a', ['a (maybe)']],
    ['c && [ -f lock ] && a', ['c', 'a (maybe)']],
    // What the other command leaves behind is not known.
    ['if other && [ -f none ]; then a; else b; fi', ['other (maybe)', 'a (maybe)', 'b (maybe)']],
    // The list ends with the status of the question, which ends the text where nothing follows.
    ['[ -f none ] && a', ['false']],
    ['[ -f none ] && a; b', ['b']],
  ])('%s', (text, expected) => {
    expect(commands(text)).toEqual(expected)
  })

  it.each([
    // Without set -e, only the last command of what is run decides.
    ['if [ -f lock ]; then a; b; fi', ['a (may fail)', 'b']],
    ['set -e; if [ -f lock ]; then a; b; fi', ['set -e', 'a', 'b']],
    ['if [ -f lock ]; then a && b; fi', ['a', 'b']],
    ['if [ -f lock ]; then a && b; fi; c', ['a (may fail)', 'b (may fail)', 'c']],
    ['set -e; if [ -f lock ]; then a && b; fi; c', ['set -e', 'a (may fail)', 'b', 'c']],
  ])('%s', (text, expected) => {
    expect(commands(text)?.map((each) => each.replace('set -e (may fail)', 'set -e'))).toEqual(expected)
  })

  it.each([
    ['Y=$(date); if b; then LOCK=two; fi; a "$LOCK"', ['b (maybe)', 'a ?']],
    ['if [ -f none ]; then X=build; else X=production; fi; npm run $X', ['npm run production']],
    ['if [ -f maybe ]; then X=build; else X=production; fi; npm run $X', ['npm run ?']],
    ['export X=build; npm run $X', ['export X=build (may fail)', 'npm run build']],
    ['X=one; (X=two; a $X); b $X', ['a two (may fail)', 'b one']],
    ['X=$(date); a $X', ['a ?']],
    ['X=$(date); a ${X:-none}', ['a ?']],
    ['X=one; X=$(date); a $X', ['a ?']],
    ['X=one; . ./env; a $X', ['. ./env (may fail)', 'a ?']],
    ['X=one; read X; a $X', ['read X (may fail)', 'a ?']],
    ['X=one; if b; then X=two; fi; a $X', ['b (maybe)', 'a ?']],
    ['X=one; [ -n "$Y" ] && X=two; a $X', ['a ?']],
    ['[[ -n "$Y" ]] && a; (( Y > 1 )) && b', ['a (maybe)', 'b (maybe)']],
    ['X="one two"; a $X "$X"', ['a one two one two']],
  ])('%s', (text, expected) => {
    expect(commands(text)).toEqual(expected)
  })

  it.each([
    // Behind exit nothing runs; where it may have ended the text well, the rest may not run.
    ['a; exit 0; b', ['a (may fail)', 'exit 0']],
    ['if [ -f none ]; then a; else exit 0; fi; b', ['exit 0']],
    ['c || exit 0; b', ['c (maybe)', 'exit 0 (maybe)', 'b (maybe)']],
    // What has exit 1 behind it must succeed.
    ['c || exit 1; b', ['c', 'exit 1 (maybe)', 'b']],
    ['c || exit; b', ['c', 'exit (maybe)', 'b']],
    ['a && c || { echo no; exit 1; }; b', ['a', 'c', 'echo no (maybe)', 'exit 1 (maybe)', 'b']],
    ['set -e; c || exit 1; b', ['set -e (may fail)', 'c', 'exit 1 (maybe)', 'b']],
    ['(c || exit 1); b', ['c (may fail)', 'exit 1 (maybe)', 'b']],
    ['c || exit 1 & b', ['c (may fail)', 'exit 1 (maybe)', 'b']],
    ['if c; then a || exit 1; fi; b', ['c (maybe)', 'a (maybe)', 'exit 1 (maybe)', 'b']],
    ['c || { touch x; exit 1; }; b', ['c (maybe)', 'touch x (maybe)', 'exit 1 (maybe)', 'b']],
    ['c || { exit; }; b', ['c (maybe)', 'exit (maybe)', 'b (maybe)']],
    ['c || a || exit 1; b', ['c (maybe)', 'a (maybe)', 'exit 1 (maybe)', 'b']],
    ['c || true; b', ['c (maybe)', 'true (maybe)', 'b']],
    ['exec a; b', ['a (may fail)']],
    ['(exit 0); b', ['exit 0 (may fail)', 'b']],
    ['exit 0 | c; b', ['exit 0 (may fail)', 'c (may fail)', 'b']],
    ['f() { exit 0; }; f; b', ['exit 0 (maybe)', 'f (may fail)', 'b (maybe)']],
    ['f() { return; }; f; b', ['return (maybe)', 'f (may fail)', 'b']],
    ['echo no && exit 1; b', ['echo no (may fail)', 'exit 1']],
    ['c && exit 1; b', ['c (may fail)', 'exit 1 (may fail)', 'b']],
    // set -e of a shell of its own ends there, and it does not stop at what a list asks for.
    ['(set -e; c); a; b', ['set -e (may fail)', 'c (may fail)', 'a (may fail)', 'b']],
    ['set -e; { a; b; } && c', ['set -e (may fail)', 'a (may fail)', 'b', 'c']],
    ['if c; then set -e; fi; a; b', ['c (maybe)', 'set -e (maybe)', 'a (may fail)', 'b']],
  ])('%s', (text, expected) => {
    expect(commands(text)).toEqual(expected)
  })
})
