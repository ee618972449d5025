import calledProgram from '../../../checks/image/called-program.ts'
import {testCheck} from '../../harness.ts'

const python = (code: string, base = 'FROM python:3.12-slim\n', more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `${base}WORKDIR /app\nCOPY . .\nCMD ["python", "main.py"]\n`,
    'main.py': code,
    ...more,
  },
})
const node = (code: string, base = 'FROM node:20-alpine\n') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `${base}WORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n`,
    'server.js': code,
  },
})
const chrome = (code: string, dockerfile: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `${dockerfile}WORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n`,
    'server.js': `import puppeteer from 'puppeteer'\n${code}\n`,
    ...more,
  },
})
const withoutDownload = 'FROM node:20-alpine\nRUN apk add --no-cache chromium\nENV PUPPETEER_SKIP_DOWNLOAD=true\n'
const onDebian = 'FROM node:20-slim\nRUN apt-get update && apt-get install -y chromium\nENV PUPPETEER_SKIP_DOWNLOAD=1\n'
const fromVariable = 'await puppeteer.launch({headless: true, executablePath: process.env.CHROME_BIN})'
const starts = (says: string, name = 'Puppeteer') =>
  `warning server.js:2:7 ${name} starts the browser for server.js, which CMD starts, and ${says}`
