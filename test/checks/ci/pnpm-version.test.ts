import check from '../../../checks/ci/pnpm-version.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const project = (tag: string, version: string | undefined, manifest: object, before = checkout) =>
  workflow({
    steps: `${before}      - uses: pnpm/action-setup@${tag}\n${version ? `        with:\n          version: ${version}\n` : ''}${setup}      - run: flyctl deploy\n${token}`,
    files: {'package.json': JSON.stringify(manifest)},
  })
const named = (packageManager: string) => ({packageManager})

testCheck(check, {
  clean: {
    'package.json alone': project('v4', undefined, named('pnpm@10.15.0')),
    'the step alone': project('v4', '10', {}),
    'the same in both': project('v4', '10.15.0', named('pnpm@10.15.0+sha512.abc')),
    'version 3, which takes that of the step': project('v3', '9', named('pnpm@10.15.0')),
    'another package manager': project('v4', '10', named('yarn@4.9.2')),
    'an expression': project('v4', '${{ env.PNPM }}', named('pnpm@10.15.0')),
    'another repository': project('v4', '10', named('pnpm@9.0.0'), `${checkout}        with:\n          path: shop\n`),
    'a commit, whose version is not known': project(
      'a7487c7e89a18df4991f7f222e4898a00d66ddda',
      '9',
      named('pnpm@10.15.0'),
    ),
    'an earlier step writes package.json': project(
      'v4',
      undefined,
      {},
      `${checkout}      - run: cp ci/package.json .\n`,
    ),
  },
  flagged: {
    'two versions': {
      ...project('v4', '10', named('pnpm@10.15.0')),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 version is 10, and packageManager in package.json is pnpm@10.15.0: pnpm/action-setup stops, and the job deploy ends before it deploys',
      ],
    },
    'in two steps': {
      ...project(
        'v4',
        '10',
        named('pnpm@10.15.0'),
        `${checkout}      - uses: pnpm/action-setup@v4\n        with:\n          version: 10\n`,
      ),
      expect: [
        'warning .github/workflows/deploy.yml:9:11 version is 10, and packageManager in package.json is pnpm@10.15.0: pnpm/action-setup stops, and the job deploy ends before it deploys (and so at 1 other step of the workflow)',
      ],
    },
    'no version': {
      ...project('v4', undefined, {}),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 neither this step nor packageManager in package.json says which pnpm to install: pnpm/action-setup stops, and the job deploy ends before it deploys',
      ],
    },
  },
})
