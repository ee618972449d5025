import {execFileSync, spawn, spawnSync} from 'node:child_process'
import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {checks} from '../../checks/index.ts'
import {formats} from '../../src/report/index.ts'
import {reportSchema} from '../../src/report/report.ts'
import {preflight, program, sample, standIn, temporary} from '../cli.ts'

const app = {'fly.toml': 'app = "shop"\n', Dockerfile: 'FROM python:3.12-slim\nCMD ["sleep", "infinity"]\n'}
const nameless = {...app, 'fly.toml': '[http_service]\ninternal_port = 8080\n'}

/** How to run as somebody whom a file's mode stops: as oneself, or for root as nobody, where nobody can read the program. */
const reader = (() => {
  if (process.getuid?.() !== 0) return {}
  const nobody = {uid: 65534, gid: 65534}
  const script = `require('fs').accessSync(${JSON.stringify(program)})`
  return spawnSync(process.execPath, ['-e', script], nobody).status === 0 ? nobody : undefined
})()

describe('preflight', () => {
  it('says GO, with the task list on stderr and the report on stdout', async () => {
    const {code, stdout, stderr} = await preflight(['--skip', 'git'], {cwd: sample, flyctl: 'healthy'})
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^info the final stage installs what only a build needs: libpq-dev\n {2}Dockerfile:14:23 {2}dockerfile\/multi-stage\n/,
    )
    expect(stdout).toMatch(/\nGO {2}1 warning · 1 info · \d+ passed/)
    expect(stderr).toMatch(/^git +○ 4 skipped \(--skip git\)\n/)
    expect(stderr).toMatch(/\nlive +.*\n {2}▲ the required secrets are set \(1 warning\)\npolicy /)
  })

  it('shows a blocker with its place, a code frame, when it would have failed, and the cure', async () => {
    const {code, stdout} = await preflight(['--offline'], {cwd: temporary(nameless)})
    expect(code).toBe(1)
    expect(stdout).toMatch(/(?:^|\n)error fly\.toml names no app\n {2}fly\.toml:1:1 {2}fly-config\/app-name\n/)
    expect(stdout).toMatch(/\n {2}> 1 \| \[http_service\]\n {6}\| \^\n/)
    expect(stdout).toContain('Without preflight: flyctl would stop before anything starts.')
    expect(stdout).toContain('Cure: Add app = "NAME" above the first [table], or pass -a NAME.')
    expect(stdout).toMatch(/\nNO-GO \(files only; Fly\.io was not asked\) {2}1 error/)
    expect(stdout).toContain('Blocked by fly-config/app-name')
  })

  it('takes the working directory as an argument, as flyctl deploy does', async () => {
    const cwd = temporary({
      'shop/fly.toml': 'app = "shop"\n',
      'shop/Dockerfile': 'FROM debian\nCMD ["sleep", "infinity"]\n',
    })
    expect((await preflight(['shop', '--offline', '-q'], {cwd})).code).toBe(0)
    expect((await preflight(['check', 'shop', '--offline', '-q'], {cwd})).code).toBe(0)
  })

  it('--quiet leaves the progress out', async () => {
    expect((await preflight(['--offline', '--quiet'], {cwd: temporary(app)})).stderr).toBe('')
  })

  it('--strict lets warnings block', async () => {
    const {code, stdout} = await preflight(['--skip', 'git', '--strict', '-q'], {cwd: sample, flyctl: 'healthy'})
    expect(code).toBe(1)
    expect(stdout).toContain('NO-GO (--strict: warnings block)')
  })

  it('NO_COLOR wins over FORCE_COLOR', async () => {
    const cwd = temporary(nameless)
    const colored = await preflight(['--offline'], {cwd, env: {FORCE_COLOR: '1'}})
    const plain = await preflight(['--offline'], {cwd, env: {FORCE_COLOR: '1', NO_COLOR: '1'}})
    expect(colored.stdout).toContain('\u001b[')
    expect(plain.stdout + plain.stderr).not.toContain('\u001b[')
  })

  it('-c and -a choose the configuration and the app', async () => {
    const cwd = temporary({...app, 'fly.staging.toml': '[env]\nA = "1"\n'})
    const {stdout} = await preflight(['--json', '--offline', '-c', 'fly.staging.toml', '-a', 'shop-staging'], {cwd})
    expect(JSON.parse(stdout)).toMatchObject({verdict: 'go', target: {config: 'fly.staging.toml', app: 'shop-staging'}})
  })

  it('never shows the value of a secret, in no format', async () => {
    const fly = 'SECRET_KEY = "hunter2hunter2"\napp = "shop"\n[env]\nAPI_TOKEN = "fo1_abcdefghijklmnop"\nbad\n'
    const cwd = temporary({'fly.toml': fly})
    const {stdout, stderr} = await preflight(
      [
        '--offline',
        ...formats.flatMap((format) => ['--format', format === 'pretty' ? format : `${format}=${format}.txt`]),
      ],
      {cwd},
    )
    const written = formats
      .filter((format) => format !== 'pretty')
      .map((format) => readFileSync(join(cwd, `${format}.txt`), 'utf8'))
    for (const text of [stdout, stderr, ...written]) {
      expect(text).not.toBe('')
      expect(text).not.toMatch(/hunter2|fo1_abc/)
    }
  })
})

