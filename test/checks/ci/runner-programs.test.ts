import check from '../../../checks/ci/runner-programs.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const steps = (own: string, job = '') =>
  workflow({job, steps: `${checkout}${own}${setup}      - run: flyctl deploy\n${token}`})
const node = '      - uses: actions/setup-node@v4\n        with:\n          cache: pnpm\n'
const pnpm = '      - uses: pnpm/action-setup@v4\n'

testCheck(check, {
  clean: {
    'pnpm by its action': steps(`${pnpm}${node}      - run: pnpm install\n`),
    'pnpm by corepack': steps(`      - run: corepack enable\n${node}      - run: pnpm install\n`),
    'pnpm by corepack, in the same step': steps('      - run: corepack enable && pnpm install\n'),
    'pnpm by npm': steps('      - run: npm install -g pnpm@9\n      - run: pnpm install\n'),
    'another cache': steps(node.replace('cache: pnpm', 'cache: yarn')),
    'what the runner has': steps('      - run: yarn install && npm run build\n'),
    'an action of others before it': steps('      - uses: jdx/mise-action@v2\n      - run: pnpm install\n'),
    'an action of the project before it': {
      files: {
        ...steps('      - uses: ./.github/actions/prepare\n      - run: pnpm install\n').files,
        '.github/actions/prepare/action.yml': 'runs:\n  using: composite\n  steps:\n    - uses: pnpm/action-setup@v4\n',
      },
    },
    'a container of its own': steps('      - run: pnpm install\n', '    container: acme/tools\n'),
    'a runner of its own': {
      files: Object.fromEntries(
        Object.entries(steps('      - run: pnpm install\n').files ?? {}).map(([path, text]) => [
          path,
          String(text).replace('ubuntu-latest', 'big'),
        ]),
      ),
    },
    'it asks first': steps('      - run: |\n          if command -v uv; then\n            uv sync\n          fi\n'),
    'its failure is let pass': steps('      - run: bun test || true\n'),
    'a step behind the deploy': workflow({
      steps: `${checkout}${setup}      - run: flyctl deploy\n${token}      - run: pnpm smoke\n`,
    }),
    'Python’s package manager by a list of packages': steps(
      '      - run: pip install -r tools.txt\n      - run: poetry install\n',
    ),
  },
  flagged: {
    'the cache of pnpm, before it is installed': {
      ...steps(`${node}${pnpm}      - run: pnpm install\n`),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 cache: pnpm asks pnpm, which the runner ubuntu-latest does not have and no step before installs: the job deploy ends before it calls flyctl',
      ],
    },
    'a command': {
      ...steps('      - uses: actions/setup-node@v4\n      - run: pnpm install --frozen-lockfile && pnpm build\n'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 this step calls pnpm, which the runner ubuntu-latest does not have and no step before installs: the job deploy ends before it calls flyctl',
      ],
    },
    'in a line below others': {
      ...steps('      - run: |\n          cd api\n          uv sync\n'),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 this step calls uv, which the runner ubuntu-latest does not have and no step before installs: the job deploy ends before it calls flyctl',
      ],
    },
    'in a job that the deploy waits for': {
      ...workflow({
        steps: `${checkout}${setup}      - run: flyctl deploy\n${token}  test:\n    runs-on: ubuntu-22.04\n    steps:\n${checkout}      - run: bun test\n`,
        job: '    needs: test\n',
      }),
      expect: [
        'warning .github/workflows/deploy.yml:16:9 this step calls bun, which the runner ubuntu-22.04 does not have and no step before installs: the job test ends before it calls flyctl',
      ],
    },
  },
})
