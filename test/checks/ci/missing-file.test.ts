import check from '../../../checks/ci/missing-file.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const steps = (step: string, before = '') => ({
  steps: `${checkout}${before}${step}${setup}      - run: flyctl deploy\n${token}`,
})
const node = '      - uses: actions/setup-node@v4\n        with:\n          node-version-file: .node-version\n'

testCheck(check, {
  clean: {
    'the configuration of review apps': workflow({
      steps: `${checkout}      - uses: superfly/fly-pr-review-apps@1.5.0\n        with:\n          path: api\n          config: fly.dev.toml\n`,
      files: {'api/fly.dev.toml': 'app = "shop"\n'},
    }),
    ...Object.fromEntries(
      ['run: npm run config', 'run: ./config.sh', 'uses: acme/write-config@v1'].map((step) => [
        `the configuration of review apps behind ${step}`,
        workflow({
          steps: `${checkout}      - ${step}\n      - uses: superfly/fly-pr-review-apps@1.5.0\n        with:\n          config: fly.review.toml\n`,
          files: {
            'config.sh': 'cp fly.toml "$1"\n',
            'package.json': '{"scripts":{"config":"node a.js"}}',
            'package-lock.json': '{}',
          },
        }),
      ]),
    ),
    'the file is there': workflow({...steps(node), files: {'.node-version': '22\n'}}),
    'an earlier step makes it': workflow(steps(node, '      - run: echo 22 > .node-version\n')),
    'a step that only runs sometimes': workflow(steps(node.replace('        with', '        if: false\n        with'))),
    'a job that the deploy does not wait for': workflow({
      job: '',
      steps: `${checkout}${setup}      - run: flyctl deploy\n${token}  test:\n    runs-on: ubuntu-latest\n    steps:\n${checkout}${node}`,
    }),
    'an install with its lock file': workflow({...steps('      - run: npm ci\n'), files: {'package-lock.json': '{}'}}),
    'requirements in the folder that a command goes to': workflow({
      ...steps('      - run: cd api && pip install -r requirements.txt\n'),
      files: {'api/requirements.txt': ''},
    }),
    'mix in the folder of its project': workflow({
      ...steps('      - run: mix deps.get\n        working-directory: api\n'),
      files: {'api/mix.exs': ''},
    }),
    'a member below the manifest of the workspace': workflow({
      ...steps('      - run: cargo test\n        working-directory: crates/api\n'),
      files: {'Cargo.toml': '', 'crates/api/src/lib.rs': '', 'tools/Cargo.toml': ''},
    }),
    'a folder that the command names': workflow({
      ...steps('      - run: npm run lint --prefix web\n'),
      files: {'web/package.json': '{"scripts":{"lint":"eslint"}}'},
    }),
    'a project that a step makes': workflow({
      ...steps('      - run: go test ./...\n', '      - run: go mod init shop\n'),
      files: {'tools/go.mod': 'module tools\n'},
    }),
    'no manifest anywhere': workflow(steps('      - run: bundle install\n')),
    'an install of a member with the lock file of the root': workflow({
      ...steps('      - run: npm ci\n        working-directory: packages/api\n'),
      files: {'package-lock.json': '{}', 'packages/api/package.json': '{}'},
    }),
    'an install with a lock file by its other name': workflow({
      ...steps('      - run: npm ci\n'),
      files: {'npm-shrinkwrap.json': '{}'},
    }),
    'an install that writes its lock file': workflow(steps('      - run: pnpm install\n')),
    'an install that does without one': workflow(steps('      - run: pnpm install --no-frozen-lockfile\n')),
    'a lock file that is made before': workflow(
      steps('      - run: |\n          uv lock\n          uv sync --frozen\n'),
    ),
    'a lock file that an earlier install made': workflow(steps('      - run: npm ci\n', '      - run: npm install\n')),
    'an install in another folder': workflow({
      ...steps('      - run: npm ci --prefix api\n'),
      files: {'api/package-lock.json': '{}'},
    }),
    'an install behind another way': workflow(steps('      - run: npm ci || npm install\n')),
    'a local action': workflow({
      ...steps('      - uses: ./.github/actions/prepare\n'),
      files: {'.github/actions/prepare/action.yml': 'name: prepare\n'},
    }),
    'the Dockerfile is there': workflow({
      run: 'flyctl deploy --dockerfile Dockerfile.web',
      files: {'Dockerfile.web': 'FROM nginx\n'},
    }),
    'the Dockerfile of [build] counts first': workflow({
      run: 'flyctl deploy --dockerfile Docker.web',
      files: {'fly.toml': 'app = "shop"\n[build]\n  dockerfile = "Dockerfile"\n', Dockerfile: 'FROM nginx\n'},
    }),
    'an earlier step makes the Dockerfile': workflow({
      steps: `${checkout}${setup}      - run: ./render > Dockerfile.web\n      - run: flyctl deploy --dockerfile Dockerfile.web\n${token}`,
    }),
    'a folder of migrations that is there': workflow({
      ...steps('      - run: goose -dir api/migrations postgres "$DATABASE_URL" up\n'),
      files: {'api/migrations/1.sql': ''},
    }),
    'in the folder that the step works in': workflow({
      ...steps('      - run: pip install -r requirements.txt\n        working-directory: api\n'),
      files: {'api/requirements.txt': ''},
    }),
    'in the folder that the command goes to': workflow({
      ...steps('      - run: |\n          cd api\n          pip install -r requirements.txt\n'),
      files: {'api/requirements.txt': ''},
    }),
    'a file that the command makes': workflow(
      steps('      - run: |\n          uv export > requirements.txt\n          pip install -r requirements.txt\n'),
    ),
    'a file that may be missing': workflow(steps('      - run: pip install -r requirements.txt || true\n')),
    'a program that may make it': workflow(
      steps('      - run: cd generated && ls\n', '      - run: npm run generate\n'),
    ),
    'a submodule': workflow(steps('      - run: cd vendor/ui && ls\n', '        with:\n          submodules: true\n')),
    'a folder of a variable': workflow(steps('      - run: goose -dir $FOLDER postgres "$DATABASE_URL" up\n')),
    'a pattern': workflow(steps(node.replace('.node-version', '"*/package.json"'))),
  },
  flagged: {
    'mix, whose project is in another folder': {
      ...workflow({...steps('      - run: mix deps.get\n'), files: {'src/mix.exs': ''}}),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 mix deps.get stops without mix.exs, and the repository has src/mix.exs: the job deploy fails before flyctl is called',
      ],
    },
    'npm, whose package.json is in another folder': {
      ...workflow({
        ...steps('      - run: npm run build\n        working-directory: api\n'),
        files: {'api/README.md': '', 'web/package.json': '{"scripts":{"build":"vite build"}}'},
      }),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 npm run stops without api/package.json, and the repository has web/package.json: the job deploy fails before flyctl is called',
      ],
    },
    'review apps without their configuration': {
      ...workflow({
        steps: `${checkout}      - uses: superfly/fly-pr-review-apps@1.5.0\n        with:\n          path: api\n`,
        files: {'api/fly.dev.toml': 'app = "shop"\n'},
      }),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 fly-pr-review-apps names the file api/fly.toml, which the repository does not have: the job deploy fails before flyctl is called',
      ],
    },
    'behind a step that installs the program': {
      ...workflow(
        steps(
          '      - run: go install github.com/pressly/goose/v3/cmd/goose@latest\n      - run: goose -dir migrations postgres "$DATABASE_URL" up\n',
        ),
      ),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 goose -dir names the folder migrations, which the repository does not have: the job deploy fails before flyctl is called',
      ],
    },
    'an install without its lock file': {
      ...workflow({...steps('      - run: npm ci\n'), files: {'package.json': '{}', 'yarn.lock': ''}}),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 npm ci stops without package-lock.json, which the repository does not have: the job deploy fails before flyctl is called',
      ],
    },
    'a frozen install without its lock file, behind corepack': {
      ...workflow({
        job: '    needs: test\n',
        steps: `${checkout}${setup}      - run: flyctl deploy\n${token}  test:\n    runs-on: ubuntu-latest\n    steps:\n${checkout}      - run: |\n          corepack enable\n          corepack prepare pnpm@10.0.0 --activate\n          pnpm install --frozen-lockfile\n`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:19:11 pnpm install --frozen-lockfile stops without pnpm-lock.yaml, which the repository does not have: the job test fails before flyctl is called',
      ],
    },
    'two jobs that install without the one lock file': {
      ...workflow({
        job: '    needs: test\n',
        steps: `${checkout}${setup}      - run: pnpm install --frozen-lockfile\n      - run: flyctl deploy\n${token}  test:\n    runs-on: ubuntu-latest\n    steps:\n${checkout}      - run: pnpm install --frozen-lockfile\n`,
        files: {'package.json': '{"packageManager": "pnpm@10.0.0"}'},
      }),
      expect: [
        'warning .github/workflows/deploy.yml:9:9 pnpm install --frozen-lockfile stops without pnpm-lock.yaml, which the repository does not have: the jobs deploy and test fail before flyctl is called',
      ],
    },
    'a locked environment without its lock file': {
      ...workflow({
        ...steps('      - run: uv sync --locked --dev\n        working-directory: api\n'),
        files: {'api/pyproject.toml': ''},
      }),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 uv sync stops without api/uv.lock, which the repository does not have: the job deploy fails before flyctl is called',
      ],
    },
    'a version file': {
      ...workflow(steps(node)),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 node-version-file names the file .node-version, which the repository does not have: the job deploy fails before flyctl is called',
      ],
    },
    'in a job that the deploy waits for': {
      ...workflow({
        job: '    needs: test\n',
        steps: `${checkout}${setup}      - run: flyctl deploy\n${token}  test:\n    runs-on: ubuntu-latest\n    steps:\n${checkout}${node}`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:18:11 node-version-file names the file .node-version, which the repository does not have: the job test fails before flyctl is called',
      ],
    },
    'a folder to work in': {
      ...workflow(steps('      - run: make\n        working-directory: apps/api\n')),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 working-directory names the folder apps/api, which the repository does not have: the job deploy fails before flyctl is called',
      ],
    },
    'a folder of migrations': {
      ...workflow({
        ...steps(
          '      - run: |\n          go install github.com/pressly/goose/v3/cmd/goose@latest\n          goose -dir migrations postgres "$DATABASE_URL" up\n',
        ),
        files: {'api/migrations/1.sql': ''},
      }),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 goose -dir names the folder migrations, which the repository does not have: the job deploy fails before flyctl is called',
      ],
    },
    'the requirements of a folder that a command goes to': {
      ...workflow({
        ...steps(
          '      - run: |\n          cd api\n          python -m pip install --upgrade pip\n          pip install -r requirements.txt\n',
        ),
        files: {'api/main.py': '', 'requirements.txt': ''},
      }),
      expect: [
        'warning .github/workflows/deploy.yml:10:11 pip install -r names the file api/requirements.txt, which the repository does not have: the job deploy fails before flyctl is called',
      ],
    },
    'a folder that a command goes to': {
      ...workflow(steps('      - run: cd api && npm ci\n')),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 cd names the folder api, which the repository does not have: the job deploy fails before flyctl is called',
      ],
    },
    'a Dockerfile': {
      ...workflow({run: 'flyctl deploy --dockerfile Docker.web', files: {'Dockerfile.web': 'FROM nginx\n'}}),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 --dockerfile names Docker.web, which the repository does not have: flyctl deploy stops',
      ],
    },
    'a local action': {
      ...workflow(steps('      - uses: ./.github/actions/prepare\n')),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 uses names an action in .github/actions/prepare, which the repository does not have: the job deploy fails before flyctl is called',
      ],
    },
  },
})
