import {describe, expect, it} from 'vitest'
import {expand} from '../../src/project/dockerfile/expand.ts'
import type {Instruction} from '../../src/project/dockerfile/parse.ts'
import {parseDockerfile, type Stage} from '../../src/project/dockerfile/parse.ts'
import {Files} from '../../src/project/files/files.ts'
import {TextFile} from '../../src/project/files/text.ts'
import {baseImage, hasNoEntrypoint} from '../../src/project/image/base/base-images.ts'
import {contextPath} from '../../src/project/image/files/context-path.ts'
import {pythonInstall} from '../../src/project/image/packages/python-installs.ts'
import {runCommands} from '../../src/project/image/shell/shell.ts'
import {shellText} from '../../src/project/image/shell/shell-text.ts'

const stagesOf = (text: string): Stage[] => {
  const parsed = parseDockerfile(new TextFile('Dockerfile', '/Dockerfile', text))
  if ('kind' in parsed) throw new Error(parsed.message)
  return parsed.stages
}
const instructionsOf = (text: string): Instruction[] =>
  stagesOf(`FROM x\n${text}`).flatMap(({instructions}) => instructions)

describe('expansion', () => {
  const values: Record<string, string> = {A: '1', E: ''}
  it.each([
    ['$A-${A}', '1-1'],
    ['${B:-x}', 'x'],
    ['${E:-x}', 'x'],
    ['${A:+x}', 'x'],
    ['${B:+x}', ''],
    ['${B:-$A}', '1'],
    ['\\$A', '$A'],
    ['$B', undefined],
    ['${A#1}', undefined],
  ])('%s: %s', (text, expected) => {
    expect(expand(text, (name) => values[name])).toBe(expected)
  })
})

describe('the commands of a RUN', () => {
  const words = (run: string) => {
    const text = `FROM x\n${run}\n`
    const file = new TextFile('Dockerfile', '/Dockerfile', text)
    const [instruction] = stagesOf(text)[0]?.instructions ?? []
    const commands = runCommands(file, instruction as Instruction, (name) => (name === 'V' ? '1.2' : undefined))
    return commands?.map(
      (command) =>
        `${command.at.line}: ${command.words.map((word) => word ?? '?').join(' ')}${command.conditional ? ' (maybe)' : ''}`,
    )
  }

  it.each([
    ['RUN a && b; c', ['2: a', '2: b', '2: c']],
    ['RUN a \\\n  # a comment\n\n  b \\\n  && c', ['2: a b', '6: c']],
    ['RUN a || b', ['2: a (maybe)', '2: b (maybe)']],
    ['RUN env A=1 command sudo -E a b', ['2: a b']],
    ['RUN a $V', ['2: a 1.2']],
    ['RUN if x; then a; fi', ['2: x (maybe)', '2: a (maybe)']],
    ['RUN ["apt-get", "install", "gcc"]', ['2: apt-get install gcc']],
    ['RUN a "b=$V" $OTHER', ['2: a b=1.2 ?']],
    ['RUN X=1 a b', ['2: a b']],
    ['RUN sh -c "a && b"', ['2: a', '2: b']],
    ['RUN a \\ \n  b', ['2: a b']],
    ['RUN <<EOF\na\nb c\nEOF', ['3: a', '4: b c']],
    ['RUN a > /x 2>&1', ['2: a']],
  ])('%j', (run, expected) => {
    expect(words(run)).toEqual(expected)
  })

  it('keeps every offset true, whatever it leaves out', () => {
    const text = 'a \\\n# b\n\n c'
    expect(shellText(text)).toHaveLength(text.length)
    expect(shellText(text).indexOf('c')).toBe(text.indexOf('c'))
  })
})

describe('where a file of the image comes from', () => {
  const paths = ['requirements.txt', 'backend/requirements.txt', 'backend/app/main.py', 'start.sh']
  const from = (instructions: string, path: string, workdir = '/app') =>
    contextPath(path, workdir, instructionsOf(instructions), Files.of(paths))

  it.each([
    ['WORKDIR /app\nCOPY requirements.txt .', 'requirements.txt', 'requirements.txt'],
    ['WORKDIR /app\nCOPY . .', 'backend/app/main.py', 'backend/app/main.py'],
    ['WORKDIR /app\nCOPY backend/ /app', 'requirements.txt', 'backend/requirements.txt'],
    ['WORKDIR /app\nCOPY backend .', 'app/main.py', 'backend/app/main.py'],
    ['WORKDIR /app\nCOPY ["start.sh", "/usr/local/bin/"]', '/usr/local/bin/start.sh', 'start.sh'],
    ['WORKDIR /app\nCOPY start.sh run.sh', 'run.sh', 'start.sh'],
    ['WORKDIR /app\nCOPY requirements*.txt ./', 'requirements.txt', 'requirements.txt'],
    ['WORKDIR /app\nCOPY --from=x requirements.txt .', 'requirements.txt', undefined],
    ['WORKDIR /app\nCOPY backend .', 'start.sh', undefined],
  ])('%j brings %s from %s', (instructions, path, expected) => {
    expect(from(instructions, path)).toBe(expected)
  })
})