describe('standard input', () => {
  it('is not for preflight: a pre-push hook has refs there, a loop its lines', async () => {
    const project = {cwd: temporary(app), stdin: 'refs/heads/main 6c1f refs/heads/main 0000\n'}
    const {code, stderr} = await preflight(['--offline', '--quiet'], project)
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
  })

  it('gives no command a word that the command line lacks', async () => {
    for (const command of ['explain', 'inspect', 'merge', 'dashboard', 'completion']) {
      const {code, stderr} = await preflight([command], {cwd: temporary(app), stdin: 'image/platform\n'})
      expect({command, code, stderr}).toMatchObject({code: 2, stderr: expect.stringContaining('preflight: ')})
    }
  })
})

describe('--json', () => {
  it('prints one document that fits the schema, and nothing else', async () => {
    const {code, stdout, stderr} = await preflight(['--json'], {cwd: sample, flyctl: 'healthy'})
    expect(code).toBe(0)
    expect(stderr).toBe('')
    const report = reportSchema.parse(JSON.parse(stdout))
    expect(report).toMatchObject({
      verdict: 'go',
      scope: 'full',
      target: {config: 'fly.toml', app: 'shop'},
      tools: {flyctl: '0.4.87'},
    })
  })

  it('has the same exit code as without it', async () => {
    const cwd = temporary(nameless)
    expect((await preflight(['--json', '--offline'], {cwd})).code).toBe(1)
    const usage = await preflight(['--json', '--nonsense'], {cwd})
    expect(usage).toMatchObject({code: 2, stdout: ''})
  })

  it('gives the same bytes for the same input, times aside', async () => {
    const timeless = (text: string) => text.replace(/"(startedAt|durationMs)": ("[^"]*"|\d+)/g, '"$1": 0')
    const runs = [
      await preflight(['--json'], {cwd: sample, flyctl: 'missing-secret'}),
      await preflight(['--json'], {cwd: sample, flyctl: 'missing-secret'}),
    ]
    expect(timeless(runs[0]?.stdout as string)).toBe(timeless(runs[1]?.stdout as string))
  })

  it('goes into a file beside the pretty report', async () => {
    const cwd = temporary(app)
    const {stdout} = await preflight(['--offline', '-q', '--format', 'pretty', '--format', 'json=out.json'], {cwd})
    expect(stdout).toMatch(/GO/)
    expect(JSON.parse(readFileSync(join(cwd, 'out.json'), 'utf8')).verdict).toBe('go')
  })
})

describe('--only and --skip', () => {
  const ids = async (args: string[]) => {
    const {stdout} = await preflight(['--offline', '--json', ...args], {cwd: temporary(app)})
    return JSON.parse(stdout).checks.map(({id, outcome, reason}: {id: string; outcome: string; reason: string}) =>
      outcome === 'skipped' ? `${id}: ${reason}` : id,
    )
  }

  it('--only runs an id or a group and leaves the rest out of the report', async () => {
    const group = checks.map(({id}) => id).filter((id) => id.startsWith('fly-config/'))
    const found: string[] = await ids(['--only', 'fly-config', '--only', 'dockerfile/exists'])
    expect(found.map((id) => id.replace(/:.*/, ''))).toEqual([...group, 'dockerfile/exists'])
  })

  it('--skip keeps what it skips in the report, with the reason', async () => {
    expect(await ids(['--only', 'fly-config', '--skip', 'fly-config/decode'])).toContain(
      'fly-config/decode: --skip fly-config/decode',
    )
  })

  it('what a skipped check would have told is not passed over in silence', async () => {
    const {code, stdout} = await preflight(['--offline', '-q', '--only', 'dockerfile'], {
      cwd: temporary({...app, 'fly.toml': 'app ='}),
    })
    expect(code).toBe(1)
    expect(stdout).toMatch(/unverified fly\.toml does not parse/)
  })
})

describe('wrong usage is one line and exit code 2', () => {
  it.each([
    ['an unknown flag', ['--ofline'], /there is no flag --ofline\. Did you mean --offline\?/],
    ['a flag without its value', ['-c'], /--config needs a value: --config PATH/],
    ['an argument too many', ['.', 'more'], /more is one argument too many/],
    [
      'an unknown check',
      ['--only', 'fly-config/syntx'],
      /there is no check or group fly-config\/syntx\. Did you mean fly-config\/syntax\?/,
    ],
    ['an unknown group', ['--skip', 'docker'], /there is no check or group docker/],
    ['an unknown format', ['--format', 'jsn'], /there is no format jsn\. Did you mean json\?/],
    [
      'several that are nearly right',
      ['-offline', '--Json'],
      /no flags -offline, --Json\. Did you mean --offline --json\?/,
    ],
    ['a flag with a line end in it', ['--x\r'], /^preflight: there is no flag --x *\n/],
    ['a flag that is nothing like one', ['--no-color'], /there is no flag --no-color\n/],
    ['a value for a flag that takes none', ['--offline=yes'], /--offline takes no value: it is given or not/],
    ['flags that exclude each other', ['--all', '-a', 'shop'], /--all cannot be given together with --app\n/],
    ['an empty name of a check', ['--only', ''], /--only has an empty value/],
    ['an empty format', ['--format', ''], /--format names no format/],
    ['a format that is like none', ['--format', 'yaml'], /there is no format yaml\.\nFormats: /],
    ['a command that is nearly right', ['chek'], /no folder and no command chek\. Did you mean check\?/],
    ['help for one', ['help', 'chek'], /there is no command chek\. Did you mean check\?/],
    ['only the name of a check', ['--only', 'libpq'], /Did you mean dockerfile\/libpq\?/],
    ['nothing left to check', ['--only', 'live', '--offline'], /nothing is left to check/],
    ['two formats for stdout', ['--format', 'json', '--format', 'pretty'], /only one format can go to stdout/],
    ['a working directory that is not there', ['nowhere'], /there is no folder and no command nowhere/],
    ['a working directory that is a file', ['fly.toml'], /fly\.toml is no folder/],
    ['a time limit of zero', ['--timeout', '0'], /--timeout is 0, it must be at least 1/],
    ['a build argument without a value', ['--build-arg', 'A'], /--build-arg A must be NAME=VALUE/],
    ['a commit outside of a repository', ['--since', 'main'], /--since main needs a git repository/],
    [
      'a report that cannot be written',
      ['--offline', '--format', 'json=no/where.json'],
      /cannot be written to no\/where\.json: ENOENT/,
    ],
  ])('%s', async (_, args, message) => {
    const {code, stderr} = await preflight([...args, ...(args.includes('-c') ? [] : ['-q'])], {cwd: temporary(app)})
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  it('a commit that git does not know', async () => {
    const cwd = temporary(app)
    const identity = '-c user.name=x -c user.email=x@example.com'
    execFileSync('bash', ['-ec', `git init -q -b main; git add -A; git ${identity} commit -qm first`], {cwd})
    for (const args of [
      ['--since', 'mian'],
      ['inspect', 'migrations', '--since', 'mian'],
    ]) {
      const {code, stdout, stderr} = await preflight(args, {cwd})
      expect({code, stdout}).toEqual({code: 2, stdout: ''})
      expect(stderr).toBe(
        'preflight: git knows no commit mian, which --since names. Did you mean main?\n' +
          'In a shallow clone, fetch it first: with actions/checkout, fetch-depth: 0\n',
      )
    }
    expect((await preflight(['--since=--all', '--offline', '-q'], {cwd})).code).toBe(2)
  })

  it.each([
    [
      'a key that is not known',
      '[chekcs]\n',
      /preflight\.toml:1:2: there is no key chekcs here\. Did you mean checks\?/,
    ],
    [
      'a check that is not known',
      '[checks]\n"git/clen" = "off"\n',
      /preflight\.toml:2:1: there is no check git\/clen\. Did you mean git\/clean\?/,
    ],
    [
      'a level that is not known',
      '[checks]\n"git/clean" = "warn"\n',
      /preflight\.toml:2:1: "warn" is no level; it must be off, info, warning, error\. Did you mean warning\?/,
    ],
    ['an ignore without a reason', '[[ignore]]\ncheck = "git/clean"\n', /preflight\.toml:1:3: reason is missing/],
    ['a file that does not parse', '[checks\n', /preflight\.toml:2:1: unterminated table-key/],
  ])('in preflight.toml: %s', async (_, settings, message) => {
    const {code, stderr} = await preflight(['--offline', '-q'], {cwd: temporary({...app, 'preflight.toml': settings})})
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
  })
})

describe('preflight.toml', () => {
  it('turns a check off, and gives another severity', async () => {
    const off = temporary({...nameless, 'preflight.toml': '[checks]\n"fly-config/app-name" = "off"\n'})
    const warning = temporary({...nameless, 'preflight.toml': '[checks]\n"fly-config/app-name" = "warning"\n'})
    expect((await preflight(['--offline', '-q'], {cwd: off})).code).toBe(0)
    const {code, stdout} = await preflight(['--offline', '-q'], {cwd: warning})
    expect(code).toBe(0)
    expect(stdout).toMatch(/^warning fly\.toml names no app/m)
  })
})

describe('flyctl', () => {
  const live = async (flyctl: string | undefined, args: string[] = [], env: Record<string, string> = {}) => {
    const started = performance.now()
    const outcome = await preflight(['--only', 'live', '-q', ...args], {
      cwd: temporary(app),
      ...(flyctl && {flyctl}),
      env,
    })
    return {...outcome, seconds: (performance.now() - started) / 1000}
  }

  it('that is missing gives one clear line, and the rest is unverified', async () => {
    const {code, stdout} = await live(undefined, ['--flyctl', '/nowhere/flyctl'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^error flyctl is not installed: \/nowhere\/flyctl is not there$/m)
    expect(stdout).toMatch(/unverified flyctl is not installed\n {2}live\/session, .* and \d+ more\n/)
  })

  it('that hangs is ended after --timeout, and nothing that it was asked passes', async () => {
    const {code, stdout, seconds} = await live('hanging', ['--timeout', '1'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/unverified flyctl status -a shop gave no answer within 1 s/)
    expect(seconds).toBeLessThan(8)
  })

  it('behind a wrapper that does not pass signals on is ended too', async () => {
    const folder = temporary({
      wrapper: `#!/bin/sh\nPREFLIGHT_RECORDING=hanging ${join(standIn, 'flyctl')} "$@"\nexit $?\n`,
    })
    chmodSync(join(folder, 'wrapper'), 0o755)
    const {stdout, seconds} = await live(undefined, ['--timeout', '1', '--flyctl', join(folder, 'wrapper')])
    expect(stdout).toMatch(/unverified flyctl status -a shop gave no answer within 1 s/)
    expect(seconds).toBeLessThan(8)
  })

  it.each([
    ['garbage', /unverified flyctl status -a shop printed something that is no JSON/],
    ['offline', /unverified flyctl auth whoami: failed retrieving current user: .*no such host/],
    ['not-flyctl', /^error the program that was found is not flyctl of Fly\.io/],
    ['logged-out', /error flyctl is not logged in to Fly\.io/],
    ['no-app', /error the app "shop" does not exist on Fly\.io/],
    ['revoked', /unverified flyctl status -a shop: failed to list active VMs: Authenticate: token validation error/],
  ])('that answers as in "%s" never passes and shows no stack trace', async (scenario, message) => {
    const {code, stdout, stderr} = await live(scenario)
    expect(code).toBe(1)
    expect(stdout).toMatch(message)
    expect(stdout + stderr).not.toMatch(/\n\s+at /)
  })

  it('is asked each thing once, in an empty folder, with -a and a clean environment', async () => {
    const log = join(temporary({}), 'calls')
    await live('healthy', [], {
      PREFLIGHT_CALLS: log,
      FLY_APP: 'other',
      LOG_LEVEL: 'debug',
      FLY_API_TOKEN: 'x',
    })
    const calls = readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const commands = calls.map(({args}) => args.join(' '))
    expect(new Set(commands).size).toBe(commands.length)
    for (const {args, cwd, env} of calls) {
      expect(cwd).toMatch(/preflight-/)
      if (args[0] === 'status' || args[0] === 'secrets') expect(args).toContain('-a')
      expect(env).toMatchObject({FLY_SEND_METRICS: '0', FLY_NO_UPDATE_CHECK: '1', NO_COLOR: '1', FLY_API_TOKEN: 'x'})
      for (const name of ['FLY_APP', 'LOG_LEVEL']) expect(env).not.toHaveProperty(name)
    }
  })

  it('is not started by --offline, nor by checks that do not need it', async () => {
    const log = join(temporary({}), 'calls')
    await preflight(['--offline', '-q'], {cwd: temporary(app), flyctl: 'healthy', env: {PREFLIGHT_CALLS: log}})
    await preflight(['--only', 'fly-config', '--only', 'env', '-q'], {
      cwd: temporary(app),
      flyctl: 'healthy',
      env: {PREFLIGHT_CALLS: log},
    })
    expect(() => readFileSync(log)).toThrow()
  })

  it('has nowhere to run: nothing passes, and no stack trace is shown', async () => {
    const {code, stdout, stderr} = await live('healthy', [], {TMPDIR: '/nowhere'})
    expect(code).toBe(1)
    expect(stdout).toMatch(/unverified no folder can be made in \/nowhere/)
    expect(stdout + stderr).not.toMatch(/\n\s+at /)
  })

  it('that only sees its own app gives GO: what it cannot see is skipped', async () => {
    const {code, stdout} = await live('deploy-token')
    expect(stdout).not.toMatch(/unverified/)
    expect(code).toBe(0)
  })
})

describe('an interrupt', () => {
  it('leaves neither flyctl nor its folder behind', async () => {
    const folder = temporary({})
    const calls = join(temporary({}), 'calls')
    await preflight([], {
      cwd: temporary(app),
      flyctl: 'hanging',
      interruptAt: '"status"',
      env: {TMPDIR: folder, PREFLIGHT_CALLS: calls},
    })
    expect(readdirSync(folder)).toEqual([])
    const started = readFileSync(calls, 'utf8').trim().split('\n')
    const pids = started.map((call) => (JSON.parse(call) as {pid: number}).pid)
    expect(pids.length).toBeGreaterThan(1)
    for (const pid of pids) await expect.poll(() => isRunning(pid)).toBe(false)
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s ends flyctl and preflight with 130 and no report',
    async (signal) => {
      const outcome = await preflight([], {cwd: temporary(app), flyctl: 'hanging', interruptAt: '"status"', signal})
      expect(outcome).toMatchObject({code: 130, stdout: ''})
      expect(outcome.stderr).toMatch(/preflight: interrupted\n$/)
    },
  )
})

describe('bad input gives one finding or one usage error', () => {
  const offline = (cwd: string, args: string[] = []) => preflight(['--offline', '-q', ...args], {cwd})

  it('an empty folder', async () => {
    const {code, stdout} = await offline(temporary({}))
    expect(code).toBe(1)
    expect(stdout.match(/^error /gm)).toHaveLength(1)
    expect(stdout).toMatch(/^error there is no fly\.toml, fly\.json or fly\.yaml in this folder/)
  })

  it.each([
    ['an empty fly.toml', '', /^error fly\.toml names no app/],
    ['binary data', new Uint8Array([0, 1, 2, 255]), /^error fly\.toml is a binary file, not text/],
    ['20 MB', new Uint8Array(20 * 1024 * 1024).fill(10), /^error fly\.toml has 20 MB, too much to be one/],
    [
      'bytes that are no UTF-8',
      new Uint8Array([0x61, 0x3d, 0xff]),
      /^error fly\.toml is not UTF-8: the byte 0xff on line 1/,
    ],
    ['a byte order mark', '\ufeffapp = "shop"\n', /^error the file begins with a byte order mark/],
  ])('fly.toml: %s', async (_, content, message) => {
    const {code, stdout} = await offline(temporary({...app, 'fly.toml': content}))
    expect(code).toBe(1)
    expect(stdout).toMatch(message)
    expect(stdout.match(/^error /gm)).toHaveLength(1)
  })

  it('line ends of Windows are fine', async () => {
    const cwd = temporary({
      'fly.toml': 'app = "shop"\r\n[env]\r\nA = "1"\r\n',
      Dockerfile: 'FROM debian\r\nRUN true \\\r\n && true\r\nCMD ["sleep", "infinity"]\r\n',
    })
    expect(await offline(cwd)).toMatchObject({code: 0})
  })

  it('a folder where fly.toml should be', async () => {
    const cwd = temporary({'fly.toml/x': ''})
    expect((await offline(cwd)).stdout).toMatch(/^error fly\.toml is a folder, not a file/)
  })

  it('a pipe where fly.toml should be does not hang', async () => {
    const cwd = temporary({})
    execFileSync('mkfifo', [join(cwd, 'fly.toml')])
    expect((await offline(cwd)).stdout).toMatch(/^error fly\.toml is not a regular file/)
  })

  it.runIf(reader !== undefined && existsSync('/dev/null'))(
    'a device in a folder that may not be written',
    async () => {
      const cwd = temporary(app)
      chmodSync(cwd, 0o755)
      const {code, stderr} = await preflight(['--offline', '-q', '--skip', 'git', '--format', 'json=/dev/null'], {
        cwd,
        ...reader,
      })
      expect({code, stderr}).toEqual({code: 0, stderr: ''})
    },
  )

  it.runIf(reader !== undefined)('a working directory that may not be listed', async () => {
    const cwd = temporary(app)
    chmodSync(cwd, 0o311)
    const {code, stdout, stderr} = await preflight(['--offline', '-q'], {cwd, ...reader})
    expect({code, stdout}).toEqual({code: 2, stdout: ''})
    expect(stderr).toMatch(/^preflight: \. cannot be listed: EACCES\n/)
  })

  it.runIf(reader !== undefined)('a file that may not be read', async () => {
    const cwd = temporary(app)
    chmodSync(cwd, 0o755)
    chmodSync(join(cwd, 'fly.toml'), 0)
    const {code, stdout} = await preflight(['--offline', '-q', '--skip', 'git'], {cwd, ...reader})
    expect(code).toBe(1)
    expect(stdout).toMatch(/^error fly\.toml cannot be read: permission denied/)
  })

  it('a path that does not exist', async () => {
    const {code, stdout} = await offline(temporary(app), ['-c', 'fly.prod.toml'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^error fly\.prod\.toml does not exist/)
  })

  it('a Dockerfile without FROM', async () => {
    const {code, stdout} = await offline(temporary({...app, Dockerfile: 'RUN true\n'}))
    expect(code).toBe(1)
    expect(stdout).toMatch(/^error RUN stands before the first FROM; only ARG may/)
  })

  it('a folder that is no repository', async () => {
    const {stdout} = await preflight(['--offline', '--json', '--only', 'git'], {cwd: temporary(app)})
    const checks = JSON.parse(stdout).checks as {outcome: string; reason: string}[]
    expect(checks.map(({outcome, reason}) => `${outcome}: ${reason}`)).toEqual([
      ...Array(3).fill('skipped: the folder is no git repository'),
      'passed: null',
    ])
  })

  it('a repository whose configuration names programs starts none of them', async () => {
    const cwd = temporary(app)
    const trap = join(cwd, 'trap.sh')
    mkdirSync(join(cwd, 'sub'))
    execFileSync(
      'bash',
      [
        '-c',
        `git init -q && git add -A && git -c user.name=x -c user.email=x@x commit -qm x &&
       printf '#!/bin/sh\\ntouch ${join(cwd, 'sprung')}\\n' > trap.sh && chmod +x trap.sh &&
       git config core.fsmonitor ${trap} && echo change >> fly.toml`,
      ],
      {cwd},
    )
    await offline(cwd)
    expect(() => readFileSync(join(cwd, 'sprung'))).toThrow()
  })

  it('texts of the project cannot move the cursor', async () => {
    const {stdout} = await offline(temporary({...app, 'fly.toml': '# \u001b[2J\nbad\n'}), ['-a', 'x\u001b[31m'])
    expect(stdout).not.toContain('\u001b')
  })

  it('a reader that stops early is no error', async () => {
    const child = spawn(process.execPath, [program, '--offline', '--json', '-q'], {
      cwd: temporary(app),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    // Gone before the report comes.
    child.stdout.destroy()
    let stderr = ''
    child.stderr.on('data', (data) => {
      stderr += data
    })
    const code = await new Promise((done) => child.on('close', done))
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
  })
})

/** Whether a process is there and not only waiting to be collected. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
