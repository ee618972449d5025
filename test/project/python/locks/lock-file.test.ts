import {describe, expect, it} from 'vitest'
import {closure, readLockFile, surelyBrought} from '../../../../src/project/python/locks/lock-file.ts'
import {broughtBy} from '../../../../src/project/python/packages/package-dependencies.ts'
import {parseRequirement} from '../../../../src/project/python/packages/pep508.ts'

describe('readLockFile', () => {
  it("reads uv's: dependencies, those of extras that were asked for, and the project itself", () => {
    const lock = readLockFile(
      '[[package]]\nname = "shop"\nversion = "1.0"\nsource = { virtual = "." }\ndependencies = [\n    { name = "uvicorn", extra = ["standard"] },\n]\n\n[package.dev-dependencies]\ndev = [\n    { name = "pytest" },\n]\n\n[[package]]\nname = "uvicorn"\nversion = "0.35.0"\ndependencies = [\n    { name = "click" },\n]\nwheels = [\n    { url = "https://example.org/uvicorn-0.35.0-py3-none-any.whl", hash = "sha256:1" },\n]\n\n[package.optional-dependencies]\nstandard = [\n    { name = "httptools" },\n]\n',
    )
    expect(lock.get('shop')).toMatchObject({own: true, dependencies: [{name: 'uvicorn', extras: ['standard']}]})
    expect(lock.get('uvicorn')).toMatchObject({version: '0.35.0', files: ['uvicorn-0.35.0-py3-none-any.whl']})
    expect([...closure(lock, ['shop'])]).toEqual(['shop', 'uvicorn', 'click', 'httptools'])
  })

  it("reads Poetry's, and leaves extras out", () => {
    const lock = readLockFile(
      '[[package]]\nname = "alembic"\nversion = "1.13.2"\n\n[package.dependencies]\nMako = "*"\ntyping-extensions = {version = ">=4", markers = "python_version < \\"3.12\\""}\n\n[package.extras]\ntz = ["backports.zoneinfo"]\n\n[[package]]\nname = "Mako"\nversion = "1.3"\n\n[metadata]\nlock-version = "2.0"\n',
    )
    expect(lock.get('alembic')?.dependencies).toMatchObject([
      {name: 'mako'},
      {name: 'typing-extensions', marker: 'python_version < "3.12"'},
    ])
    expect([...lock.keys()]).toEqual(['alembic', 'mako'])
  })

  it("reads PDM's", () => {
    const lock = readLockFile(
      '[[package]]\nname = "anyio"\nversion = "4.0"\ndependencies = [\n    "idna>=2.8",\n    "exceptiongroup>=1.0; python_version < \\"3.11\\"",\n]\n',
    )
    expect(lock.get('anyio')?.dependencies).toMatchObject([
      {name: 'idna', marker: undefined},
      {name: 'exceptiongroup', marker: ' python_version < "3.11"'},
    ])
  })
})

describe('surelyBrought', () => {
  const lock = readLockFile(
    [
      ['shop', 'dependencies = [\n    { name = "uvicorn", extra = ["standard"] },\n    { name = "click" },\n]\n'],
      [
        'uvicorn',
        '[package.optional-dependencies]\nstandard = [\n    { name = "httptools" },\n]\nother = [\n    { name = "watchfiles" },\n]\n',
      ],
      ['click', 'dependencies = [\n    { name = "colorama", marker = "sys_platform == \'win32\'" },\n]\n'],
      ['httptools', ''],
      ['watchfiles', ''],
      ['colorama', ''],
    ]
      .map(([name, rest]) => `[[package]]\nname = "${name}"\nversion = "1.0"\n${rest}\n`)
      .join(''),
  )

  it('follows the extras that are asked for and the markers that hold', () => {
    expect([...surelyBrought(lock, [{name: 'shop', extras: []}], '3.12')]).toEqual([
      'shop',
      'uvicorn',
      'click',
      'httptools',
    ])
  })

  it("leaves out what Poetry's lock file binds to a group or another Python", () => {
    const poetry = readLockFile(
      '[[package]]\nname = "a"\nversion = "1"\nmarkers = "python_version < \\"3.11\\""\n\n[[package]]\nname = "b"\nversion = "1"\nmarkers = {main = "python_version > \\"3\\"", dev = "os_name == \\"nt\\""}\n\n[[package]]\nname = "c"\nversion = "1"\n',
    )
    const roots = ['a', 'b', 'c'].map((name) => ({name, extras: []}))
    expect([...surelyBrought(poetry, roots, '3.12')]).toEqual(['c'])
  })
})

describe('broughtBy', () => {
  const of = (...texts: string[]) =>
    broughtBy(
      texts.map((text) => {
        const parsed = parseRequirement(text)
        if ('invalid' in parsed) throw new Error(text)
        return parsed
      }),
    )

  it('follows what packages bring, and their extras', () => {
    const {names, unknown} = of('fastapi[standard]', 'flask-migrate')
    expect([...names]).toEqual(expect.arrayContaining(['starlette', 'httptools', 'jinja2', 'sqlalchemy', 'mako']))
    expect(unknown).toEqual([])
  })

  it('tells which packages and extras are not known', () => {
    expect(of('acme', 'httpx[brotli]', 'pydantic').unknown).toEqual(['acme', 'httpx[brotli]'])
  })
})