const run = 'import subprocess\nsubprocess.run(["ffmpeg", "-i", "a"], check=True)\n'
/** A release of Elixir with a module of its own. */
const release = (code: string, {install = '', path = 'lib/shop/repository.ex'} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM elixir:1.18 AS build\nENV MIX_ENV=prod\nWORKDIR /app\nCOPY . .\nRUN mix release\nFROM debian:bookworm-slim\n${install}WORKDIR /app\nCOPY --from=build /app/_build/prod/rel/shop ./\nCMD ["/app/bin/server"]\n`,
    'mix.exs': 'defmodule Shop.MixProject do\n  use Mix.Project\n  def project, do: [\n    app: :shop\n  ]\nend\n',
    'config/config.exs': 'import Config\n',
    'config/prod.exs': 'import Config\n',
    'config/runtime.exs': 'import Config\n',
    'rel/overlays/bin/server': '#!/bin/sh\ncd -P -- "$(dirname -- "$0")"\nPHX_SERVER=true exec ./shop start\n',
    [path]: `defmodule Shop.Repository do\n  def pull(path), do: ${code}\nend\n`,
  },
})
const pulls = 'System.cmd("git", ["pull"], cd: path)'
/** A program of Go that is told what to do. */
const go = (second: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /shop .\nFROM alpine:3.22\nCOPY --from=build /shop /shop\nENTRYPOINT ["/shop"]\nCMD ["serve"]\n',
    'go.mod': 'module shop\n\ngo 1.25\n',
    'main.go':
      'package main\n\nimport "os"\n\nfunc main() {\n\tswitch os.Args[1] {\n\tcase "serve":\n\t\tserve()\n\tcase "release":\n\t\trelease()\n\t}\n}\n',
    'second.go': second,
  },
})
const clone = (name: string, before = '') =>
  `package main\n\nimport "os/exec"\n\n${before}func ${name}() error {\n\treturn exec.Command("git", "clone", "x").Run()\n}\n`
const browser =
  'from playwright.sync_api import sync_playwright\nwith sync_playwright() as p:\n    page = p.chromium.launch().new_page()\n'
const lacks = (program: string, by = 'main.py', base = 'python:3.12-slim') =>
  `warning Dockerfile:1:1 ${by}, which CMD starts, runs ${program}, and the final stage (${base}) has no ${program}`

testCheck(calledProgram, {
  clean: {
    'a module of Elixir, and its program': release(pulls, {
      install: 'RUN apt-get update && apt-get install -y git\n',
    }),
    'a module of Elixir that looks for the program': release(`System.find_executable("git") && ${pulls}`),
    'a task of Mix, which no release has': release(pulls, {path: 'lib/mix/tasks/pull.ex'}),
    'another command of a Go program': go(clone('release')),
    'it is installed': python(run, 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y ffmpeg\n'),
    'another package brings it': python(
      'import subprocess\nsubprocess.run(["pdftotext", "a.pdf"])\n',
      'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y poppler-utils\n',
    ),
    'it is copied from elsewhere': python(
      run,
      'FROM python:3.12-slim\nCOPY --from=mwader/static-ffmpeg:7.1 /ffmpeg /usr/local/bin/\n',
    ),
    'the full image has it': python('import subprocess\nsubprocess.run(["git", "clone", "x"])\n', 'FROM python:3.12\n'),
    'a base image that is not known': python(run, 'FROM registry.example.com/base\n'),
    'the code looks first whether there is one': python(`import shutil\nif shutil.which("ffmpeg"):\n    pass\n${run}`),
    'another file looks whether there is one': python(`import media\n${run}`, undefined, {
      'media.py': 'import subprocess\ndef has():\n    return subprocess.run(["ffmpeg", "-version"]).returncode == 0\n',
    }),
    'the code lives without it': python(`${run}\ntry:\n    pass\nexcept FileNotFoundError:\n    pass\n`),
    'a package brings one along': python(`import imageio_ffmpeg\n${run}`),
    'a file that nothing imports': python('', undefined, {'tool.py': run}),
    'a comment': python('import subprocess\n# subprocess.run(["ffmpeg"])\n'),
    'a program that a variable names': python('import subprocess\nsubprocess.run([FFMPEG, "ffmpeg"])\n'),
    'a list that is not run': python('import subprocess\nallowed = ["ffmpeg", "sox"]\nsubprocess.run(other)\n'),
    'git asks about a repository that no image has': python(
      'import subprocess\nsubprocess.check_output(["git", "rev-parse", "HEAD"])\n',
    ),
    'a browser of Playwright is installed': python(
      browser,
      'FROM python:3.12-slim\nRUN pip install playwright && playwright install --with-deps chromium\n',
    ),
    'the app fetches the browser when it starts': python(
      `import subprocess\nimport pages\nsubprocess.run(["playwright", "install", "chromium"])\n`,
      undefined,
      {'pages.py': browser},
    ),
    'a script of package.json fetches the browser': {
      files: {
        ...node("import {chromium} from 'playwright'\nawait chromium.launch()\n").files,
        'package.json': '{"scripts": {"postinstall": "playwright install chromium"}}',
      },
    },
    'Playwright connects to a browser elsewhere': python(
      'from playwright.async_api import async_playwright\nasync def f(p):\n    await p.chromium.connect_over_cdp(url)\n    await p.chromium.launch()\n',
    ),
    'Patchright fetches its own': {
      files: {
        ...node("import {chromium} from 'patchright'\nawait chromium.launch()\n").files,
        'package.json': '{"scripts": {"postinstall": "patchright install chromium"}}',
      },
    },
    "Playwright's own image": python(browser, 'FROM mcr.microsoft.com/playwright/python:v1.49.0-noble\n'),
    'what Chrome needs is installed': node(
      "import puppeteer from 'puppeteer'\nawait puppeteer.launch()\n",
      'FROM node:20-slim\nRUN apt-get update && apt-get install -y libnss3 libatk-bridge2.0-0\n',
    ),
    'Puppeteer is told of the chromium that there is': chrome(
      fromVariable,
      `${withoutDownload}ENV CHROME_BIN=/usr/bin/chromium-browser\n`,
    ),
    '… by fly.toml': chrome(fromVariable, onDebian, {
      'fly.toml': 'app = "shop"\n[env]\nCHROME_BIN = "/usr/bin/chromium"\n',
    }),
    '… by a secret': chrome(fromVariable, onDebian, {'deploy.sh': 'fly secrets set CHROME_BIN=/usr/bin/chromium\n'}),
    '… by a file of variables': chrome(fromVariable, onDebian, {'.env': 'CHROME_BIN=/usr/bin/chromium\n'}),
    '… by the variable that it reads itself': chrome(
      'await puppeteer.launch()',
      `${onDebian}ENV PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium\n`,
    ),
    '… by the default of the code': chrome(
      "await puppeteer.launch({executablePath: process.env.CHROME_BIN || '/usr/bin/chromium'})",
      onDebian,
    ),
    '… by the settings of Puppeteer': chrome('await puppeteer.launch()', onDebian, {
      '.puppeteerrc.cjs': "module.exports = {executablePath: '/usr/bin/chromium'}\n",
    }),
    'Puppeteer downloads a Chrome, and chromium brings its libraries': chrome(
      fromVariable,
      'FROM node:20-slim\nRUN apt-get update && apt-get install -y chromium\n',
    ),
    'Puppeteer is to download it later': chrome(fromVariable, `${onDebian}RUN npx puppeteer browsers install chrome\n`),
    'the code sets the variable itself': chrome(
      "process.env.PUPPETEER_EXECUTABLE_PATH ||= '/usr/bin/chromium'\nawait puppeteer.launch()",
      onDebian,
    ),
    'another one is tried where that fails': chrome(
      "try {\n  await puppeteer.launch({executablePath: '/usr/bin/google-chrome'})\n} catch {\n  await puppeteer.launch({executablePath: '/usr/bin/chromium'})\n}",
      onDebian,
    ),
    'options that are made elsewhere': chrome('await puppeteer.launch(optionsFor(process.env))', onDebian),
    'options that others may be added to': chrome(
      'await puppeteer.launch({...(process.env.CHROME_BIN ? {executablePath: process.env.CHROME_BIN} : more)})',
      onDebian,
    ),
    'the code looks for one': chrome(
      "const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync)\nawait puppeteer.launch({executablePath})",
      onDebian,
    ),
    'a link to chromium': chrome(
      "await puppeteer.launch({executablePath: '/usr/bin/google-chrome'})",
      `${onDebian}RUN ln -s /usr/bin/chromium /usr/bin/google-chrome\n`,
    ),
    'the Chrome of Google': chrome(
      "await puppeteer.launch({executablePath: '/usr/bin/google-chrome-stable'})",
      'FROM node:20-slim\nRUN apt-get update && apt-get install -y chromium google-chrome-stable\n',
    ),
    'puppeteer-core with a browser of npm': node(
      "import puppeteer from 'puppeteer-core'\nimport chromium from '@sparticuz/chromium'\nawait puppeteer.launch({executablePath: await chromium.executablePath()})\n",
    ),
    'exec of a regular expression': node("import 'node:child_process'\nconst found = /git (.*)/.exec('git x')\n"),
    'a function of its own that is called like it': node("exec('ffmpeg -i a')\n"),
  },
  flagged: {
    'a module of a release of Elixir': {
      ...release(pulls, {
        install: 'RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 locales ca-certificates\n',
      }),
      expect: [
        'warning Dockerfile:7:23 lib/shop/repository.ex, which CMD starts, runs git, and the final stage (debian:bookworm-slim) has no git',
      ],
    },
    'a command of a Go program that is asked for': {
      ...go(clone('serve', '// serve is "serve" of the command line.\nvar use = "serve"\n\n')),
      expect: [
        'warning Dockerfile:5:1 second.go, which ENTRYPOINT starts, runs git, and the final stage (alpine:3.22) has no git',
      ],
    },
    'a list of words': {...python(run), expect: [lacks('ffmpeg')]},
    'two programs of one package': {
      ...python(`${run}subprocess.run(["ffprobe", "a.mp4"])\n`),
      expect: [lacks('ffmpeg')],
    },
    'a list that a name stands for': {
      ...python('import subprocess\ndef f(a):\n    cmd = ["pdftotext", a]\n    return subprocess.run(cmd)\n'),
      expect: [lacks('pdftotext')],
    },
    'a text for the shell': {
      ...python('import os\nos.system("pg_dump shop > a.sql")\n'),
      expect: [lacks('pg_dump')],
    },
    'in a module that is imported in a function': {
      ...python('def f():\n    import media\n', undefined, {'media.py': run}),
      expect: [lacks('ffmpeg', 'media.py')],
    },
    asyncio: {
      ...python('import asyncio\nasync def f():\n    await asyncio.create_subprocess_exec("git", "clone", "x")\n'),
      expect: [lacks('git')],
    },
    matplotlib: {
      ...python('from matplotlib.animation import FuncAnimation\nFuncAnimation(a, b).save("a.mp4", writer="ffmpeg")\n'),
      expect: [
        'warning Dockerfile:1:1 matplotlib runs ffmpeg for main.py, which CMD starts, and the final stage (python:3.12-slim) has no ffmpeg',
      ],
    },
    'Playwright without a browser, which pip does not bring': {
      ...python(browser),
      expect: [
        'warning Dockerfile:1:1 Playwright runs chromium for main.py, which CMD starts, and the final stage (python:3.12-slim) has no chromium',
      ],
    },
    'the same in Node': {
      ...node("import {chromium} from 'playwright'\nawait chromium.launch()\n", 'FROM node:20-slim\n'),
      expect: [
        'warning Dockerfile:1:1 Playwright runs chromium for server.js, which CMD starts, and the final stage (node:20-slim) has no chromium',
      ],
    },
    'Selenium on an image without Chrome': {
      ...python('from selenium import webdriver\ndef f():\n    return webdriver.Chrome()\n'),
      expect: [
        'warning Dockerfile:1:1 Selenium runs chromium for main.py, which CMD starts, and the final stage (python:3.12-slim) has no chromium',
      ],
    },
    'Patchright without a browser': {
      ...node("import {chromium} from 'patchright'\nawait chromium.launch()\n", 'FROM node:20-slim\n'),
      expect: [
        'warning Dockerfile:1:1 Patchright runs chromium for server.js, which CMD starts, and the final stage (node:20-slim) has no chromium',
      ],
    },
    'the core of Playwright alone, which brings none either': {
      ...node("import {chromium} from 'playwright-core'\nawait chromium.launch()\n", 'FROM node:20-slim\n'),
      expect: [
        'warning Dockerfile:1:1 Playwright runs chromium for server.js, which CMD starts, and the final stage (node:20-slim) has no chromium',
      ],
    },
    'Puppeteer, which brings Chrome and not its libraries': {
      ...node("import puppeteer from 'puppeteer'\nawait puppeteer.launch()\n", 'FROM node:20\n'),
      expect: [
        'warning Dockerfile:1:1 Puppeteer runs chromium for server.js, which CMD starts, and the final stage (node:20) has none of the libraries that Chrome needs',
      ],
    },
    'a variable that nothing sets': {
      ...chrome(fromVariable, withoutDownload),
      expect: [
        starts(
          'nothing tells it of the chromium that the image has: CHROME_BIN is set nowhere, and the browser of its own was not downloaded (PUPPETEER_SKIP_DOWNLOAD)',
        ),
      ],
    },
    '… and no default but undefined': {
      ...chrome(
        'await puppeteer.launch({executablePath: process.env.CHROME_BIN || process.env.CHROME || undefined})',
        onDebian,
      ),
      expect: [
        starts(
          'nothing tells it of the chromium that the image has: CHROME_BIN is set nowhere, and the browser of its own was not downloaded (PUPPETEER_SKIP_DOWNLOAD)',
        ),
      ],
    },
    'Alpine, on which what it downloads does not start': {
      ...chrome(
        "const options = {args: ['--no-sandbox']}\nawait puppeteer.launch(options)",
        'FROM node:20-alpine\nRUN apk add chromium\n',
      ),
      expect: [
        starts(
          'nothing tells it of the chromium that the image has: PUPPETEER_EXECUTABLE_PATH is set nowhere, and the Chrome that it downloads does not start on Alpine',
        ).replace(':2:', ':3:'),
      ],
    },
    'the path that Alpine has, on Debian': {
      ...chrome('await puppeteer.launch()', `${onDebian}ENV PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium-browser\n`),
      expect: [
        starts(
          'it is told to start /usr/bin/chromium-browser, which is not there: the package chromium has /usr/bin/chromium',
        ),
      ],
    },
    'the path of the Chrome of Google': {
      ...chrome("await puppeteer.launch({executablePath: process.env.X ?? '/usr/bin/google-chrome-stable'})", onDebian),
      expect: [
        starts(
          'it is told to start /usr/bin/google-chrome-stable, which is not there: the package chromium has /usr/bin/chromium',
        ),
      ],
    },
    'puppeteer-core, which is told of none': {
      ...chrome(fromVariable, 'FROM node:20-slim\nRUN apt-get update && apt-get install -y chromium\n', {
        'server.js': `import puppeteer from 'puppeteer-core'\n${fromVariable}\n`,
      }),
      expect: [
        starts(
          'nothing tells it of the chromium that the image has: CHROME_BIN is set nowhere, and puppeteer-core has no browser of its own',
          'puppeteer-core',
        ),
      ],
    },
    'puppeteer-core without any browser': {
      ...node(
        "import puppeteer from 'puppeteer-core'\nawait puppeteer.launch({executablePath: '/usr/bin/chromium-browser'})\n",
        'FROM node:20-slim\n',
      ),
      expect: [
        'warning Dockerfile:1:1 puppeteer-core runs chromium for server.js, which CMD starts, and the final stage (node:20-slim) has no chromium',
      ],
    },
    'child_process, on Alpine': {
      ...node("const {spawn} = require('child_process')\nspawn('ffmpeg', ['-i', 'a'])\n"),
      expect: [lacks('ffmpeg', 'server.js', 'node:20-alpine')],
    },
    'a shell that Alpine does not have': {
      ...node("import {execFile} from 'node:child_process'\nexecFile('bash', ['x'])\n"),
      expect: [lacks('bash', 'server.js', 'node:20-alpine')],
    },
  },
})
