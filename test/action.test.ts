import {execFileSync, spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {beforeAll, describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import {temporary} from './cli.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

interface Step {
  id?: string
  name?: string
  uses?: string
  run?: string
  env?: Record<string, string>
}
interface Action {
  inputs: Record<string, {default?: string; description: string}>
  outputs: Record<string, {value: string}>
  runs: {steps: Step[]}
}
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action

/** The action's own scripts, run as the runner runs them: bash, the inputs as it fills them in, and GITHUB_* alone. */
function runAction(inputs: Record<string, string>, {workspace, path = ''}: {workspace: string; path?: string}) {
  const temp = temporary({})
  const given: Record<string, string> = {}
  for (const [name, {default: value = ''}] of Object.entries(action.inputs)) given[name] = inputs[name] ?? value
  const outputs: Record<string, Record<string, string>> = {}
  const files = (step: string) => ({
    GITHUB_OUTPUT: join(temp, `${step}.output`),
    GITHUB_STEP_SUMMARY: join(temp, 'summary.md'),
  })
  const fill = (text: string) =>
    text.replace(/\$\{\{\s*(.+?)\s*\}\}/g, (_, expression: string) => {
      const [, input] = /^inputs\.([\w-]+)$/.exec(expression) ?? []
      if (input) return given[input] ?? ''
      const [, step = '', output = ''] = /^steps\.([\w-]+)\.outputs\.([\w-]+)$/.exec(expression) ?? []
      if (step) return outputs[step]?.[output] ?? ''
      if (expression === 'github.event.pull_request.number') return '7'
      throw new Error(`an expression that the test does not know: ${expression}`)
    })
  const log: string[] = []
  let failed = false
  for (const [index, {id, run, env = {}, name = ''}] of action.runs.steps.entries()) {
    if (!run) continue
    // Only the comment is written in spite of a NO-GO.
    const isComment = name.startsWith('Comment')
    if (isComment ? given.comment !== 'true' || !outputs.preflight?.verdict : failed) continue
    const step = id ?? `step-${index}`
    const filled = Object.fromEntries(Object.entries(env).map(([key, value]) => [key, fill(value)]))
    const {status, stdout, stderr} = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
      cwd: workspace,
      encoding: 'utf8',
      env: {
        PATH: `${path}:${dirname(process.execPath)}:/usr/bin:/bin`,
        HOME: temp,
        RUNNER_TEMP: temp,
        GITHUB_ACTION_PATH: join(workspace, '.action'),
        GITHUB_WORKSPACE: workspace,
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_ACTIONS: 'true',
        ...files(step),
        ...filled,
      },
    })
    log.push(stdout, stderr)
    const written = existsSync(files(step).GITHUB_OUTPUT) ? readFileSync(files(step).GITHUB_OUTPUT, 'utf8') : ''
    outputs[step] = Object.fromEntries(
      written.split('\n').flatMap((line) => (line.includes('=') ? [line.split(/=(.*)/s).slice(0, 2)] : [])),
    )
    failed ||= status !== 0
  }
  const summary = join(temp, 'summary.md')
  return {
    failed,
    log: log.join(''),
    summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
    outputs: Object.fromEntries(Object.entries(action.outputs).map(([name, {value}]) => [name, fill(value)])),
  }
}

/** A clean checkout of a project, with the action beside it as it was checked out, and what was built of it before. */
function checkout(files: Record<string, string>): string {
  const workspace = temporary(files)
  const place = join(workspace, '.action')
  mkdirSync(place)
  for (const name of ['bin', 'src', 'checks', 'package.json', 'package-lock.json', 'dist']) {
    symlinkSync(join(root, name), join(place, name))
  }
  execFileSync('git', ['init', '-q'], {cwd: workspace})
  return workspace
}

const good = {'apps/shop/fly.toml': 'app = "shop"\n\n[build]\nimage = "nginx"\n'}
const bad = {'apps/shop/fly.toml': 'app = "shop"\n\n[build]\ndockerfile = "Missing"\n'}
const offline = {'working-directory': 'apps/shop', offline: 'true'}

beforeAll(() => {
  expect(existsSync(join(root, 'dist')), 'npm run build comes first').toBe(true)
})

