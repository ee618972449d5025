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

const launch = 'with sync_playwright() as p:\n    browser = p.chromium.launch(headless=True)\n'
const staged = (last: string, app = launch, before = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.12 AS build\nWORKDIR /app\n${before}COPY . .\nRUN pip install --prefix=/install -r requirements.txt && playwright install chromium\nFROM python:3.12-slim\nWORKDIR /app\nCOPY --from=build /install /usr/local\nCOPY app.py ./\n${last}CMD ["python", "app.py"]\n`,
    'requirements.txt': 'playwright==1.49.0\n',
    'app.py': app,
  },
})
/** One stage that fetches the browsers: what comes before the install, it, and what comes behind. */
const fetched = (install: string, behind = '', before = '', image = 'python:3.12-slim') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${image}\nWORKDIR /app\n${before}COPY . .\nRUN pip install -r requirements.txt\nRUN ${install}\n${behind}CMD ["python", "app.py"]\n`,
    'requirements.txt': 'playwright==1.49.0\n',
    'app.py': launch,
  },
})
const withDeps = 'playwright install --with-deps chromium'

testCheck(check, {
  clean: {
    'browsers with their libraries': fetched(withDeps),
    'libraries on their own': fetched('playwright install-deps chromium && playwright install chromium'),
    'libraries of the system': fetched(
      'playwright install chromium',
      '',
      'RUN apt-get update && apt-get install -y libnss3 libgbm1\n',
    ),
    'an image that has much': fetched('playwright install chromium', '', '', 'python:3.12'),
    'browsers in a folder for all': fetched(withDeps, 'USER app\n', 'ENV PLAYWRIGHT_BROWSERS_PATH=/browsers\n'),
    'browsers of the one who runs them': fetched(
      'playwright install chromium',
      '',
      'RUN pip install playwright && playwright install-deps\nUSER app\n',
    ),
    'a home that is opened': fetched(`${withDeps} && chmod -R a+rx /root`, 'USER app\n'),
    'browsers that are moved': fetched(withDeps, 'RUN mv ~/.cache /home/app/ && chown -R app /home/app\nUSER app\n'),
    'browsers that are copied': staged('COPY --from=build /root/.cache/ms-playwright /root/.cache/ms-playwright\n'),
    'with the home that they lie in': staged('COPY --from=build /root /root\n'),
    'browsers that are installed again': staged('RUN playwright install --with-deps chromium\n'),
    'the browser of the system': staged('RUN apt-get update && apt-get install -y chromium\n'),
    'one that is named by its path': staged('', 'b = p.chromium.launch(executable_path="/opt/x")\n'),
    'one that is elsewhere': staged('', 'b = p.chromium.connect_over_cdp(url)\n'),
    'one that is elsewhere, where a variable names it': staged(
      '',
      'b = p.chromium.connect(URL) if URL else p.chromium.launch()\n',
    ),
    'code that the build starts itself': {
      files: {
        ...staged('', '').files,
        Dockerfile: staged('', '').files.Dockerfile.replace(
          '\nFROM python:3.12-slim',
          ' && python crawl.py\nFROM python:3.12-slim',
        ),
        'crawl.py': launch,
      },
    },
    'in a folder that is taken': staged('COPY --from=build /pw /pw\n', launch, 'ENV PLAYWRIGHT_BROWSERS_PATH=/pw\n'),
    'in the package': staged('', launch, 'ENV PLAYWRIGHT_BROWSERS_PATH=0\n'),
    'the same version': node('v1.52.0-noble', '1.52.0'),
    'a patch of it': node('v1.52.0-noble', '1.52.1'),
    'a folder of other browsers': node('v1.49.0-jammy', '1.52.0', 'ENV PLAYWRIGHT_BROWSERS_PATH=/app/browsers\n'),
    'browsers are installed': node('v1.49.0-jammy', '1.52.0', 'RUN npx playwright install chromium\n'),
    'another package is installed': node('v1.49.0-jammy', '1.52.0', 'RUN npm install playwright@1.49.0\n'),
    'a script that another one runs fetches them': {
      files: {
        ...node('v1.49.0-jammy', '1.52.0').files,
        'package.json': JSON.stringify(
          {scripts: {browsers: 'playwright install', setup: 'npm run browsers'}, dependencies: {playwright: '^1.40.0'}},
          null,
          2,
        ),
      },
    },
    'a script that the image runs fetches them': {
      files: {
        ...node('v1.49.0-jammy', '1.52.0', 'RUN npm run browsers\n').files,
        'package.json': JSON.stringify(
          {scripts: {browsers: 'playwright install'}, dependencies: {playwright: '^1.40.0'}},
          null,
          2,
        ),
      },
    },
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
    'browsers in the home of root, for another user': {
      ...fetched(withDeps, 'USER app\n'),
      expect: [
        `warning Dockerfile:5:5 playwright install lays the browsers into /root/.cache/ms-playwright, the home of root, and the machine runs as app, for whom Playwright looks in another one: ${no}`,
      ],
    },
    'browsers without the libraries that they need': {
      ...fetched('playwright install chromium'),
      expect: [
        'warning Dockerfile:5:5 playwright install fetches a browser without the libraries that it needs, which a slim image has not: no browser starts when one is launched ("Host system is missing dependencies to run browsers")',
      ],
    },
    'a script for people at home fetches them': {
      files: {
        ...node('v1.49.0-jammy', '1.52.0').files,
        'package.json': JSON.stringify(
          {scripts: {browsers: 'playwright install'}, dependencies: {playwright: '^1.40.0'}},
          null,
          2,
        ),
      },
      expect: [
        `warning Dockerfile:1:1 mcr.microsoft.com/playwright:v1.49.0-jammy has the browsers of Playwright 1.49.0, and the project has playwright-core 1.52.0: ${no}`,
      ],
    },
    'browsers that stay in another stage': {
      ...staged(''),
      expect: [
        `warning Dockerfile:4:58 playwright install lays the browsers into /root/.cache/ms-playwright of this stage, and the last stage takes none of them: ${no}`,
      ],
    },
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
