/** A project with one workflow that deploys it. */
import type {Project} from '../../harness.ts'

interface Parts {
  /** The steps, in place of checkout, setup-flyctl and `run`. */
  steps?: string
  /** The command of the deploying step. */
  run?: string
  /** Keys of the job, each line indented by four blanks. */
  job?: string
  /** What stands above `jobs`. */
  head?: string
  name?: string
  files?: Project['files']
}

export const checkout = '      - uses: actions/checkout@v4\n'
export const setup = '      - uses: superfly/flyctl-actions/setup-flyctl@master\n'
export const token = '        env:\n          FLY_API_TOKEN: ${{ secrets.FLY_API_TOKEN }}\n'

export function workflow({run = 'flyctl deploy', ...parts}: Parts = {}): Project {
  const steps = parts.steps ?? `${checkout}${setup}      - run: ${run}\n${token}`
  return {
    files: {
      'fly.toml': 'app = "shop"\n',
      [`.github/workflows/${parts.name ?? 'deploy.yml'}`]: `${parts.head ?? 'on: push\n'}jobs:\n  deploy:\n    runs-on: ubuntu-latest\n${parts.job ?? ''}    steps:\n${steps}`,
      ...parts.files,
    },
  }
}
