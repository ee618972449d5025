import {deepStrictEqual} from 'node:assert/strict'
import {describe, it} from 'vitest'
import {compileErrors} from '../../../../src/project/python/source/compile-errors.ts'

/** Each was given to CPython 3.11 too: `compile(source, "x", "exec")`. */
const refused: Readonly<Record<string, string>> = {
  'def f():\n    await x\n': 'await stands outside of an async function (def f)',
  'async def f():\n    def g():\n        await x\n': 'await stands outside of an async function (def g)',
  'await x\n': 'await stands outside of an async function',
  'f = lambda: (await x)\n': 'await stands outside of an async function (a lambda)',
  'def f():\n    async with a:\n        pass\n': 'async with stands outside of an async function (def f)',
  'def f():\n    async for x in y:\n        pass\n': 'async for stands outside of an async function (def f)',
  'return 1\n': 'return stands outside of a function',
  'class A:\n    return 1\n': 'return stands outside of a function',
  'if x:\n    yield 1\n': 'yield stands outside of a function',
  'break\n': 'break stands outside of a loop',
  'def f():\n    for x in y:\n        pass\n    else:\n        break\n': 'break stands outside of a loop',
  'while 1:\n    def f():\n        continue\n': 'continue stands outside of a loop',
  'def f(a=1, b): pass\n': 'the parameter b has no default and stands behind one that has',
  'def f(a: int = 1, b: str): pass\n': 'the parameter b has no default and stands behind one that has',
  'f = lambda a=1, b: 1\n': 'the parameter b has no default and stands behind one that has',
  'def f(a, *, a): pass\n': 'the function has two parameters a',
  'f(a=1, 2)\n': 'an argument without a name stands behind one with a name',
  'f(**a, 2)\n': 'an argument without a name stands behind one with a name',
  '@f(a=1, 2)\ndef g(): pass\n': 'an argument without a name stands behind one with a name',
  'class A(B, metaclass=C, D): pass\n': 'an argument without a name stands behind one with a name',
  'f(a=1, a=2)\n': 'the call has the argument a twice',
  'try:\n    pass\nexcept:\n    pass\nexcept A:\n    pass\n': 'a plain except stands before another one',
  'import os\nfrom __future__ import annotations\n': 'from __future__ stands behind other statements',
  'def f():\n    x = 1\n    global x\n': 'global x stands behind the first use of x',
  'def f(x):\n    global x\n': 'global x stands behind the first use of x',
  'def f():\n    from a import *\n': 'import * stands inside a function or a class',
}

const taken = [
  'def f(*, a=1, b): pass\n',
  'def f(a=1, *args, b): pass\n',
  'def f(a=1, /, b=2, *, c): pass\n',
  'async def f():\n    x = [await y for y in z]\n',
  'class A:\n    async def f(self):\n        return await x\n',
  'for x in y:\n    if x:\n        break\n    else:\n        continue\n',
  'while True:\n    for a in b:\n        pass\n    else:\n        break\n',
  'f = lambda: (yield)\n',
  'def f():\n    def g():\n        x = 1\n    global x\n',
  'def f():\n    g(x=1)\n    global x\n',
  'f(*a, b=1, *c)\n',
  'f(a=1, **b, c=2)\n',
  'f(g(a=1), 2)\n',
  'f(a := 1, 2)\n',
  '#!/usr/bin/python\n# a\n"""text"""\n\nfrom __future__ import annotations\nfrom __future__ import division\n',
  'async def f():\n    async with a as b, c as d:\n        return await b\n',
  // What the grammar does not take is told by others.
  'def f(:\n    return await x\n',
]

describe('what the compiler of Python refuses', () => {
  for (const [source, message] of Object.entries(refused))
    it(JSON.stringify(source), () =>
      deepStrictEqual(
        compileErrors(source).map((each) => each.message),
        [message],
      ),
    )
  for (const source of taken) it(`takes ${JSON.stringify(source)}`, () => deepStrictEqual(compileErrors(source), []))
})
