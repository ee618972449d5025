import {describe, expect, it} from 'vitest'
import {defineCheck} from '../../src/check.ts'
import {inlineIgnores} from '../../src/engine/inline-ignores.ts'
import {preflight} from '../../src/preflight.ts'
import {parseIni} from '../../src/project/alembic/ini.ts'
import {TextFile} from '../../src/project/files/text.ts'
import {markdown} from '../../src/report/markdown.ts'
import {check} from '../harness.ts'
import {memoryFileSystem, root} from '../memory.ts'
import {check as checkReport, context, finding, reportOf} from '../report/samples.ts'
import {examine} from './examine.ts'

// Each was a defect that the fuzzer or a search through the patterns brought to light.
const app = {'fly.toml': 'app = "shop"\n', Dockerfile: 'FROM python:3.12-slim\nCOPY . .\nCMD ["python", "-m", "app"]\n'}
const text = (content: string) => new TextFile('a', '/a', content)

describe('what a project may hold', () => {
  it.each([
    ['a pattern of .dockerignore without its end', {...app, '.dockerignore': '[node_modules\n'}],
    ['a FROM whose variable has no end', {...app, Dockerfile: 'FROM ${A?:22-slim\n'}],
    [
      'a name without end',
      {
        ...app,
        'requirements.txt': '',
        Dockerfile: `FROM python:3.12-slim\nCOPY ${'x'.repeat(100_000)}.txt requirements.txt ./\nRUN pip install -r ${'x'.repeat(100_000)}.txt\n`,
      },
    ],
    ['carriage returns before line ends', {...app, Dockerfile: app.Dockerfile.replaceAll('\n', '\r\r\n')}],
    ['characters of two halves in a long line', {...app, 'fly.toml': `app =${'💣'.repeat(200)} "shop"\n`}],
    [
      'a thousand stages, each built on the one before',
      {...app, Dockerfile: `FROM a AS a\n${'FROM a AS a\n'.repeat(1000)}`},
    ],
    ['two thousand RUNs', {...app, Dockerfile: `FROM debian\n${'RUN ln -s a b && cat a/b\n'.repeat(2000)}`}],
    ['a folder that goes on and on', {...app, Dockerfile: `FROM debian\n${'WORKDIR a\n'.repeat(1000)}`}],
    [
      'a thousand COPYs of what is not there',
      {...app, Dockerfile: `FROM debian\n${Array.from({length: 1000}, (_, index) => `COPY a${index} b\n`).join('')}`},
    ],
    [
      'a thousand ports, all the same',
      {...app, 'fly.toml': `app = "shop"\n[[services]]\n${'[[services.ports]]\nport = 1\n'.repeat(1000)}`},
    ],
  ])('%s', async (_, files) => {
    expect(await examine({files, options: {offline: true}})).toEqual([])
  })

  it('values of alembic.ini that grow with each key', () => {
    const keys = Array.from({length: 10}, (_, index) => `k${index} = ${`%(k${index + 1})s`.repeat(50)}\n`).join('')
    const ini = parseIni(text(`[alembic]\n${keys}k10 = ${'x'.repeat(50)}\n`), {})
    if ('invalid' in ini) throw new Error(ini.invalid)
    expect(ini.section('alembic')?.get('k0')).toMatchObject({invalid: 'it grows without end'})
    expect(ini.section('alembic')?.get('k10')).toMatchObject({value: 'x'.repeat(50)})
  })

  it('names that every object has, in alembic.ini', () => {
    const ini = parseIni(text('[alembic]\na = %(constructor)s\nb = %%%(here)s\n'), {here: '/app'})
    if ('invalid' in ini) throw new Error(ini.invalid)
    expect(ini.section('alembic')?.get('a')).toMatchObject({invalid: expect.stringContaining('names no key')})
    expect(ini.section('alembic')?.get('b')).toMatchObject({value: '%/app'})
  })

  it('a workflow with redirections without end', async () => {
    const run = `flyctl deploy ${'>'.repeat(5000)}x || true`
    const workflow = `on: push\njobs:\n  d:\n    runs-on: x\n    steps:\n      - run: ${JSON.stringify(run)}\n`
    const report = await check({files: {...app, '.github/workflows/deploy.yml': workflow}, options: {offline: true}})
    expect(report.verdict).toBe('go')
  })
})

describe('ignores in comments', () => {
  it('above one another cover the line behind them all', () => {
    const comments =
      '# preflight-ignore a/b -- one\n# preflight-ignore c/d -- two\nline\n# preflight-ignore e/f -- three\nlast'
    expect(inlineIgnores(text(comments)).map(({check: id, line, reason}) => [id, line, reason])).toEqual([
      ['a/b', 3, 'one'],
      ['c/d', 3, 'two'],
      ['e/f', 5, 'three'],
    ])
  })
})

describe('a check that finds no end of things', () => {
  it('tells the first thousand, and that it stops there', async () => {
    const endless = defineCheck({
      id: 'a/endless',
      title: 'it ends',
      why: 'x.',
      severity: 'warning',
      failsAt: 'build',
      since: '0.1.0',
      needs: [],
      *run() {
        for (let line = 1; ; line++) yield {message: 'again', at: {file: 'fly.toml', line}}
      },
    })
    const seams = {checks: [endless], fs: memoryFileSystem(app)}
    const [result] = (await preflight({root, env: {}, offline: true}, seams)).checks
    expect(result?.findings).toHaveLength(1001)
    expect(result?.findings.at(-1)?.message).toBe('only the first 1000 findings are told; there may be more')
  })

  it('and thousands of them fit into Markdown as far as there is room', async () => {
    const findings = Array.from({length: 5000}, (_, index) => finding({message: `number ${index}`}))
    const page = await markdown(reportOf([checkReport('a/b', {findings})]), context)
    expect(page.length).toBeLessThanOrEqual(65_536)
    expect(page).toMatch(/the checks without findings and \d+ findings\.\n$/)
  })
})
