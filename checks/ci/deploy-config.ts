import {defineCheck, oneOf} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/deploy-config',
  title: 'each flyctl deploy of a workflow finds its configuration',
  why: 'Without a configuration and a name of the app flyctl stops at once, and nothing is deployed.',
  // A deploy by hand is not affected by a workflow.
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  uses: ['flyConfig'],
  *run({workflows, flyConfig}) {
    // What stands beside the deploy of this configuration, and finds none, is no other project's.
    const own = new Set(workflows.ofConfig(flyConfig?.file).map(({call}) => call.workflow))
    for (const {call, wanted, config, isLost, isBare, cd} of workflows.deploys) {
      // Beside this configuration lies none by the usual name.
      const isBeside = !call.flags.has('config') && wanted === `${folderOf(flyConfig?.file)}fly.toml`
      if (wanted === undefined || !(own.has(call.workflow) || (isLost && isBeside))) continue
      const has = `The repository has ${oneOf(workflows.configs.map((each) => workflows.seenFrom(workflows.repository, each)))}.`
      const [only, another] = workflows.configs
      const single = another === undefined ? only : undefined
      if (isBare && only !== undefined) {
        const home = single && folderOf(workflows.seenFrom(workflows.repository, single)).replace(/\/$/, '')
        const there = cd === undefined ? '' : `: cd ${cd} of the step before holds for that step alone`
        yield {
          message: `flyctl deploy finds neither ${wanted} nor a Dockerfile beside it${there}, and has nothing to build`,
          at: call.at,
          hint: `Let the step run in the folder of the app: working-directory: ${cd ?? (home || 'PATH')}. ${has}`,
        }
      }
      if (config !== undefined && cd !== undefined) {
        yield {
          message: `flyctl deploy reads ${config}, and not ${cd}/fly.toml: cd ${cd} of the step before holds for that step alone`,
          at: call.at,
          failsAt: 'silent',
          hint: `Let the step run in that folder: working-directory: ${cd}`,
        }
      }
      // A folder that is not there has no configuration either: ci/missing-file tells of it.
      const folder = workflows.seenFrom(workflows.repository, call.folder ?? '.')
      if (!isLost || workflows.missingFiles.some(({named}) => named.kind === 'folder' && named.path === folder))
        continue
      const named = call.flags.has('config')
      const example = `flyctl deploy -c ${single ? workflows.seenFrom(call.folder ?? '.', single) : 'PATH'}`
      yield {
        message: named
          ? `flyctl deploy reads ${wanted}, which the repository does not have`
          : `flyctl deploy finds no ${wanted}, and no -c or -a says what to deploy: flyctl then stops with "missing an app name"`,
        at: call.wordAt(call.flags.get('config') ?? 'deploy'),
        hint:
          only !== undefined
            ? `${named ? 'Commit that file, or name another one' : 'Name the configuration'}: ${example}. ${has}`
            : 'Commit the configuration that flyctl launch writes, fly.toml, or let the step run in its folder: working-directory.',
      }
    }
  },
})

const folderOf = (path = ''): string => /^(?:.*\/)?/.exec(path)?.[0] ?? ''