describe('base images', () => {
  it.each([
    ['python:3.12-slim', {distribution: 'debian', python: '3.12', hasBuildTools: false}],
    ['python:3.12.3-slim-bookworm@sha256:ab12', {distribution: 'debian', python: '3.12.3', hasBuildTools: false}],
    ['python@sha256:ab12', undefined],
    ['docker.io/library/python:3.11', {distribution: 'debian', python: '3.11', hasBuildTools: true}],
    ['python', {distribution: 'debian', python: undefined, hasBuildTools: true}],
    ['python:3.13-rc-slim', {distribution: 'debian', python: '3.13', hasBuildTools: false}],
    ['python:3.12-alpine3.20', {distribution: 'alpine', python: '3.12', hasBuildTools: false}],
    ['ghcr.io/astral-sh/uv:python3.12-bookworm-slim', {distribution: 'debian', python: '3.12', hasBuildTools: false}],
    ['ghcr.io/astral-sh/uv:0.5-python3.13-bookworm', {distribution: 'debian', python: '3.13', hasBuildTools: true}],
    ['ubuntu:24.04', {distribution: 'ubuntu', python: undefined, hasBuildTools: false}],
    ['example.com/python:3.12', undefined],
  ])('%s', (name, expected) => {
    expect(baseImage(name)).toEqual(expected && {hasPackages: false, ...expected})
  })

  it.each([
    ['python:3.12-slim', true],
    ['docker.io/library/ruby:3.3', true],
    ['hexpm/elixir:1.17.3-erlang-27.1-debian-bookworm', true],
    ['ghcr.io/astral-sh/uv:0.5-python3.13-bookworm', true],
    ['scratch', true],
    ['ghcr.io/astral-sh/uv:latest', false],
    ['node:20', false],
    ['example.com/python:3.12', false],
    ['pythonista:1', false],
  ])('%s has no ENTRYPOINT: %s', (name, expected) => {
    expect(hasNoEntrypoint(name)).toBe(expected)
  })
})

describe('Python installs', () => {
  const install = (command: string) => {
    const found = pythonInstall({
      words: command.split(' '),
      at: {file: 'Dockerfile'},
      conditional: false,
      decisive: true,
    })
    if (!found) return undefined
    const {tool, files, packages, project, opaque, mayUseWheels, onlyMain, location} = found
    return {
      tool,
      files,
      packages,
      ...(project && {project}),
      ...(opaque && {opaque}),
      ...(mayUseWheels && {mayUseWheels}),
      ...(location && {location}),
      ...(onlyMain && {onlyMain}),
    }
  }
  it.each([
    ['pip install -r requirements.txt', {tool: 'pip', files: ['requirements.txt'], packages: []}],
    ['pip3 install --no-cache-dir --requirement=a.txt -rb.txt', {tool: 'pip', files: ['a.txt', 'b.txt'], packages: []}],
    [
      'python -m pip install --prefix /install psycopg2==2.9',
      {tool: 'pip', files: [], packages: ['psycopg2==2.9'], location: '/install'},
    ],
    ['pip --no-cache-dir install -qr a.txt', {tool: 'pip', files: ['a.txt'], packages: []}],
    ['python -u -m pip install a', {tool: 'pip', files: [], packages: ['a']}],
    ['uv sync --package web', {tool: 'uv sync', files: [], packages: [], project: true, opaque: true}],
    ['uv add asyncpg', {tool: 'pip', files: [], packages: [], opaque: true}],
    ['uv pip install --system -r requirements.txt', {tool: 'pip', files: ['requirements.txt'], packages: []}],
    ['/opt/venv/bin/pip install .', {tool: 'pip', files: [], packages: [], project: true, location: '/opt/venv'}],
    ['pip install -e .[prod]', {tool: 'pip', files: [], packages: [], project: true, opaque: true}],
    ['pip install git+https://example.com/x', {tool: 'pip', files: [], packages: [], opaque: true}],
    [
      'pip install --no-index --find-links=/wheels -r r.txt',
      {tool: 'pip', files: ['r.txt'], packages: [], mayUseWheels: true},
    ],
    ['pip wheel -w /wheels -r r.txt', {tool: 'pip wheel', files: ['r.txt'], packages: []}],
    ['poetry install --only main', {tool: 'poetry', files: [], packages: [], project: true, onlyMain: true}],
    ['poetry install --with x', {tool: 'poetry', files: [], packages: [], project: true, opaque: true}],
    ['uv sync --frozen', {tool: 'uv sync', files: [], packages: [], project: true}],
    ['pip list', undefined],
    ['npm install', undefined],
  ])('%s', (command, expected) => {
    expect(install(command)).toEqual(expected)
  })
})
