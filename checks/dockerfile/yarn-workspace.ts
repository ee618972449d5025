import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/yarn-workspace',
  title: 'yarn workspace names a workspace',
  why: 'yarn workspace NAME runs a command in one workspace: what is no workspace stops it, and the build with it.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image', 'nodePackages'],
  *run({image, nodePackages: {names}}) {
    const commands = image.stages.flatMap((stage) => stage.commands).filter(({words}) => words[0] === 'yarn')
    if (commands.length === 0) return 'no RUN starts yarn'
    for (const {words, conditional, at} of commands) {
      const [, verb, name, next] = words
      // `yarn workspaces focus` is the command that was meant.
      if (verb !== 'workspace' || name !== 'focus' || conditional || names.has(name)) continue
      if (next === undefined || !(names.has(next) || /^--(all|production)$/.test(next))) continue
      const rest = words.slice(3).map((word) => word ?? '…')
      yield {
        message: 'yarn workspace focus runs a command in a workspace named focus, and there is none',
        at,
        hint: `Write yarn workspaces focus ${rest.join(' ')} (with an s; Yarn 2 and 3 need the plugin workspace-tools).`,
      }
    }
  },
})
