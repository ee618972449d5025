import {chmodSync, existsSync, mkdirSync, readFileSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {type ClientOptions, Flyctl} from '../../src/fly/client.ts'
import {standIn, temporary} from '../cli.ts'
import {onWindows} from '../windows.ts'

const command = ['status', '-a', 'shop']

/** A client of a flyctl that is this shell script, and the folder of the script. */
function flyctl(script: string, options: Partial<ClientOptions> = {}) {
  const folder = temporary({flyctl: `#!/bin/sh\n${script}\n`})
  const path = join(folder, 'flyctl')
  chmodSync(path, 0o755)
  return {folder, client: clientOf({path, ...options})}
}

const clientOf = (options: Partial<ClientOptions>): Flyctl =>
  new Flyctl({timeout: 5000, env: {PATH: process.env.PATH}, signal: new AbortController().signal, ...options})

async function answerOf({client}: {client: Flyctl}) {
  const answer = await client.json(command)
  await client.close()
  return answer
}

const say = (text: string) => `cat <<'END'\n${text}\nEND`

describe('what flyctl prints with exit code 0', () => {
  it.each([
    ['colours', say('\u001b[1m{"Name": "shop"}\u001b[0m'), {Name: 'shop'}],
    ['warnings on stderr', `echo 'Warning: Metrics token unavailable: dial tcp: i/o timeout' >&2\n${say('[]')}`, []],
    [
      'a deprecation before it',
      say('Command "info" is deprecated, use status\n{\n  "Name": "shop"\n}'),
      {Name: 'shop'},
    ],
    ['debug lines', say('DEBUG Loaded flyctl config\n[WARN] slow\n[\n  1\n]'), [1]],
    ['null', say('null'), null],
    ['the sentence for an empty list', say('No postgres clusters found'), undefined],
  ])('%s: an answer', async (_, script, json) => {
    expect(await answerOf(flyctl(script))).toEqual({ok: true, json})
  })

  it.each([
    [
      'help',
      say('Usage:\n  flyctl [command]'),
      'flyctl status -a shop printed something that is no JSON; run it yourself to see what',
    ],
    [
      'another sentence',
      say('You are not here'),
      'flyctl status -a shop printed something that is no JSON; run it yourself to see what',
    ],
    [
      'half of an answer',
      say('{"Name": "sh'),
      'flyctl status -a shop printed something that is no JSON; run it yourself to see what',
    ],
    ['nothing', 'true', 'flyctl status -a shop printed nothing'],
    ['40 MB', "head -c 40000000 /dev/zero | tr '\\0' x", 'flyctl status -a shop printed more than 32 MB'],
  ])('%s: no answer', async (_, script, message) => {
    expect(await answerOf(flyctl(script))).toEqual({ok: false, cause: 'garbage', message})
  })
})

describe('how flyctl fails', () => {
  it.each([
    ['with exit code 1', 'echo "Error: it broke" >&2; exit 1', 'other', 'it broke'],
    ['without a word', 'exit 1', 'other', 'exit code 1'],
    ['with a panic', 'exit 3', 'crashed', 'flyctl crashed (exit code 3)'],
    ['after its own deadline', 'exit 126', 'timed-out', 'flyctl gave up waiting for Fly.io (exit code 126)'],
    ['interrupted', 'exit 127', 'interrupted', 'flyctl was interrupted (exit code 127)'],
    [
      'behind a wrapper that does not find it',
      '/nowhere/flyctl "$@"',
      'other',
      expect.stringMatching(/\/nowhere\/flyctl: [Nn]o.* found|\/nowhere\/flyctl: not found|No such file/),
    ],
    [
      'where HOME cannot be written, which it says on stdout',
      'echo "Error accessing config directory at /root/.fly: permission denied"; exit 1',
      'other',
      'Error accessing config directory at /root/.fly: permission denied',
    ],
    [
      'without a network',
      'echo \'Error: Post "https://api.fly.io/graphql": dial tcp: lookup api.fly.io: no such host\' >&2; exit 1',
      'network',
      'Post "https://api.fly.io/graphql": dial tcp: lookup api.fly.io: no such host',
    ],
    [
      'when Fly.io has a fault',
      'echo "Error: server returned a non-200 status code: 503" >&2; exit 1',
      'server',
      'server returned a non-200 status code: 503',
    ],
    ['when it asks too often', 'echo "Error: Too Many Requests" >&2; exit 1', 'rate-limited', 'Too Many Requests'],
    [
      'when it is too old for a command',
      'echo "Error: unknown flag: --json" >&2; echo Usage:; exit 1',
      'usage',
      'unknown flag: --json',
    ],
    [
      'with a megabyte of text',
      'head -c 1000000 /dev/zero | tr "\\0" x >&2; echo >&2; echo "Error: it broke" >&2; exit 1',
      'other',
      'it broke',
    ],
  ])('%s', async (_, script, cause, message) => {
    const said = typeof message === 'string' ? `flyctl status -a shop: ${message}` : message
    expect(await answerOf(flyctl(script))).toEqual({ok: false, cause, message: said})
  })

  it('ended by the system', async () => {
    const message = 'flyctl status -a shop was ended by SIGKILL'
    expect(await answerOf(flyctl('kill -9 $$'))).toEqual({ok: false, cause: 'crashed', message})
  })
})

describe('a flyctl that cannot be started', () => {
  it('is not there', async () => {
    const message = '/nowhere/flyctl is not there'
    expect(await answerOf({client: clientOf({path: '/nowhere/flyctl'})})).toEqual({
      ok: false,
      cause: 'not-installed',
      message,
    })
  })

  it('may not be executed, or is a folder', async () => {
    const folder = temporary({flyctl: '#!/bin/sh\n'})
    mkdirSync(join(folder, 'fly'))
    for (const name of ['flyctl', 'fly']) {
      const path = join(folder, name)
      const answer = await answerOf({client: clientOf({path})})
      expect(answer).toEqual({ok: false, cause: 'not-installed', message: `${path} may not be executed`})
    }
  })

  it('has nowhere on PATH', async () => {
    const message = 'neither flyctl nor fly is on PATH'
    expect(await answerOf({client: clientOf({env: {PATH: temporary({})}})})).toMatchObject({message})
  })

  it('is where its installer put it, which is not on PATH', async () => {
    const home = temporary({'.fly/bin/flyctl': ''})
    const message = `neither flyctl nor fly is on PATH, but there is ${home}/.fly/bin/flyctl`
    expect(await answerOf({client: clientOf({env: {PATH: temporary({}), HOME: home}})})).toMatchObject({message})
  })

  it('is on PATH but may not be executed, and there is no fly', async () => {
    const answer = await answerOf({client: clientOf({env: {PATH: temporary({flyctl: ''})}})})
    expect(answer).toMatchObject({cause: 'not-installed', message: 'flyctl may not be executed'})
  })

  it.each(['shop" & calc', '%PATH%', 'a|b', 'a\nb'])(
    'is a batch file on Windows, and asked nothing that its interpreter would read: %j',
    async (app) => {
      const began = flyctl('touch "$(dirname "$0")/began"; echo "[]"')
      onWindows()
      expect(await began.client.json(['status', '-a', app])).toMatchObject({ok: false, cause: 'other'})
      expect(existsSync(join(began.folder, 'began'))).toBe(false)
    },
  )

  it('is called fly on PATH', async () => {
    const folder = temporary({fly: '#!/bin/sh\necho "[]"\n'})
    chmodSync(join(folder, 'fly'), 0o755)
    expect(await answerOf({client: clientOf({env: {PATH: [folder, process.env.PATH].join(delimiter)}})})).toEqual({
      ok: true,
      json: [],
    })
  })
})

describe('a flyctl that takes its time', () => {
  it('is waited for within the limit', async () => {
    expect(await answerOf(flyctl(`sleep 0.3\n${say('[]')}`))).toEqual({ok: true, json: []})
  })

  it('is ended after the limit, and what it started too', async () => {
    const hanging = flyctl('cd "$(dirname "$0")"; sleep 60 & echo $! > child; sleep 60', {timeout: 1500})
    expect(await answerOf(hanging)).toEqual({
      ok: false,
      cause: 'timed-out',
      message: 'flyctl status -a shop gave no answer within 1.5 s',
    })
    const child = Number(readFileSync(join(hanging.folder, 'child'), 'utf8'))
    await expect.poll(() => isRunning(child)).toBe(false)
  })

  it('and ignores the request to end is killed', async () => {
    const stubborn = flyctl('cd "$(dirname "$0")"; echo $$ > pid; trap "" TERM; while :; do sleep 0.1; done', {
      timeout: 1500,
    })
    expect(await answerOf(stubborn)).toMatchObject({ok: false, cause: 'timed-out'})
    expect(isRunning(Number(readFileSync(join(stubborn.folder, 'pid'), 'utf8')))).toBe(false)
  })

  it.runIf(existsSync('/usr/bin/setsid'))('is not waited for when something that it started goes on', async () => {
    expect(await answerOf(flyctl('setsid sleep 8 & sleep 8', {timeout: 200}))).toMatchObject({cause: 'timed-out'})
  })

  it('is ended when the run is interrupted, and its folder is gone', async () => {
    const interrupt = new AbortController()
    const hanging = flyctl('pwd > "$(dirname "$0")/began"; exec sleep 60', {signal: interrupt.signal})
    const began = join(hanging.folder, 'began')
    const answer = hanging.client.json(command)
    await expect.poll(() => existsSync(began) && readFileSync(began, 'utf8')).toMatch(/preflight-\w+\n$/)
    interrupt.abort()
    expect(await answer).toEqual({ok: false, cause: 'interrupted', message: 'interrupted'})
    await hanging.client.close()
    expect(existsSync(readFileSync(began, 'utf8').trim())).toBe(false)
  })

  it('is not started any more once the run is interrupted', async () => {
    const late = flyctl('cd "$(dirname "$0")"; touch began; sleep 60', {signal: AbortSignal.abort()})
    expect(await answerOf(late)).toMatchObject({ok: false, cause: 'interrupted'})
    expect(existsSync(join(late.folder, 'began'))).toBe(false)
  })
})

describe('the calls of a run', () => {
  it('are made once each, in one empty folder that is gone afterwards', async () => {
    const counted = flyctl('pwd >> "$(dirname "$0")/calls"; ls >> "$(dirname "$0")/calls"; echo "[]"')
    await Promise.all([command, command, ['version']].map((args) => counted.client.json(args)))
    await counted.client.json(command)
    await counted.client.close()
    const folders = readFileSync(join(counted.folder, 'calls'), 'utf8').trim().split('\n')
    expect(folders).toHaveLength(2)
    expect(new Set(folders).size).toBe(1)
    expect(existsSync(folders[0] as string)).toBe(false)
    expect(counted.client.calls.map(({command: line}) => line)).toEqual(['flyctl status -a shop', 'flyctl version'])
  })

  it('that find the configuration locked, by one beside them, are made again', async () => {
    const locked = flyctl(
      'cd "$(dirname "$0")"; [ -e again ] && echo "[]" && exit; touch again; echo "Error: failed acquiring lock" >&2; exit 1',
    )
    expect(await answerOf(locked)).toEqual({ok: true, json: []})
    const held = flyctl('echo "Error: failed acquiring lock" >&2; exit 1')
    expect(await answerOf(held)).toMatchObject({ok: false, message: 'flyctl status -a shop: failed acquiring lock'})
  })

  it('see the variables that the deploy would see, an empty one too, without those that redirect them', async () => {
    const env = {PATH: process.env.PATH, FLY_ACCESS_TOKEN: '', FLY_API_TOKEN: 'x', FLY_APP: 'other', LOG_LEVEL: 'debug'}
    const printing = flyctl('echo "[\\"${FLY_ACCESS_TOKEN-unset}\\", \\"$FLY_API_TOKEN$FLY_APP$LOG_LEVEL\\"]"', {env})
    expect(await answerOf(printing)).toEqual({ok: true, json: ['', 'x']})
  })

  it('ask for JSON but of commands that print it anyway and know no such flag', async () => {
    const {client} = flyctl('echo "[\\"$*\\"]"')
    const asked = await Promise.all([client.json(['config', 'show', '-a', 'x']), client.json(['tokens', 'debug'])])
    expect(asked).toEqual([
      {ok: true, json: ['config show -a x']},
      {ok: true, json: ['tokens debug']},
    ])
    expect(await client.json(['version'])).toEqual({ok: true, json: ['version --json']})
    await client.close()
  })

  it('of the stand-in take as long as the recording says', async () => {
    const env = {PATH: process.env.PATH, PREFLIGHT_RECORDING: 'slow'}
    const client = clientOf({path: join(standIn, 'flyctl'), env})
    expect(await client.json(['version'])).toMatchObject({ok: true})
    await client.close()
    const [call] = client.calls
    expect((call?.endedAt ?? 0) - (call?.startedAt ?? 0)).toBeGreaterThanOrEqual(200)
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
