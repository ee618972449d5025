import {describe, expect, test} from 'vitest'
import {undefinedNames} from '../../src/project/python/source/undefined-names.ts'

const names = (source: string, called?: string, annotations = true) =>
  undefinedNames(source, {annotations, ...(called && {called})}).map(({name}) => name)

describe('undefinedNames', () => {
  test.each([
    ['a decorator', 'class A:\n    @field\n    def f(self): ...\n', ['field']],
    [
      'what a decorator is called with',
      'from a import app\n@app.get("/", response_model=List[int])\ndef f(): ...\n',
      ['List'],
    ],
    ['what is defined only below', 'def f(a=B): ...\nB = 1\n', ['B']],
    ['the class above', 'class A(Base, metaclass=Meta): ...\n', ['Base', 'Meta']],
    [
      'annotations of a function',
      'def f(a: Optional[str], *b: B, c: "D" = None) -> Dict[str, int]: ...\n',
      ['Optional', 'B', 'Dict'],
    ],
    ['those of a class', 'class A:\n    x: List[str] = field(default=y)\n    z: Any\n', ['List', 'field', 'y', 'Any']],
    ['an argument and the object of a call', 'from a import r\nr.include(items.router, prefix=P)\n', ['items', 'P']],
    ['the last of a chain', 'a = b = c\n', ['c']],
    ['a default', 'def f(a=B): ...\n', ['B']],
    ['in a with', 'with open(path) as file:\n    load(file)\n', ['path', 'load']],
  ])('%s', (_, source, expected) => expect(names(source)).toEqual(expected))

  test.each([
    [
      'what is imported, also in a branch',
      'if x():\n    pass\nfrom a import (b as c, d)\nc(d)\n'.replace('x()', 'True'),
    ],
    ['what is defined below, and asked for by then', 'def f():\n    return B\nB = 1\nf()\n'],
    ['what a function makes global', 'def f():\n    global g\n    g = 1\nf()\ng()\n'],
    ['names of Python', '@staticmethod\ndef f(a: list[int] = None) -> dict: ...\nprint(__file__, len(""))\n'],
    ['names that the text does not show', 'from a import *\nb()\n'],
    ['a name that a loop, a with or an except gives', 'for a, [b] in []:\n    pass\nprint(a, b)\n'],
    ['lists of targets', '[a, (b)] = 1, 2\nprint(a, b)\n'],
    ['a keyword', 'print("", end="")\ndict(a=1)\n'],
    ['an attribute of a decorator', 'import app\n@app.get.more\ndef f(): ...\n'],
    ['what is worked out later', 'f = lambda: later\nif f:\n    other()\nx = [y for y in z] if a else b\n'],
    ['a generator in the brackets of a call', 'print(tuple(a(p) for p in (1, 2)))\ndef a(p): ...\n'],
    ['the second of an or', 'a = 1 or b\n'],
    ['behind what may end it', 'import sys\nif x:\n    sys.exit()\ny()\n'],
    ['parameters of types', 'def f[T](a: T) -> T: ...\nclass A[K](dict[K, str]): ...\n'],
    ['bodies of functions', 'def f(a):\n    return b\n'],
    ['a with that goes on', 'from a import suppress\nwith suppress(NameError):\n    b()\n'],
    [
      'names that a metaclass gives',
      'from sly import Lexer\nclass A(Lexer):\n    tokens = {ID, IF}\n    ID["if"] = IF\n',
    ],
    ['names written into the module', 'import sys\nsetattr(sys.modules[__name__], "a", 1)\na()\n'],
    ['behind what serves, or is another program', 'from a import app\napp.run()\nb()\n'],
    ['behind a loop without end', 'while True:\n    pass\nb()\n'],
    ['a walrus in the brackets of a call', 'print(a := 1)\nprint(a)\n'],
    ['the last of a chain that compares', 'print(1 < 0 < a)\n'],
    ['text that the parser does not know', 'a = = 1\nb()\n'],
  ])('is silent: %s', (_, source) => expect(names(source)).toEqual([]))

  test('annotations that are not worked out', () => {
    expect(names('from __future__ import annotations\ndef f(a: A): ...\n')).toEqual([])
    expect(names('from __future__ import (\n    annotations,\n)\ndef f(a: A): ...\n')).toEqual([])
    expect(names('def upgrade():\n    a: A = 1\n', 'upgrade')).toEqual([])
    expect(names('def f(a: A): ...\n', undefined, false)).toEqual([])
  })

  test('the function that is called, with the blocks in it', () => {
    const source =
      'from alembic import op\ndef upgrade():\n    with op.batch("a") as b:\n        b.add(sa.Column("c"))\n    d = 1\n    d()\ndef other():\n    e()\n'
    expect(names(source, 'upgrade')).toEqual(['sa'])
    expect(names('def upgrade():\n    if a:\n        return\n    b()\n', 'upgrade')).toEqual([])
  })
})
