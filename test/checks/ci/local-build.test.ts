import check from '../../../checks/ci/local-build.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const on = (runner: string, command: string, before = '') => {
  const project = workflow({steps: `${checkout}${setup}${before}      - run: ${command}\n${token}`})
  const path = '.github/workflows/deploy.yml'
  const text = (project.files as Record<string, string>)[path] as string
  return {files: {...project.files, [path]: text.replace('ubuntu-latest', runner)}}
}

testCheck(check, {
  clean: {
    'Ubuntu, which has Docker': on('ubuntu-latest', 'flyctl deploy --local-only'),
    'a builder at Fly.io': on('macos-latest', 'flyctl deploy --remote-only'),
    'a runner of one’s own': on('[self-hosted, macos-14]', 'flyctl deploy --local-only'),
    'a step that brings Docker': on('macos-13', 'flyctl deploy --local-only', '      - run: colima start\n'),
  },
  flagged: {
    macOS: {
      ...on('macos-latest', 'flyctl deploy --local-only'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 --local-only builds on the runner, and macos-latest has no Docker that builds for Linux: flyctl stops before the build',
      ],
    },
    Windows: {
      ...on('windows-2022', 'flyctl deploy --local-only'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 --local-only builds on the runner, and windows-2022 has no Docker that builds for Linux: flyctl stops before the build',
      ],
    },
  },
})
