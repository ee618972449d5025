import retired from '../../../checks/ci/retired.ts'
import {testCheck} from '../../harness.ts'

const deploy = '      - run: flyctl deploy\n'
const workflow = (text: string) => ({files: {'fly.toml': 'app = "shop"\n', '.github/workflows/deploy.yml': text}})
const job = (runner: string, steps = '') =>
  workflow(`on: push\njobs:\n  deploy:\n    runs-on: ${runner}\n    steps:\n${steps}${deploy}`)

testCheck(retired, {
  clean: {
    'a runner that there is': job('ubuntu-24.04'),
    'the newest': job('ubuntu-latest'),
    'a runner of their own, by its labels': job('[self-hosted, ubuntu-20.04]'),
    'a runner that the run chooses': job(`\${{ matrix.os }}`),
    'versions that work': job(
      'ubuntu-latest',
      '      - uses: actions/cache@v3\n      - uses: actions/upload-artifact@v4.4.0\n',
    ),
    'a commit may be any version': job(
      'ubuntu-latest',
      '      - uses: actions/upload-artifact@a8a3f3ad30e3422c9c7b888a15615d19a852ae32\n',
    ),
    'after the deploy': workflow(
      `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n${deploy}      - uses: actions/upload-artifact@v3\n`,
    ),
    'another job, which the deploy does not wait for': workflow(
      `on: push\njobs:\n  docs:\n    runs-on: ubuntu-18.04\n    steps:\n      - run: make docs\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n${deploy}`,
    ),
  },
  flagged: {
    'of several jobs the first': {
      ...workflow(
        `on: push\njobs:\n  lint:\n    runs-on: ubuntu-20.04\n    steps:\n      - run: make lint\n  test:\n    runs-on: ubuntu-20.04\n    steps:\n      - run: make test\n  deploy:\n    needs: [lint, test]\n    runs-on: ubuntu-20.04\n    steps:\n${deploy}`,
      ),
      expect: [
        'warning .github/workflows/deploy.yml:13:5 GitHub has had no runner ubuntu-20.04 since 2025-04-15: the job deploy never starts, nor do 2 other jobs',
      ],
    },
    'a runner that is gone': {
      ...job('ubuntu-20.04'),
      expect: [
        'warning .github/workflows/deploy.yml:4:5 GitHub has had no runner ubuntu-20.04 since 2025-04-15: the job deploy never starts',
      ],
    },
    'in a job that the deploy waits for': {
      ...workflow(
        `on: push\njobs:\n  test:\n    runs-on: macos-12\n    steps:\n      - uses: actions/cache/restore@v2\n  deploy:\n    needs: test\n    runs-on: ubuntu-latest\n    steps:\n${deploy}`,
      ),
      expect: [
        'warning .github/workflows/deploy.yml:4:5 GitHub has had no runner macos-12 since 2024-12-03: the job test never starts',
        'warning .github/workflows/deploy.yml:6:9 GitHub has let actions/cache/restore@v2 fail since 2025-03-01: the job test ends before it deploys',
      ],
    },
    'in several steps of one workflow': {
      ...job(
        'ubuntu-latest',
        '      - uses: actions/download-artifact@v3\n      - uses: actions/download-artifact@v3\n      - uses: actions/cache@v2\n',
      ),
      expect: [
        'warning .github/workflows/deploy.yml:6:9 GitHub has let actions/download-artifact@v3 fail since 2025-01-30: the job deploy ends before it deploys (and so at 1 other step of the workflow)',
        'warning .github/workflows/deploy.yml:8:9 GitHub has let actions/cache@v2 fail since 2025-03-01: the job deploy ends before it deploys',
      ],
    },
    'artifacts of an old version': {
      ...job('ubuntu-latest', '      - uses: actions/download-artifact@v3.0.2\n'),
      expect: [
        'warning .github/workflows/deploy.yml:6:9 GitHub has let actions/download-artifact@v3.0.2 fail since 2025-01-30: the job deploy ends before it deploys',
      ],
    },
  },
})
