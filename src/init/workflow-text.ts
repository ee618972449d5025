import {type Package, workflowSteps} from '../published.ts'

/** A workflow that runs preflight for every pull request. `folder`: where flyctl runs, seen from the top; '' for the top. */
export const workflowText = (folder: string, from?: Package): string => `# Will the deploy work? Made by preflight init.
# With the secret FLY_API_TOKEN (flyctl tokens create deploy) Fly.io is asked, too. What this runs last belongs before
# flyctl deploy in the workflow that deploys, as well.
name: preflight

on:
  pull_request:
  workflow_dispatch:

permissions:
  contents: read

jobs:
  preflight:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
${workflowSteps(folder, from).replace(/^/gm, '      ')}
`
