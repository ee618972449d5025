import {describe, expect, it} from 'vitest'
import {pythonLines} from '../../src/project/python/source/logical-lines.ts'

const lines = (text: string) => pythonLines(text).lines.map(({code, indent}) => `${indent}:${code}`)
const fault = (text: string) => {
  const {fault: found} = pythonLines(text)
  return found && `${found.kind} ${text.slice(0, found.start).split('\n').length}: ${found.message}`
}

describe('the logical lines of Python', () => {
  it.each([
    ['a = 1\nb = 2', ['0:a = 1', '0:b = 2']],
    ['a = 1; b = 2', ['0:a = 1; b = 2']],
    ['a = (1,\n  2)', ['0:a = (1,   2)']],
    ['a = 1 + \\\n  2', ['0:a = 1 +     2']],
    ['a = "b # c" # d', ['0:a = "     "']],
    ['"""a\n\nb"""\nc = 1', ['0:"""    """', '0:c = 1']],
    ['if a:\n\n  # b\n  c\nd', ['0:if a:', '2:c', '0:d']],
    ['a\r\nb\rc', ['0:a', '0:b', '0:c']],
    ['\ufeffa', ['0:a']],
    ['if a:\n\tb', ['0:if a:', '8:b']],
  ])('%j', (text, expected) => {
    expect(lines(text)).toEqual(expected)
    expect(fault(text)).toBeUndefined()
  })

  it.each([
    // Each of these is valid in some Python 3.
    'x = [a, *b][1:2]\ny = {**a}\n',
    'def f(a, /, b, *, c: int = 1) -> "x": pass\n',
    'match x:\n  case [1, *r]:\n    pass\n',
    'try:\n  pass\nexcept* ValueError as e:\n  pass\nelse: pass\nfinally: pass\n',
    'with (open("a") as a, open("b") as b):\n  pass\n',
    'x = f"{x["a"]}{y(\'"\')}"\nz = (1,\n2)\n',
    'async def f():\n  async for a in b: await a\n  return [i async for i in y]\n',
    'x = a if b else c\nprint\nelse_ = 1\nclass_ = 2\nif_ = else_\n',
    'x = "a\\\nb"\ny = r"\\"\n'.replace('r"\\"', 'r"\\""'),
    '@a.b(\n  1\n)\ndef f(): ...\n',
    'def f():\n    x = 1\n  # c\n    y = 2\n',
    '\x0cx = 1\n',
    'x: int\nfor i in range(3): print(i)\nwhile 1: break\n',
    'if x:\n    pass\n\n\n\n',
    '<<<<<<< HEAD'.replace(/^/, '# '),
  ])('finds nothing wrong in %j', (text) => {
    expect(fault(text)).toBeUndefined()
  })

  it('says where it stops to read', () => {
    expect(pythonLines("x = f\"{y.replace('\"', '')}\"\nz = 1\n")).toMatchObject({fault: undefined, unread: true})
    expect(pythonLines('x = f"{y}"\nz = 1\n')).toMatchObject({fault: undefined, unread: false})
  })

  it.each([
    ['try:\n  a\nb\n', 'SyntaxError 3: the try above has no except and no finally'],
    ['def f():\n  try:\n    a\nb\n', 'SyntaxError 4: the try above has no except and no finally'],
    ['a\n  b\n', 'IndentationError 2: this line is indented deeper than the one before, which opens no block'],
    ['def f():\na\n', 'IndentationError 2: def f has no body: the line below it is not indented'],
    ['def f():\n', 'IndentationError 1: the file ends where a block must follow'],
    ['if a:\n    b\n  c\n', 'IndentationError 3: this line is indented like none of the blocks around it'],
    ['if a:\n        b\n\tc\n', 'TabError 3: tabs and spaces are mixed in the indentation'],
    ['a = (1\nb = 2\n', 'SyntaxError 1: the ( is never closed'],
    ['a = (1]\n', 'SyntaxError 1: ] closes the ( that stands before it'],
    ['a = 1)\n', 'SyntaxError 1: ) closes nothing'],
    ['a = "b\nc = 1\n', 'SyntaxError 1: the string is never closed'],
    ['a = """b\n', 'SyntaxError 1: the string is never closed'],
    ['a = b $ c\n', 'SyntaxError 1: $ is no character of Python'],
    ['a = b \\ c\n', 'SyntaxError 1: after the \\ the line must end'],
    ['def f()\n  pass\n', 'SyntaxError 1: def f lacks its colon'],
    ['if a:\n  b\nelse\n  c\n', 'SyntaxError 3: else lacks its colon'],
    ['print "a"\n', 'SyntaxError 1: print without parentheses is Python 2'],
    ['a = 1\n<<<<<<< HEAD\nb\n', 'SyntaxError 2: a merge conflict is left: <<<<<<<'],
    ['a = [\n=======\n]\n', 'SyntaxError 2: a merge conflict is left: ======='],
    ['<<<<<<< HEAD\n"""a\n', 'SyntaxError 1: a merge conflict is left: <<<<<<<'],
  ])('%j', (text, expected) => {
    expect(fault(text)).toBe(expected)
  })
})
