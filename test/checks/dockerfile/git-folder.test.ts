import gitFolder from '../../../checks/dockerfile/git-folder.ts'
import {testCheck} from '../../harness.ts'

const project = (run: string, files: Record<string, string> = {}, from = 'python:3.13') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${from}\nWORKDIR /app\n${run}\n`,
    'main.py': '',
    'model/a.bin': '',
    ...files,
  },
})
const nothing = 'which is in no git repository: no COPY brings .git, and no step clones one'

const vite = (config: string, files: Record<string, string> = {}) =>
  project(
    'COPY . .\nRUN npm ci && npm run build',
    {
      'package.json': '{"scripts": {"build": "tsc -b && vite build"}, "devDependencies": {"vite": "7"}}',
      'vite.config.ts': `import {execSync} from 'node:child_process'\nimport {defineConfig} from 'vite'\n${config}\n`,
      '.dockerignore': '.git\n',
      ...files,
    },
    'node:22',
  )

/** A project of Python whose version comes from git. */
const versioned = (run: string, {settings = '[tool.hatch.version]\nsource = "vcs"\n', ignore = '.git\n'} = {}) =>
  project(run, {
    '.dockerignore': ignore,
    'pyproject.toml': `[build-system]\nrequires = ["hatchling", "hatch-vcs"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "shop"\ndynamic = ["version"]\n\n${settings}`,
  })

testCheck(gitFolder, {
  clean: {
    'a version that a variable says': versioned(
      'ENV SETUPTOOLS_SCM_PRETEND_VERSION=0.1.0\nCOPY . .\nRUN pip install .',
    ),
    '… of this package alone, in the RUN itself': versioned(
      'COPY . .\nRUN SETUPTOOLS_SCM_PRETEND_VERSION_FOR_SHOP=1.0 pip install .',
    ),
    'a version for that case': versioned('COPY . .\nRUN pip install .', {
      settings: '[tool.hatch.version]\nsource = "vcs"\nfallback-version = "0.0.0"\n',
    }),
    'a version from git, which is there': versioned('COPY . .\nRUN pip install .', {ignore: 'node_modules\n'}),
    'a version of a file': versioned('COPY . .\nRUN pip install .', {
      settings: '[tool.hatch.version]\npath = "shop/__init__.py"\n',
    }),
    'the packages of the project alone': versioned('COPY . .\nRUN uv sync --no-install-project'),
    'the configuration has an answer to the failure': vite(
      `let commit = 'none'\ntry { commit = execSync('git rev-parse HEAD').toString() } catch {}\nexport default defineConfig({})`,
    ),
    'it asks where nothing else tells': vite(
      `export default defineConfig({define: {v: process.env.SHA ?? execSync('git rev-parse HEAD').toString()}})`,
    ),
    'it may do without': vite(
      `const commit = process.env.CI ? '' : execSync('git rev-parse HEAD').toString()\nexport default defineConfig({})`,
    ),
    'the settings may be made before': vite(
      `export default defineConfig(() => {
  if (process.env.SHA) return {}
  return {define: {v: execSync('git describe').toString()}}
})`,
    ),
    'a function may not be called': vite(
      `const commit = () => execSync('git rev-parse HEAD').toString()\nexport default defineConfig({})`,
    ),
    'the shell has an answer': vite(`const v = execSync('git describe || echo none')\nexport default defineConfig({})`),
    'it looks elsewhere': vite(
      `const v = execSync('git describe', {cwd: process.env.REPO})\nexport default defineConfig({})`,
    ),
    'the configuration has the repository': vite(
      `const v = execSync('git describe')\nexport default defineConfig({})`,
      {
        '.dockerignore': 'docs\n',
      },
    ),
    'another is built': project('COPY . .\nRUN npx vite build --config web.config.ts', {
      '.dockerignore': '.git\n',
      'vite.config.ts': `export default {v: execSync('git describe')}\n`,
    }),
    'a script of package.json makes it': project(
      'COPY src ./\nCOPY package.json ./\nRUN npm run prepare\nRUN git status',
      {
        'package.json': '{"scripts": {"prepare": "git init && git add ."}}',
      },
    ),
    'pip clones one': project('RUN pip install -e git+https://example.com/b#egg=b && cd src/b && git status'),
    'another is named before it': project('RUN GIT_DIR=/repo.git git log -1'),
    'it only tells what it does': project('RUN git log --help && git status -h'),
    'a COPY of the whole folder brings it': project('COPY . .\nRUN git describe --tags > VERSION'),
    'so does one of .git': project('COPY .git .git\nRUN git rev-parse HEAD'),
    'or a pattern': project('COPY * ./\nRUN git rev-parse HEAD'),
    'or a variable': project('ARG FROM\nCOPY $FROM ./\nRUN git rev-parse HEAD'),
    'it is cloned': project('RUN git clone https://example.com/x . && git checkout v2'),
    'it was cloned before': project(
      'RUN git clone https://example.com/x\nWORKDIR /app/x\nRUN git submodule update --init',
    ),
    'it is made': project('RUN git init && git add . && git commit -m x'),
    'ADD clones it': project('ADD --keep-git-dir=true https://example.com/x.git .\nRUN git rev-parse HEAD'),
    'another stage has it': project(
      'COPY --from=source /src /app\nRUN git log -1',
      {},
      'python:3.13 AS source\nFROM python:3.13',
    ),
    'a mount brings it': project('RUN --mount=type=bind,target=/app git rev-parse HEAD'),
    'it may fail': project(
      'RUN git rev-parse HEAD || echo none\nRUN git describe; true\nRUN echo $(git rev-parse HEAD)',
    ),
    'only where there is one': project(
      'RUN if [ -d .git ]; then git lfs pull; fi\nRUN [ -d .git ] && git lfs pull || true',
    ),
    'what needs none': project(
      'RUN git config --global user.name x && git lfs install && git ls-remote https://example.com/x && git --version',
    ),
    'a script may have cloned it': project('COPY fetch.sh .\nRUN ./fetch.sh && git -C x log', {'fetch.sh': ''}),
    'an archive may hold it': project('RUN tar xf /tmp/x.tar && git rev-parse HEAD'),
    'an image of one’s own': project('RUN git lfs pull', {}, 'acme/source:1'),
    'part of .git is let through': project('COPY . .\nRUN git rev-parse HEAD', {
      '.dockerignore': '.git\n!.git/HEAD\n!.git/refs\n',
    }),
    'another folder is named': project('RUN git --git-dir=/opt/x/.git log -1'),
  },
  flagged: {
    'a version from git that .dockerignore leaves out': {
      ...versioned('COPY . .\nRUN --mount=type=cache,target=/root/.cache pip install --no-cache-dir .'),
      expect: [
        'error Dockerfile:4:44 pip install stops: hatch-vcs takes the version of the project from git, and /app is in no repository: .dockerignore leaves .git out of the build',
      ],
    },
    'a version from git that no COPY brings': {
      ...versioned('COPY pyproject.toml ./\nCOPY model model\nRUN pip install -e .'),
      expect: [
        'error Dockerfile:5:5 pip install stops: hatch-vcs takes the version of the project from git, and /app is in no repository: no COPY brings .git, and no step clones one',
      ],
    },
    'the configuration of the bundler calls it': {
      ...vite(`export default defineConfig(({mode}) => {
  return {define: {VERSION: JSON.stringify(execSync('git describe --tags').toString().trim() || mode)}}
})`),
      expect: [
        'error vite.config.ts:4:44 git describe stops in /app, which is in no git repository: .dockerignore leaves .git out of the build',
      ],
    },
    'in a line of its own': {
      ...project(
        'COPY next.config.mjs package.json ./\nRUN npx next build',
        {
          'package.json': '{"dependencies": {"next": "15.5.0"}}',
          'next.config.mjs': `import cp from 'child_process'\nconst sha = cp.execSync("git rev-parse HEAD", {encoding: 'utf8'})\nexport default {env: {sha}}\n`,
        },
        'node:22',
      ),
      expect: [`error next.config.mjs:2:13 git rev-parse stops in /app, ${nothing}`],
    },
    'nothing is copied yet': {
      ...project(
        'RUN apt-get update && apt-get install -y git-lfs && git lfs install\nRUN git lfs pull\nCOPY model model',
      ),
      expect: [`error Dockerfile:4:5 git lfs pull stops in /app, ${nothing}`],
    },
    'files are copied by their names': {
      ...project(
        'COPY main.py ./\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nRUN git rev-parse --short HEAD > VERSION',
      ),
      expect: [`error Dockerfile:5:5 git rev-parse stops in /app, ${nothing}`],
    },
    'it is left out of the build': {
      ...project('COPY . .\nRUN git describe --tags > VERSION', {'.dockerignore': '*.md\n.git\n'}),
      expect: [
        'error Dockerfile:4:5 git describe stops in /app, which is in no git repository: .dockerignore leaves .git out of the build',
      ],
    },
  },
})
