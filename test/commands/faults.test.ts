import {execFileSync, spawn, spawnSync} from 'node:child_process'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {preflight, program, sample, standIn, temporary} from '../cli.ts'

const app = {'fly.toml': 'app = "shop"\n', Dockerfile: 'FROM python:3.12-slim\nCMD ["sleep", "infinity"]\n'}

/** In bash, where `$preflight` is the program. */
const bash = (script: string, cwd: string, env: Record<string, string> = {}) =>
  spawnSync('bash', ['--norc', '-c', `preflight() { "${process.execPath}" "${program}" "$@"; }\n${script}`], {
    cwd,
    encoding: 'utf8',
    env: {PATH: process.env.PATH ?? '', ...env},
  })

describe('a reader that has seen enough', () => {
  it.each([
    ['pretty', '--offline -q'],
    ['JSON', '--offline --json'],
    ['the list', 'list'],
    ['a fact', 'inspect image'],
    ['a page', 'explain git/clean'],
  ])('changes nothing: %s', (_, args) => {
    const {status, stderr, stdout} = bash(`preflight ${args} | head -c 20; exit \${PIPESTATUS[0]}`, temporary(app))
    expect({status, stderr}).toEqual({status: 0, stderr: ''})
    expect(stdout).toHaveLength(20)
  })

  it('of a report that goes to a pipe changes nothing either', () => {
    const script = 'preflight --offline -q --format json=>(head -c 20 > seen)'
    expect(bash(script, temporary(app))).toMatchObject({status: 0, stderr: ''})
  })
})

describe.runIf(existsSync('/dev/full'))('a full disk under stdout', () => {
  it.each(['--offline -q', '--offline --json', 'list', 'inspect image', '--version', '--help'])(
    'is told in one line, with exit code 3: preflight %s',
    (args) => {
      const {status, stderr} = bash(`preflight ${args} > /dev/full`, temporary(app))
      expect({status, stderr}).toEqual({status: 3, stderr: 'preflight: the output cannot be written: ENOSPC\n'})
    },
  )
})

