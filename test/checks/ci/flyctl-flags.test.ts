import {describe, expect, it} from 'vitest'
import check from '../../../checks/ci/flyctl-flags.ts'
import {checkOne, testCheck} from '../../harness.ts'
import {checkout, token, workflow} from './workflows.ts'

testCheck(check, {
  clean: {
    'flags of deploy': workflow({run: 'flyctl deploy --remote-only --ha=false -a shop -c fly.toml --build-arg A=1'}),
    'flags of every command': workflow({run: 'flyctl --verbose status -a shop --access-token x'}),
    'the value of a flag begins with a dash': workflow({run: 'flyctl ssh console -a shop -C "ls --all"'}),
    'another name of a command': workflow({run: 'flyctl pg list --json'}),
    'what stands behind -- is for another program': workflow({run: 'flyctl machine run . -a shop -- app --serve'}),
    'what connects to a machine': workflow({run: 'flyctl sftp get /data/shop.db -a shop'}),
    'a command of a group within a group': workflow({run: 'flyctl volumes snapshots list vol_1 --json'}),
    'a command that its group does not have in the table': workflow({run: 'flyctl apps brandnew --shiny'}),
    'a command that the table does not have': workflow({run: 'flyctl brandnew --shiny'}),
    'one flag twice, for many values': workflow({run: 'flyctl deploy --env A=1 --env B=2 -e "C=$C"'}),
    'one flag twice, alike': workflow({run: 'flyctl deploy -c fly.toml --config fly.toml'}),
    'a folder behind a value': workflow({run: 'flyctl deploy --env A=${{ vars.A }} ${{ inputs.folder }}'}),
    'an older flyctl is pinned': workflow({
      steps: `${checkout}      - uses: superfly/flyctl-actions/setup-flyctl@master\n        with:\n          version: 0.0.306\n      - run: flyctl deploy --region fra\n${token}`,
    }),
    'its failure does not matter': workflow({run: 'flyctl status --nonsense || true'}),
    'a flag that may be without a value': workflow({run: 'flyctl deploy --remote-only --depot'}),
    'its value is an expression': workflow({run: 'flyctl deploy --app ${{ inputs.app }}'}),
    'its value begins with two dashes, and is no flag': workflow({run: 'flyctl ssh console -a shop -C --version'}),
    'an expression': workflow({run: 'flyctl deploy ${{ inputs.flags }}'}),
    'lines that go on': workflow({
      run: '|\n          flyctl deploy \\\n            --remote-only \\\n            --ha=false',
    }),
    'lines that YAML folds': workflow({
      run: '>\n          flyctl deploy\n          --remote-only\n          --ha=false',
    }),
    'a list in a heredoc': workflow({
      run: '|\n          flyctl deploy --remote-only\n          cat > notes.md <<EOF\n          - done\n          EOF',
    }),
    'lines of PowerShell': workflow({
      run: '|\n          flyctl deploy `\n            --remote-only `\n            --ha=false',
    }),
  },
  flagged: {
    'an action that is told the newest version': {
      ...workflow({
        steps: `${checkout}      - uses: superfly/flyctl-actions/setup-flyctl@master\n        with:\n          version: latest\n      - run: flyctl deploy --region fra\n${token}`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:10:9 flyctl deploy has no flag --region: it stops with "unknown flag"',
      ],
    },
    'a second value behind one flag': {
      ...workflow({run: 'flyctl deploy --env ORIGIN=${{ vars.ORIGIN }} BACKEND=${{ vars.BACKEND }}'}),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 --env takes one NAME=VALUE: flyctl takes BACKEND=… behind it for the folder to deploy, which does not exist',
      ],
    },
    'one flag twice': {
      ...workflow({run: 'flyctl deploy --config fly.staging.toml --remote-only -c fly.toml'}),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl deploy is given --config twice: fly.toml counts, and fly.staging.toml does not',
      ],
    },
    'a line that does not go on': {
      ...workflow({run: '|\n          flyctl deploy \\\n            --remote-only\n            --build-secret KEY=x'}),
      expect: [
        'warning .github/workflows/deploy.yml:11:13 --build-secret begins a command of its own, as the line before ends without a \\: flyctl deploy goes without it, and the step stops with "command not found"',
      ],
    },
    'a comment between the lines': {
      ...workflow({run: '|\n          flyctl deploy \\\n            # faster\n            --remote-only'}),
      expect: [
        'warning .github/workflows/deploy.yml:11:13 --remote-only begins a command of its own, as the line before ends without a \\: flyctl deploy goes without it, and the step stops with "command not found"',
      ],
    },
    'a flag of launch': {
      ...workflow({run: 'flyctl deploy --region fra'}),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl deploy has no flag --region: it stops with "unknown flag"',
      ],
    },
    'a flag at the end that needs a value': {
      ...workflow({run: 'flyctl deploy --remote-only --env'}),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl deploy ends with --env, which needs a value: it stops with "flag needs an argument"',
      ],
    },
    'a flag that swallows the next': {
      ...workflow({run: 'flyctl deploy -a --remote-only'}),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl deploy takes --remote-only for the value of -a, which has none of its own',
      ],
    },
    'behind a flag that stands before the command': {
      ...workflow({run: 'flyctl -c fly.toml deploy --process-goups=web'}),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl deploy has no flag --process-goups: it stops with "unknown flag"',
      ],
    },
    'in a branch, where it stops, too': {
      ...workflow({
        run: '|\n          if [ -z "$(flyctl volumes list)" ]; then\n            flyctl volumes create data --encrypted=false --yes --region fra\n          fi',
      }),
      expect: [
        'warning .github/workflows/deploy.yml:10:13 flyctl volumes create has no flag --encrypted: it stops with "unknown flag"',
      ],
    },
    'a word in place of =': {
      ...workflow({run: 'flyctl deploy --ha false'}),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 flyctl takes the word false for the folder to deploy, which does not exist: a flag that is on or off takes its value with =',
      ],
    },
    'on its own line of a script': {
      ...workflow({run: '|\n          echo deploying\n          flyctl deploy \\\n            --remote-only --verbos'}),
      expect: [
        'warning .github/workflows/deploy.yml:11:13 flyctl deploy has no flag --verbos: it stops with "unknown flag"',
      ],
    },
  },
})

describe('what is meant', () => {
  it('is another flag only where its name is near', async () => {
    const {findings} = await checkOne(workflow({run: 'flyctl deploy --org acme'}), check)
    expect(findings[0]?.hint).toBe('Leave it out: flyctl deploy --help lists the flags.')
    const slip = await checkOne(workflow({run: 'flyctl deploy --process-goups web'}), check)
    expect(slip.findings[0]?.hint).toBe('Write --process-groups, or leave it out.')
  })
})
