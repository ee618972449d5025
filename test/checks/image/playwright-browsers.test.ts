import check from '../../../checks/image/playwright-browsers.ts'
import {testCheck} from '../../harness.ts'

const lock = (version: string) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: {
      'node_modules/playwright': {version},
      'node_modules/playwright-core': {version},
    },
  })
const node = (tag: string, version: string, more = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM mcr.microsoft.com/playwright:${tag} AS base\nFROM base\nCOPY . .\n${more}RUN npm ci\nCMD ["node", "server.js"]\n`,
    'package.json': '{"dependencies": {"playwright": "^1.40.0"}}',
    'package-lock.json': lock(version),
  },
})
const python = (requirement: string, tag = 'v1.49.0-jammy') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM mcr.microsoft.com/playwright/python:${tag}\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n`,
    'requirements.txt': `flask\n${requirement}\n`,
  },
})
const no = 'no browser is found when one is launched ("Executable doesn\'t exist")'

testCheck(check, {
  clean: {
    'the same version': node('v1.52.0-noble', '1.52.0'),
    'a patch of it': node('v1.52.0-noble', '1.52.1'),
    'a folder of other browsers': node('v1.49.0-jammy', '1.52.0', 'ENV PLAYWRIGHT_BROWSERS_PATH=/app/browsers\n'),
    'browsers are installed': node('v1.49.0-jammy', '1.52.0', 'RUN npx playwright install chromium\n'),
    'another package is installed': node('v1.49.0-jammy', '1.52.0', 'RUN npm install playwright@1.49.0\n'),
    'a script of the install fetches them': {
      files: {
        ...node('v1.49.0-jammy', '1.52.0').files,
        'package.json':
          '{"scripts": {"postinstall": "playwright install chromium"}, "dependencies": {"playwright": "^1.40.0"}}',
      },
    },
    'a tag without a number': node('latest', '1.52.0'),
    'Python with a later image than it asks for': python('playwright>=1.40'),
    'Python without a version': python('playwright'),
  },
  flagged: {
    "the folder of the image's own browsers": {
      ...node('v1.49.0-jammy', '1.52.0', 'ENV PLAYWRIGHT_BROWSERS_PATH=/ms-playwright\n'),
      expect: [
        `warning Dockerfile:1:1 mcr.microsoft.com/playwright:v1.49.0-jammy has the browsers of Playwright 1.49.0, and the project has playwright-core 1.52.0: ${no}`,
      ],
    },
    'a later package': {
      ...node('v1.49.0-jammy', '1.52.0'),
      expect: [
        `warning Dockerfile:1:1 mcr.microsoft.com/playwright:v1.49.0-jammy has the browsers of Playwright 1.49.0, and the project has playwright-core 1.52.0: ${no}`,
      ],
    },
    'an earlier pin of Python': {
      ...python('playwright==1.44.0'),
      expect: [
        `warning Dockerfile:1:1 mcr.microsoft.com/playwright/python:v1.49.0-jammy has the browsers of Playwright 1.49.0, and the project has playwright 1.44.0: ${no}`,
      ],
    },
    'Python asks for a later one': {
      ...python('playwright>=1.50'),
      expect: [
        `warning Dockerfile:1:1 mcr.microsoft.com/playwright/python:v1.49.0-jammy has the browsers of Playwright 1.49.0, and the project has playwright 1.50 or later: ${no}`,
      ],
    },
    '.NET': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM mcr.microsoft.com/playwright/dotnet:v1.49.0-noble\nCOPY . .\nCMD ["dotnet", "run"]\n',
        'Shop.csproj':
          '<Project><ItemGroup><PackageReference Include="Microsoft.Playwright" Version="1.52.0" /></ItemGroup></Project>\n',
      },
      expect: [
        `warning Dockerfile:1:1 mcr.microsoft.com/playwright/dotnet:v1.49.0-noble has the browsers of Playwright 1.49.0, and the project has Playwright 1.52.0: ${no}`,
      ],
    },
  },
})
