import {execFileSync} from 'node:child_process'
import {chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import {join} from 'node:path'
import {describe, expect, it, onTestFinished} from 'vitest'
import {formats} from '../../src/report/index.ts'
import {preflight, temporary} from '../cli.ts'
import {steering} from '../steering.ts'

const app = {'fly.toml': 'app = "shop"\n', Dockerfile: 'FROM python:3.12-slim\nCOPY . .\nCMD ["python", "-m", "app"]\n'}

/** What a report says in each format, by its name; the text for a person is what goes to stdout. */
async function everyFormat(cwd: string, args: readonly string[] = []): Promise<Record<string, string>> {
  const out = temporary({})
  const files = formats.filter((each) => each !== 'pretty').map((each) => ['--format', `${each}=${join(out, each)}`])
  const {code, stdout, stderr} = await preflight([...args, '--offline', '--format', 'pretty', ...files.flat()], {cwd})
  expect([0, 1], stderr).toContain(code)
  expect(stdout + stderr).not.toMatch(/\bbroke: |\n\s+at /)
  const texts = formats.map((each) => [each, each === 'pretty' ? stdout : readFileSync(join(out, each), 'utf8')])
  return {...Object.fromEntries(texts), progress: stderr}
}

describe('names of files that would be something else in a report', () => {
  const names = [
    'a\nb.py',
    'a\u001b[2Jb.py',
    'a\u009b31m.py',
    '::error::injected.py',
    '##[error]injected.py',
    '\n::error::injected.py',
    'a\u202eb.py',
    'a\u200fb.py',
    '<script>alert(1)<\u2215script>.py',
    ']]>.py',
    '-->.py',
    '`a` | b | [c](d).py',
    'a\\b.py',
    '--upload-pack=x.py',
    '"quoted" \'name\'.py',
    ' .py',
  ]
  // Python that does not parse, and revisions that nothing leads to: what names its file in a finding.
  const files = Object.fromEntries(
    names.flatMap((name) => [
      [`app/${name}`, 'def broken(:\n'],
      [`alembic/versions/${name}`, 'revision = "a"\ndown_revision = "nowhere"\n'],
      [`${name}.fly.toml`, 'app = \n'],
    ]),
  )
  const project = {
    ...app,
    ...files,
    'alembic.ini': '[alembic]\nscript_location = alembic\n',
    'alembic/env.py': 'from alembic import context\n',
    'app/__init__.py': names.map((name) => `import app.${name}\n`).join(''),
  }

  it.each([
    ['in one deploy', []],
    ['in --all', ['--all']],
  ])('are nothing but text: %s', async (_, args) => {
    const cwd = temporary(project)
    const script =
      'git init -q -b main && git add -A && git -c user.name=x -c user.email=x@example.com commit -qm first'
    execFileSync('sh', ['-c', script], {cwd})
    writeFileSync(join(cwd, 'new\n::error::x\u001b[2J'), '')
    for (const [format, text] of Object.entries(await everyFormat(cwd, args))) {
      expect(text, format).not.toMatch(steering)
      expect(text, format).not.toContain('##[')
      if (format === 'junit') expect(text).not.toContain('<script>')
      if (format !== 'github') expect(text, format).not.toMatch(/^\s*::/m)
      else
        expect(
          text.split('\n').filter((line) => /^\s*::(?!(error|warning|notice|group|endgroup)\b)/.test(line)),
        ).toEqual([])
    }
  })

  it('as the configuration that is asked for', async () => {
    const name = 'x\n::error::injected\u001b[2J.toml'
    const {code, stdout, stderr} = await preflight(['--offline', '-c', name], {
      cwd: temporary({...app, [name]: 'app ='}),
    })
    expect(code).toBe(1)
    for (const text of [stdout, stderr]) {
      expect(text).not.toContain('\u001b')
      expect(text).not.toMatch(/^\s*::/m)
    }
  })

  it.each([
    ['a program', ['inspect', 'processes']],
    ['a program, as data', ['inspect', 'processes', '--json']],
    ['what the image holds', ['inspect', 'image']],
    ['a migration', ['inspect', 'migrations']],
    ['a variable', ['inspect', 'environment']],
    ['a configuration', ['inspect', 'fly-config']],
    ['the matrix', ['--all', '--matrix']],
  ])('as %s that is shown', async (_, args) => {
    const bad = 'x\\n::error::y\\u001b[2J\\u009b'
    const cwd = temporary({
      ...project,
      'fly.toml': `app = "${bad}"\n[processes]\n"${bad}" = "run '${bad}'"\n[env]\n"${bad}" = "${bad}"\n`,
    })
    const {code, stdout, stderr} = await preflight(args, {cwd})
    expect([0, 1, 2], stderr).toContain(code)
    for (const text of [stdout, stderr]) {
      expect(text).not.toMatch(steering)
      expect(text).not.toMatch(/^\s*::/m)
    }
  })

  it.each([
    ['a folder', ['no\n::error::x\u001b[2J']],
    ['a check', ['--only', 'no\n::error::x\u001b[2J']],
    ['a format', ['--format', 'no\n::error::x\u001b[2J']],
    ['a report', ['--format', 'json=no\n::error::x\u001b[2J/report']],
    ['a fact', ['inspect', 'no\n::error::x\u001b[2J']],
    ['a check to explain', ['explain', 'no\n::error::x\u001b[2J']],
    ['a flag', ['--no\n::error::x\u001b[2J']],
  ])('in the words of the command line: %s', async (_, args) => {
    const {code, stdout, stderr} = await preflight(args, {cwd: temporary(app)})
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).not.toContain('\u001b')
    expect(stderr).not.toMatch(/^\s*::/m)
  })
})

