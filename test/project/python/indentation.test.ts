import {describe, expect, it} from 'vitest'
import {misread} from '../../../src/project/python/indentation.ts'

const lineOf = (source: string) => {
  const found = misread(source)
  return found && `${source.slice(0, found.start).split('\n').length} ${found.message}`
}

describe('misread', () => {
  it.each([
    ['a block', 'def f():\n    return 1\n'],
    ['one line', 'def f(): return 1\nif x: y()\nelse: z()\n'],
    ['comments at any column', 'def f():\n# note\n    # note\n    return 1\n  # note\n'],
    ['brackets over lines', 'x = f(\na,\n        b)\nif (\na and\nb):\n    pass\n'],
    ['a string over lines', 'def f():\n    """text\nmore:\n  and more\n"""\n    return 1\n'],
    ['a slice at the end of a line', 'x = {\n"a":\n1}\n'],
    ['a backslash', 'if a and \\\n  b:\n    pass\n'],
    ['a colon in a comment', 'x = 1  # so:\ny = 2\n'],
    ['try and finally', 'try:\n    f()\nfinally:\n    g()\n'],
    ['a lambda over lines', 'f = g(lambda:\n1)\n'],
    ['a conflict in a string', '"""\n<<<<<<< HEAD\n=======\n>>>>>>> x\n"""\n'],
    ['what is not sure: a quote that does not close', "x = 'abc\n   y\n"],
    ['what is not sure: tabs and blanks', 'if x:\n \ty\n'],
    ['carriage returns', 'def f():\r\n    return 1\r\n'],
    ['a form feed', '\fdef f():\n    pass\n'],
    ['a block at the end', 'class A:\n    pass'],
  ])('reads %s', (_, source) => expect(lineOf(source)).toBeUndefined())

  it.each([
    ['a docstring that is not indented', 'def f():\n"""text"""\n    return 1\n', '2 expected an indented block here'],
    ['lines left over', 'def f():\n    pass\n        x()\n', '3 this line is indented for no reason'],
    ['an unknown column', 'if a:\n        x()\n    y()\n', '3 the indentation is that of no block around it'],
    ['a try alone', 'try:\n    f()\ng()\n', '3 the try before this line has no except and no finally'],
    ['a conflict', 'a = 1\n<<<<<<< HEAD\nb = 1\n=======\nb = 2\n>>>>>>> x\n', '2 git left the mark of a conflict here'],
  ])('stops at %s', (_, source, expected) => expect(lineOf(source)).toBe(expected))
})
