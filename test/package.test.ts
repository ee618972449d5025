import {execFileSync, spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {publint} from 'publint'
import {expect, it} from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const json = (path: string) => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'))

it('the package holds the program, the pages, the schemas, the names of packages, and nothing else', () => {
  const [{files}] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {...process.env, npm_config_offline: 'true', npm_config_update_notifier: 'false'},
    }),
  ) as [{files: {path: string}[]}]
  const paths = files.map(({path}) => path)
  const wanted =
    /^(package\.json|README\.md|LICENSE|bin\/(run\.js|load\.js|import\.cjs|package\.json)|dist\/.+\.(c?js|txt|d\.ts)|checks\/[\w/-]+\.md|src\/[\w/-]+\.(schema\.json|br))$/
  expect(paths.filter((path) => !wanted.test(path))).toEqual([])
  for (const path of [
    'bin/run.js',
    'bin/load.js',
    'bin/import.cjs',
    'bin/package.json',
    'dist/preflight.cjs',
    'dist/help.cjs',
    'dist/commands.cjs',
    'dist/licenses.txt',
  ]) {
    expect(paths).toContain(path)
  }
})

it('says of itself what tools and Node expect of a package', async () => {
  const {messages} = await publint({pkgDir: root, strict: true, pack: false, level: 'warning'})
  const told = messages.map(({code, path}) => `${code} ${path.join('.')}`)
  // The types are made when the package is packed.
  expect(told.filter((each) => !/^FILE_DOES_NOT_EXIST exports\..*types$/.test(each))).toEqual([])
})

it('runs nothing when it is installed, and needs no other package', () => {
  const {scripts, dependencies = {}} = json('package.json')
  expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$/.test(name))).toEqual([])
  expect(dependencies).toEqual({})
})

it('is made of packages whose licences allow it, and brings these along', () => {
  const texts = readFileSync(new URL('../dist/licenses.txt', import.meta.url), 'utf8')
  const names = [...texts.matchAll(/^(@?[\w./-]+) (\d+\.\d+\.\d\S*): (.+)$/gm)].map(([, name, , licence]) => [
    name,
    licence,
  ])
  expect(names.map(([name]) => name)).toEqual(expect.arrayContaining(['@oclif/core', 'execa', 'yaml', 'zod']))
  const open =
    /^(MIT|ISC|BSD-[23]-Clause|0BSD|Apache-2\.0|BlueOak-1\.0\.0|CC0-1\.0|\(MIT OR CC0-1\.0\)|\(MIT OR Apache-2\.0\))$/
  expect(names.filter(([, licence = '']) => !open.test(licence))).toEqual([])
})

it('the lock file pins every package by its content, wherever it comes from', () => {
  const {packages} = json('package-lock.json') as {
    packages: Record<string, {version?: string; integrity?: string; resolved?: string; link?: boolean}>
  }
  for (const [path, {version, integrity, resolved}] of Object.entries(packages)) {
    if (path === '') continue
    expect(version, path).toMatch(/^\d/)
    expect(integrity, path).toMatch(/^sha512-/)
    expect(resolved, path).toBeUndefined()
  }
})

it('an older Node is told the version that package.json demands', () => {
  const older = 'Object.defineProperty(process, "versions", {value: {...process.versions, node: "20.18.3"}})'
  const {status, stderr} = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${older}`, `${root}bin/run.js`, '--version'],
    {encoding: 'utf8'},
  )
  expect({status, stderr}).toEqual({
    status: 2,
    stderr: 'preflight: this is Node.js 20.18.3, and 20.19 or later is needed\n',
  })
  expect(json('package.json').engines.node).toBe('>=20.19')
})

it('of the tools, only those that fetch a program of their own run something when they are installed', () => {
  const {packages} = json('package-lock.json') as {packages: Record<string, {hasInstallScript?: true}>}
  const names = Object.keys(packages).filter((path) => packages[path]?.hasInstallScript)
  expect(names.map((path) => path.replace(/^.*node_modules\//, ''))).toEqual(['esbuild'])
})