describe('an interrupt', () => {
  it.runIf(process.platform !== 'win32')('at any moment leaves nothing behind', async () => {
    await Promise.all(
      [50, 150, 300, 500, 800, 1200].map(async (delay, index) => {
        const cwd = temporary(app)
        const log = join(temporary({}), 'calls')
        const env = {
          PATH: `${standIn}:${process.env.PATH}`,
          PREFLIGHT_RECORDING: 'hanging',
          PREFLIGHT_CALLS: log,
          TMPDIR: temporary({}),
        }
        const child = spawn(process.execPath, [program, '-q', '--format', 'json=out.json'], {cwd, env})
        setTimeout(() => child.kill(index % 2 === 0 ? 'SIGINT' : 'SIGTERM'), delay)
        const [code, signal] = await new Promise<[number | null, string | null]>((done) => {
          child.on('close', (...ended) => done(ended))
        })
        // Before the program has begun, or while the report is written, the signal itself ends it.
        expect(signal === null ? code : signal).toSatisfy((how) => [130, 'SIGINT', 'SIGTERM'].includes(how))
        expect(readdirSync(env.TMPDIR)).toEqual([])
        expect(readdirSync(cwd).sort()).toEqual(['Dockerfile', 'fly.toml'])
        const calls = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []
        for (const call of calls) expect(() => process.kill(JSON.parse(call).pid, 0)).toThrow('ESRCH')
      }),
    )
  })

  it.runIf(process.platform !== 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'while nobody takes the report ends at once, and leaves no half of one: %s',
    async (signal) => {
      const cwd = temporary(app)
      execFileSync('mkfifo', [join(cwd, 'pipe')])
      const args = [program, '--offline', '-q', '--format', 'pretty', '--format', 'json=pipe']
      const child = spawn(process.execPath, args, {cwd})
      // The first report is out, and the second waits for who reads the pipe.
      child.stdout.once('data', () => child.kill(signal))
      const code = await new Promise((done) => child.on('close', (_, by) => done(by)))
      expect(code).toBe('SIGINT')
      expect(readdirSync(cwd).sort()).toEqual(['Dockerfile', 'fly.toml', 'pipe'])
    },
  )

  it.runIf(process.platform !== 'win32')('ends what does not end by itself: a check that waits for ever', async () => {
    const waits = "process.stdout.write('loaded')\nsetInterval(() => {}, 1000)\nawait new Promise(() => {})\n"
    const cwd = temporary({...app, 'rule.mjs': waits, 'preflight.toml': '[custom]\nchecks = ["./rule.mjs"]\n'})
    const child = spawn(process.execPath, [program, '--offline', '-q'], {cwd})
    child.stdout.once('data', () => child.kill('SIGTERM'))
    expect(await new Promise((done) => child.on('close', (_, by) => done(by)))).toBe('SIGINT')
  })

  it.runIf(process.platform !== 'win32')('ends a check of the project that is busy for ever', async () => {
    const busy = readFileSync('test/projects/own-checks/preflight/checks/snapshots.js', 'utf8').replace(
      /\*run\(.*\{/,
      "$& process.stdout.write('busy'); for (;;);",
    )
    const cwd = temporary({...app, 'snapshots.js': busy, 'preflight.toml': '[custom]\nchecks = ["./snapshots.js"]\n'})
    const child = spawn(process.execPath, [program, '--offline', '-q'], {cwd})
    child.stdout.once('data', () => child.kill('SIGINT'))
    expect(await new Promise((done) => child.on('close', done))).toBe(130)
  })

  it.each(['SIGTERM', 'SIGHUP'] as const)('while flyctl is asked: %s', async (signal) => {
    const cwd = temporary(app)
    const log = join(temporary({}), 'calls')
    const env = {
      PATH: `${standIn}:${process.env.PATH}`,
      PREFLIGHT_RECORDING: 'hanging',
      PREFLIGHT_CALLS: log,
      TMPDIR: cwd,
    }
    const child = spawn(process.execPath, [program, '--only', 'live'], {cwd, env})
    // Its folder is made before it is called.
    const waiting = setInterval(() => {
      if (readdirSync(cwd).some((name) => name.startsWith('preflight-'))) child.kill(signal)
    }, 20)
    const code = await new Promise((done) => child.on('close', done))
    clearInterval(waiting)
    expect(code).toBe(130)
    expect(readdirSync(cwd).sort()).toEqual(['Dockerfile', 'fly.toml'])
  })
})

describe('a machine that has not what a program needs', () => {
  it('few files may be open: what cannot be read is unverified, never missing', () => {
    const {status, stdout, stderr} = bash('ulimit -n 40; preflight --offline --json', sample)
    expect(stderr).toBe('')
    expect([0, 1]).toContain(status)
    const {checks} = JSON.parse(stdout)
    expect(
      checks.filter(
        ({outcome, severity}: {outcome: string; severity: string}) => outcome === 'failed' && severity === 'error',
      ),
    ).toEqual([])
  })

  it('the folder is removed meanwhile', () => {
    const {status, stderr} = bash('mkdir gone && cd gone && rmdir ../gone && preflight --offline', temporary(app))
    expect({status, stderr}).toEqual({
      status: 2,
      stderr: expect.stringMatching(/^(WARNING: .*\n)?preflight: the current folder is no longer there\n$/),
    })
  })

  it('the path of the folder is longer than a path may be', () => {
    const name = 'd'.repeat(200)
    const script = `top=$PWD; for i in {1..40}; do mkdir ${name} && cd -P ./${name} 2> /dev/null; done
      preflight --offline; code=$?; cd "$top"; rm -rf ${name}; exit $code`
    const {status, stderr} = bash(script, temporary(app))
    expect(status).toBe(2)
    expect(stderr).toMatch(/preflight: the current folder has no usable path: \w+\n$/)
  })

  it('no HOME', async () => {
    const {status, stderr} = bash('unset HOME; preflight --offline -q', temporary(app))
    expect({status, stderr}).toEqual({status: 0, stderr: ''})
  })

  it('no folder for temporary files: flyctl is not asked, and that is said', async () => {
    const {code, stdout, stderr} = await preflight(['--only', 'live', '-q'], {
      cwd: temporary(app),
      flyctl: 'healthy',
      env: {TMPDIR: '/nowhere'},
    })
    expect({code, stderr}).toEqual({code: 1, stderr: ''})
    expect(stdout).toContain('unverified no folder can be made in /nowhere')
  })
})