describe('what is no plain file', () => {
  const check = async (cwd: string) => {
    const {code, stdout, stderr} = await preflight(['--offline', '--json'], {cwd})
    expect([0, 1], stderr).toContain(code)
    const {checks} = JSON.parse(stdout)
    expect(checks.filter(({reason}: {reason: string | null}) => /broke: /.test(reason ?? ''))).toEqual([])
    return checks.flatMap(({findings}: {findings: {message: string}[]}) => findings.map(({message}) => message))
  }

  it('a link in a circle, one to nowhere, and one that leaves the project', async () => {
    const cwd = temporary({...app, 'app/main.py': ''})
    symlinkSync('loop', join(cwd, 'loop'))
    symlinkSync('..', join(cwd, 'app/above'))
    symlinkSync('nowhere', join(cwd, 'requirements.txt'))
    symlinkSync('/etc', join(cwd, 'etc'))
    symlinkSync('/dev/zero', join(cwd, 'package.json'))
    await check(cwd)
  })

  it('a configuration that is a link in a circle', async () => {
    const cwd = temporary({Dockerfile: app.Dockerfile})
    symlinkSync('fly.toml', join(cwd, 'fly.toml'))
    expect((await check(cwd)).join('\n')).toMatch(/fly\.toml/)
  })

  it
    .runIf(process.platform !== 'win32')
    .each(['fly.toml', 'Dockerfile', '.dockerignore', 'package.json', 'preflight.toml', 'alembic.ini'])(
    'a pipe called %s',
    async (name) => {
      const {[name as keyof typeof app]: _, ...others} = {...app}
      const cwd = temporary(others)
      execFileSync('mkfifo', [join(cwd, name)])
      const {code, stdout, stderr} = await preflight(['--offline'], {cwd})
      expect([0, 1, 2]).toContain(code)
      expect(stdout + stderr).not.toMatch(/\bbroke: |\n\s+at /)
    },
  )

  it('a socket', async () => {
    const cwd = temporary(app)
    const server = createServer().listen(join(cwd, 'requirements.txt'))
    onTestFinished(() => void server.close())
    await new Promise((done) => server.once('listening', done))
    await check(cwd)
  })

  it('a very deep folder', async () => {
    const cwd = temporary(app)
    const deep = join(cwd, ...Array<string>(200).fill('deep'))
    mkdirSync(deep, {recursive: true})
    writeFileSync(join(deep, 'main.py'), 'import nothing_such\n')
    await check(cwd)
  })

  it('names that differ only in their case', async () => {
    await check(
      temporary({...app, 'App/main.py': '', 'app/Main.py': '', 'APP/__init__.py': '', dockerfile: 'FROM x\n'}),
    )
  })

  it('a folder where a file should be', async () => {
    const cwd = temporary(app)
    for (const name of ['package.json', 'requirements.txt', 'alembic.ini', '.dockerignore', 'pyproject.toml'])
      mkdirSync(join(cwd, name))
    await check(cwd)
  })

  it.runIf(process.getuid?.() !== 0)('a folder that cannot be read', async () => {
    const cwd = temporary({...app, 'app/main.py': ''})
    chmodSync(join(cwd, 'app'), 0)
    onTestFinished(() => chmodSync(join(cwd, 'app'), 0o755))
    await check(cwd)
  })
})
