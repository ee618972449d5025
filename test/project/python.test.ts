import {describe, expect, it} from 'vitest'
import {moduleConstants} from '../../src/project/python/imports/module-constants.ts'
import {evaluateMarker} from '../../src/project/python/packages/markers.ts'
import {normalizeName, parseRequirement, pythonSatisfies} from '../../src/project/python/packages/pep508.ts'

describe('requirements (PEP 508)', () => {
  it.each([
    ['requests', {name: 'requests', extras: [], specifier: ''}],
    ['Flask_SQLAlchemy', {name: 'flask-sqlalchemy', extras: [], specifier: ''}],
    ['a[b,c] >= 1, <2', {name: 'a', extras: ['b', 'c'], specifier: '>= 1, <2'}],
    ['a (>=1)', {name: 'a', extras: [], specifier: '>=1'}],
    ['a[]==1.*', {name: 'a', extras: [], specifier: '==1.*'}],
    ['a~=1.4.2', {name: 'a', extras: [], specifier: '~=1.4.2'}],
    ['a==1!2.0rc1.post2.dev3+local.1', {name: 'a', extras: [], specifier: '==1!2.0rc1.post2.dev3+local.1'}],
    ['a @ https://example.com/a.zip', {name: 'a', extras: [], specifier: '', url: 'https://example.com/a.zip'}],
    ['a; python_version < "3.9"', {name: 'a', extras: [], specifier: '', marker: 'python_version < "3.9"'}],
  ])('%s', (text, expected) => {
    expect(parseRequirement(text)).toMatchObject(expected)
  })

  it.each(['a=1', 'a==', 'a>1<2', 'a b', '-a', 'a[b', 'a==1.0.x', '>=1', 'a[b c]'])('refuses %s', (text) => {
    expect(parseRequirement(text)).toHaveProperty('invalid')
  })

  it('compares names as PEP 503 says', () => {
    expect(normalizeName('Foo.-_Bar')).toBe('foo-bar')
  })
})

describe('Python versions', () => {
  it.each([
    ['3.12', '>=3.9', true],
    ['3.12', '>=3.13', false],
    ['3.12', '>=3.12.4', true], // some 3.12.x is
    ['3.12.3', '>=3.12.4', false],
    ['3.9', '>=3.10', false], // not compared as text
    ['3.12', '==3.12.*', true],
    ['3.12', '>=3.9,!=3.12.*', false],
    ['3.12', '', true],
    ['3.12', 'python 3', undefined],
  ])('%s with %s: %s', (version, specifier, expected) => {
    expect(pythonSatisfies(version, specifier)).toBe(expected)
  })
})

describe('markers', () => {
  it.each([
    ['sys_platform == "win32"', false],
    ["sys_platform != 'win32' and python_version >= '3.8'", true],
    ['platform_machine in "x86_64 AMD64"', true],
    ['python_version < "3.11" or os_name == "posix"', true],
    ['(python_version < "3.11" or os_name == "nt") and sys_platform == "linux"', false],
    ['extra == "dev"', undefined],
    ['extra == "dev" and os_name == "nt"', false],
  ])('%s: %s', (marker, expected) => {
    expect(evaluateMarker(marker, '3.12')).toBe(expected)
  })

  it('asks nothing of a Python that is not known', () => {
    expect(evaluateMarker('python_version >= "3.8"', undefined)).toBeUndefined()
  })
})

describe('the constants of a module', () => {
  const value = (source: string, name = 'x') => moduleConstants(source).get(name)?.value
  const text = (found: string) => ({kind: 'string', value: found})

  it.each([
    ['x = "a"', text('a')],
    ["x = '''a'''", text('a')],
    ['x: str = "a"', text('a')],
    ['x: Union[str, None] = "a"', text('a')],
    ['x = "a" "b"', text('ab')],
    ['x = ("a"\n  "b")', text('ab')],
    ['x = "a" + "b"', text('ab')],
    ['x = r"\\n"', text('\\n')],
    ['x = "bb\\x62b"', text('bbbb')],
    ['x = f"a"', text('a')],
    ['y = x = "a"', text('a')],
    ['x, y = "a", "b"', text('a')],
    ['(y, x) = ("b", "a")', text('a')],
    ['x = "a"\nx = "b"', text('b')],
    ['x = "a"\nx += "b"', text('ab')],
    ['y = "a"\nx = y', text('a')],
    ['if True:\n    x = "a"', text('a')],
    ['try:\n    x = "a"\nexcept Exception:\n    pass', text('a')],
    ['a = 1; x = "a"', text('a')],
    ['x = None', {kind: 'none'}],
    ['x = ()', {kind: 'tuple', items: []}],
    ['x = "a",', {kind: 'tuple', items: [text('a')]}],
    ['x = ["a", "b",]', {kind: 'tuple', items: [text('a'), text('b')]}],
    ['x = f"{y}"', {kind: 'unknown'}],
    ['x = "A".lower()', {kind: 'unknown'}],
    ['from ids import x', {kind: 'unknown'}],
    ['x = b"a"', {kind: 'bytes'}],
    ['x = 1', {kind: 'number'}],
    ['x: str', undefined],
    ['def f():\n    x = "a"', undefined],
    ['class C:\n    x = "a"', undefined],
    ['"""x = 1"""\n# x = "a"', undefined],
  ])('%s', (source, expected) => {
    expect(value(source)).toEqual(expected)
  })
})
