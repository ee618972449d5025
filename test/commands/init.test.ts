import {spawnSync} from 'node:child_process'
import {cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import {readLayer} from '../../src/config/layer.ts'
import {ProjectReader} from '../../src/project/files/reader.ts'
import {preflight, program, temporary} from '../cli.ts'
import {memoryFileSystem, root} from '../memory.ts'
import {steering} from '../steering.ts'

const brokenShop = fileURLToPath(new URL('../projects/broken-shop', import.meta.url))
const init = (cwd: string, ...args: string[]) => preflight(['init', ...args], {cwd})
const read = (...path: string[]) => readFileSync(join(...path), 'utf8')
const settingsOf = async (text: string) => {
  const layer = await readLayer(new ProjectReader(root, memoryFileSystem({'preflight.toml': text})), 'preflight.toml')
  return layer === 'missing' ? layer : layer.data
}
/** The file with what stands in its comments as examples taken at its word. */
const uncommented = (text: string) => text.replace(/^# ((?:\[|"|\w[\w-]* = ).*)$/gm, '$1')

describe('preflight init', () => {
  it('writes what the project says of itself', async () => {
    const cwd = temporary({})
    cpSync(brokenShop, cwd, {recursive: true})
    const {code, stdout, stderr} = await init(cwd)
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
    expect(stdout).toMatch(/^Written: preflight\.toml\nNext:\n {2}preflight {11}what a deploy would meet today\n/)
    const text = read(cwd, 'preflight.toml')
    expect(text).toMatch(/^#:schema https:\/\/\S+settings\.schema\.json\n/)
    expect(text).toContain(
      '# Found: fly.toml (app shop), Dockerfile, release_command "alembic upgrade head", 3 revisions of alembic.',
    )
    expect(await settingsOf(text)).toEqual({
      checks: {},
      secrets: {required: ['DATABASE_URL', 'SECRET_KEY', 'JWT_SECRET_KEY']},
    })
    expect(text).toContain('  "SECRET_KEY", # app/settings.py:6 has no default for it\n')
    // The file is good as it is: no warning about it, and no mistake.
    const report = await preflight(['--offline', '--json', '--only', 'settings'], {cwd})
    expect(JSON.parse(report.stdout)).toMatchObject({verdict: 'go', summary: {failed: 0}})
  })

  it('has examples that are right once they are taken out of their comments', async () => {
    const cwd = temporary({'fly.toml': 'app = "shop"\nprimary_region = "fra"\n', Dockerfile: 'FROM debian\n'})
    await init(cwd)
    expect(await settingsOf(uncommented(read(cwd, 'preflight.toml')))).toMatchObject({
      secrets: {required: ['NAME'], recommended: ['NAME']},
      ignore: [{check: 'dockerfile/multi-stage', path: 'Dockerfile'}],
      policy: {regions: ['fra'], 'release-command': false},
    })
  })

  it('names the schema of the package that is installed, and other configurations', async () => {
    const cwd = temporary({'fly.toml': 'app = "shop"\n', 'fly.staging.toml': 'app = "shop-staging"\n'})
    mkdirSync(join(cwd, 'node_modules'))
    symlinkSync(fileURLToPath(new URL('../..', import.meta.url)), join(cwd, 'node_modules/fly-preflight'))
    await init(cwd)
    const [schema, ...rest] = read(cwd, 'preflight.toml').split('\n')
    expect(JSON.parse(read(cwd, (schema as string).replace('#:schema ', ''))).properties).toHaveProperty('policy')
    expect(rest.join('\n')).toContain('# Also here: fly.staging.toml, which preflight -c fly.staging.toml checks.')
  })

  it('writes a workflow where there is a .github, at the top of the repository', async () => {
    const cwd = temporary({'apps/shop/fly.toml': 'app = "shop"\n', '.github/CODEOWNERS': '', '.git/HEAD': ''})
    const {stdout} = await init(join(cwd, 'apps/shop'))
    expect(stdout).toMatch(/^Written: preflight\.toml, \.\.\/\.\.\/\.github\/workflows\/preflight\.yml\n/)
    const workflow = read(cwd, '.github/workflows/preflight.yml')
    expect(workflow).toContain('working-directory: apps/shop\n')
    expect(workflow).toContain('FLY_API_TOKEN: ${{ secrets.FLY_API_TOKEN }}')
  })

  it('writes a workflow in which preflight itself finds nothing wrong', async () => {
    const cwd = temporary({'fly.toml': 'app = "shop"\n', Dockerfile: 'FROM debian\n'})
    spawnSync('git', ['init', '-q'], {cwd})
    await init(cwd, '--workflow')
    const {stdout} = await preflight(['--offline', '--json', '--only', 'ci'], {cwd})
    const {checks} = JSON.parse(stdout) as {checks: {id: string; outcome: string}[]}
    expect(checks.filter(({outcome}) => outcome === 'failed')).toEqual([])
    expect(checks.some(({id, outcome}) => id === 'ci/workflow-rules' && outcome === 'passed')).toBe(true)
  })

  it('lets no name of the project out of its comment or its value', async () => {
    const evil = 'x\n[custom]\nchecks = ["evil.mjs"]\n# \u001b[2J\u009b'
    const folder = 'a: b\n- #\u009b'
    const escaped = JSON.stringify(evil).replace('\u009b', '\\u009b')
    const cwd = temporary({
      [`${folder}/fly.toml`]: `app = ${escaped}\nprimary_region = ${escaped}\n[deploy]\nrelease_command = ${escaped}\n`,
      [`${folder}/fly.x\n[policy].toml`]: '',
      '.git/HEAD': '',
      '.github/CODEOWNERS': '',
    })
    await init(join(cwd, folder))
    const settings = read(cwd, folder, 'preflight.toml')
    expect(settings).not.toMatch(steering)
    expect(await settingsOf(settings)).toEqual({checks: {}, secrets: {}})
    expect(await settingsOf(uncommented(settings))).toMatchObject({policy: {regions: [evil]}})
    const workflow = read(cwd, '.github/workflows/preflight.yml')
    expect(workflow).not.toMatch(steering)
    expect(parse(workflow).jobs.preflight.steps.at(-1)['working-directory']).toBe(folder)
  })

  it('--no-workflow writes none', async () => {
    const cwd = temporary({'fly.toml': 'app = "shop"\n', '.github/CODEOWNERS': ''})
    await init(cwd, '--no-workflow')
    expect(readdirSync(join(cwd, '.github'))).toEqual(['CODEOWNERS'])
  })

  it('overwrites nothing without --force', async () => {
    const cwd = temporary({'fly.toml': 'app = "shop"\n', 'preflight.toml': '# mine\n'})
    expect(await init(cwd)).toMatchObject({
      code: 2,
      stdout: 'preflight.toml is there already, and stays as it is.\n',
      stderr: 'preflight: nothing is left to write\nTo overwrite what is there: --force\n',
    })
    expect(read(cwd, 'preflight.toml')).toBe('# mine\n')
    expect((await init(cwd, '--workflow')).stdout).toMatch(
      /stays as it is\.\nWritten: \.github\/workflows\/preflight\.yml\n/,
    )
    expect(read(cwd, 'preflight.toml')).toBe('# mine\n')
    await init(cwd, '--force')
    expect(read(cwd, 'preflight.toml')).toMatch(/^#:schema/)
  })

  it.runIf(existsSync('/bin/bash'))('leaves no half of a file where the disk is full', () => {
    const cwd = temporary({'fly.toml': 'app = "shop"\n'})
    // Files can be made, and hold nothing.
    const script = `ulimit -f 0; exec "$0" "$1" init`
    const {status, stderr} = spawnSync('bash', ['-c', script, process.execPath, program], {cwd, encoding: 'utf8'})
    expect({status, stderr}).toEqual({status: 3, stderr: 'preflight: preflight.toml cannot be written: EFBIG\n'})
    expect(readdirSync(cwd)).toEqual(['fly.toml'])
  })

  it('knows nothing where there is no fly.toml', async () => {
    expect(await init(temporary({}))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^preflight: there is no fly\.toml, and so nothing is known of the project\n/),
    })
  })

  const python = spawnSync('python3', ['-c', 'import pty']).status === 0
  it.runIf(python).each([
    ['y\\n', true],
    ['\\n', false],
    ['\\x03', false],
  ])('on a terminal it shows the files and asks; the answer %j writes: %s', (answer, written) => {
    const cwd = temporary({'fly.toml': 'app = "shop"\n'})
    const script = `import pty, sys
def read(fd):
    import os
    data = os.read(fd, 1024)
    if b'[y/N]' in data: os.write(fd, b'${answer}')
    return data
print(pty.spawn(sys.argv[1:], read) >> 8)`
    const {stdout} = spawnSync('python3', ['-c', script, process.execPath, program, 'init'], {cwd, encoding: 'utf8'})
    expect(stdout).toMatch(/── preflight\.toml\r\n#:schema[\s\S]*Write preflight\.toml\? \[y\/N\]/)
    expect(readdirSync(cwd).includes('preflight.toml')).toBe(written)
    expect(stdout).toMatch(answer === '\\x03' ? /preflight: interrupted\r\n130\n$/ : /0\n$/)
  })
})