describe('the action', () => {
  it('says GO: outputs, a summary, nothing on the lines', () => {
    const {failed, outputs, summary, log} = runAction(offline, {workspace: checkout(good)})
    expect(failed).toBe(false)
    expect(outputs).toMatchObject({verdict: 'go', errors: '0', warnings: expect.stringMatching(/^\d+$/)})
    expect(JSON.parse(readFileSync(outputs.report as string, 'utf8'))).toMatchObject({verdict: 'go'})
    expect(summary).toContain('## ✅ GO')
    expect(log).not.toMatch(/^::error/m)
  })

  it('fails on NO-GO, with the error on its line as the repository names the file, and the outputs still there', () => {
    const {failed, outputs, summary, log} = runAction(offline, {workspace: checkout(bad)})
    expect(failed).toBe(true)
    expect(outputs).toMatchObject({verdict: 'no-go', errors: '1'})
    expect(log).toMatch(/^::error file=apps\/shop\/fly\.toml,line=4,/m)
    expect(summary).toContain('The deploy would come no further than **build**.')
  })

  it('checks all deploys of a repository', () => {
    const files = {...good, 'apps/other/fly.toml': bad['apps/shop/fly.toml']}
    const {outputs, summary} = runAction({all: 'true', offline: 'true'}, {workspace: checkout(files)})
    expect(outputs).toMatchObject({verdict: 'no-go', errors: '1'})
    expect(summary).toMatch(/\| ❌ NO-GO .*`apps\/other\/fly\.toml`/)
  })

  it('writes SARIF where it is asked to, and takes lists of checks', () => {
    const workspace = checkout(bad)
    const inputs = {...offline, sarif: 'out.sarif', only: 'dockerfile/exists, fly-config', skip: 'fly-config/builder\n'}
    const {outputs} = runAction(inputs, {workspace})
    const {runs} = JSON.parse(readFileSync(join(workspace, 'out.sarif'), 'utf8'))
    expect(runs[0].results.map(({ruleId}: {ruleId: string}) => ruleId)).toEqual(['dockerfile/exists'])
    const {checks} = JSON.parse(readFileSync(outputs.report as string, 'utf8'))
    const outcomes = new Map(checks.map(({id, outcome}: {id: string; outcome: string}) => [id, outcome]))
    expect(outcomes.get('fly-config/builder')).not.toBe('passed')
    expect(outcomes.get('dockerfile/exists')).toBe('failed')
  })

  it('wrong inputs fail with one clear line and no verdict', () => {
    const {failed, outputs, log} = runAction({...offline, only: 'no/such'}, {workspace: checkout(good)})
    expect({failed, verdict: outputs.verdict}).toEqual({failed: true, verdict: ''})
    expect(log).toMatch(/^preflight: there is no check or group no\/such/m)
  })

  it('an input is a text, never a command', () => {
    const workspace = checkout(good)
    const {log} = runAction({...offline, app: '$(touch pwned); `touch pwned`'}, {workspace})
    expect(existsSync(join(workspace, 'pwned')), log).toBe(false)
  })

  it.each([
    ['writes a comment', '', 'repos/acme/shop/issues/7/comments'],
    ['keeps its comment up to date', '4711', '--method PATCH repos/acme/shop/issues/comments/4711'],
  ])('%s', (_, found, call) => {
    const workspace = checkout(bad)
    const gh = temporary({})
    const log = join(gh, 'log')
    writeFileSync(
      join(gh, 'gh'),
      `#!/bin/sh\necho "$@" >> ${log}\ncase "$*" in *--paginate*) echo ${found} ;; esac\n`,
      {mode: 0o755},
    )
    runAction({...offline, comment: 'true'}, {workspace, path: gh})
    const calls = readFileSync(log, 'utf8').trim().split('\n')
    expect(calls).toHaveLength(2)
    expect(calls[1]).toContain(call)
    expect(calls[1]).toMatch(/--field body=@\S+report\.md/)
  })
})

describe('our own workflow', () => {
  it('uses the action on a project that may go and on one that may not', () => {
    const {jobs} = parse(readFileSync(join(root, '.github/workflows/ci.yml'), 'utf8'))
    const uses = (jobs.action.steps as Step[]).filter((step) => step.uses === './')
    expect(uses).toHaveLength(2)
  })

  it('every input that it and the docs give is one of the action', () => {
    const texts = ['.github/workflows/ci.yml', 'docs/github-actions.md'].map((path) =>
      readFileSync(join(root, path), 'utf8'),
    )
    const blocks = texts.flatMap((text) => [
      ...text.matchAll(/uses: (?:\.\/|OWNER\/preflight@\S+)\n\s+with:\n((?: {10,}.*\n)+)/g),
    ])
    const given = blocks.flatMap(([, lines = '']) => [...lines.matchAll(/^\s+([\w-]+):/gm)].map(([, name]) => name))
    expect(given.length).toBeGreaterThan(5)
    for (const name of given) expect(Object.keys(action.inputs)).toContain(name)
  })
})
