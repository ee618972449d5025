import check from '../../../checks/ci/flyctl-installed.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const deploy = (run = 'flyctl deploy') => `      - run: ${run}\n${token}`

testCheck(check, {
  clean: {
    'a script that asks whether it is there': workflow({
      steps: `${checkout}      - run: ./status.sh\n${token}`,
      files: {'status.sh': 'if command -v flyctl; then\n  flyctl status\nfi\n'},
    }),
    'setup-flyctl stands before': workflow(),
    'the archive of a release': workflow({
      steps: `${checkout}      - run: |\n          wget https://github.com/superfly/flyctl/releases/download/v0.3.1/flyctl_0.3.1_Linux_x86_64.tar.gz\n          tar -xzf flyctl_*.tar.gz\n          sudo mv flyctl /usr/local/bin/\n${deploy('flyctl deploy')}`,
    }),
    'the newest release, by the address that Fly.io has for it': workflow({
      steps: `${checkout}      - run: |\n          curl -sL "https://api.fly.io/app/flyctl_releases/Linux/x86_64" | tar xz -C $HOME/bin\n          echo "$HOME/bin" >> "$GITHUB_PATH"\n${deploy('flyctl deploy')}`,
    }),
    'a task that may bring tools': workflow({
      steps: `${checkout}      - run: make tools\n${deploy('flyctl deploy')}`,
    }),
    'the program of an image': workflow({
      steps: `${checkout}      - run: docker create --name fly flyio/flyctl && sudo docker cp fly:/flyctl /usr/local/bin/flyctl\n${deploy('flyctl deploy')}`,
    }),
    'the installer makes both names': workflow({
      steps: `${checkout}      - run: |\n          curl -L https://fly.io/install.sh | sh\n          echo "$HOME/.fly/bin" >> $GITHUB_PATH\n${deploy('fly deploy')}`,
    }),
    'the installer, and its folder': workflow({
      steps: `${checkout}      - run: curl -L https://fly.io/install.sh | sh\n${deploy('~/.fly/bin/fly deploy')}`,
    }),
    'the installer, and PATH for the step': workflow({
      steps: `${checkout}      - run: curl -L https://fly.io/install.sh | sh\n      - run: |\n          export PATH="$HOME/.fly/bin:$PATH"\n          flyctl deploy\n${token}`,
    }),
    'the installer, told of another folder': workflow({
      steps: `${checkout}      - run: curl -L https://fly.io/install.sh | sudo FLYCTL_INSTALL=/usr/local sh\n${deploy()}`,
    }),
    'the installer, whose step is told of another folder': workflow({
      steps: `${checkout}      - run: curl -L https://fly.io/install.sh | sh\n        env:\n          FLYCTL_INSTALL: /usr/local\n${deploy()}`,
    }),
    'the installer, and a script of JavaScript that adds its folder': workflow({
      steps: `${checkout}      - run: curl -L https://fly.io/install.sh | sh\n      - uses: actions/github-script@v7\n        with:\n          script: core.addPath(require('os').homedir() + '/' + ['.fly', 'bin'].join('/'))\n${deploy()}`,
    }),
    'a script of the project that installs it': workflow({
      steps: `${checkout}      - run: sh ci/prepare.sh\n${deploy()}`,
      files: {'ci/prepare.sh': 'curl -L https://fly.io/install.sh | sh\necho "$HOME/.fly/bin" >> "$GITHUB_PATH"\n'},
    }),
    'an action of the project may install it': workflow({
      steps: `${checkout}      - uses: ./.github/actions/prepare\n${deploy()}`,
    }),
    'a script that calls flyctl so itself': workflow({
      steps: `${checkout}${setup}      - run: |\n          fly() { flyctl "$@"; }\n          fly deploy\n${token}`,
    }),
    "a runner of one's own": {
      files: {
        'fly.toml': 'app = "shop"\n',
        '.github/workflows/deploy.yml': `on: push\njobs:\n  deploy:\n    runs-on: self-hosted\n    steps:\n${checkout}${deploy()}`,
      },
    },
    'a container that has it': workflow({job: '    container: flyio/flyctl\n', steps: `${checkout}${deploy()}`}),
    'the old action is flyctl': workflow({
      steps: `${checkout}      - uses: superfly/flyctl-actions@1.5\n        with:\n          args: deploy\n${token}`,
    }),
  },
  flagged: {
    'nothing installs it': {
      ...workflow({steps: `${checkout}${deploy()}`}),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 nothing before this step installs flyctl, which the runner ubuntu-latest does not have',
      ],
    },
    'an action publishes a release before, and another action follows': {
      ...workflow({
        steps: `${checkout}      - uses: softprops/action-gh-release@v2\n${deploy()}      - uses: acme/tell@v1\n`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 nothing before this step installs flyctl, which the runner ubuntu-latest does not have',
      ],
    },
    'it is installed behind the call': {
      ...workflow({steps: `${checkout}${deploy()}${setup}`}),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 nothing before this step installs flyctl, which the runner ubuntu-latest does not have',
      ],
    },
    'the installer, and PATH for a step before alone': {
      ...workflow({
        steps: `${checkout}      - uses: google-github-actions/auth@v2\n      - run: |\n          curl -L https://fly.io/install.sh | sh\n          export FLYCTL_INSTALL="/home/runner/.fly"\n          export PATH="$FLYCTL_INSTALL/bin:$PATH"\n${deploy('flyctl deploy')}`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:12:9 install.sh lays flyctl into ~/.fly/bin, which is not on PATH: "flyctl: command not found"',
      ],
    },
    'the installer, and nothing that brings its folder to PATH': {
      ...workflow({
        steps: `${checkout}      - run: curl -L https://fly.io/install.sh | sh\n${deploy('fly deploy --remote-only')}`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 install.sh lays flyctl into ~/.fly/bin, which is not on PATH: "fly: command not found"',
      ],
    },
    'what a job lacks is said once': {
      ...workflow({steps: `${checkout}${deploy('flyctl status')}${deploy()}`}),
      expect: [
        'warning .github/workflows/deploy.yml:7:9 nothing before this step installs flyctl, which the runner ubuntu-latest does not have',
      ],
    },
    'it is called fly': {
      ...workflow({steps: `${checkout}${setup}${deploy('fly deploy')}`}),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 this step calls fly, but setup-flyctl installs flyctl only: "fly: command not found"',
      ],
    },
  },
})
