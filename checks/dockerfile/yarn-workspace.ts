import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/yarn-workspace',
  title: 'yarn workspace names a workspace',
  why: 'yarn workspace NAME runs a command in one workspace: what is no workspace stops it, and the build with it.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image', 'nodePackages'],
  *run({image, nodePackages: {names, packageManager}}) {
    const commands = image.stages.flatMap((stage) => stage.commands).filter(({words}) => words[0] === 'yarn')
    if (commands.length === 0) return 'no RUN starts yarn'
    for (const {words, conditional, at} of commands) {
      const [, verb, name, next] = words
      // Yarn 1 answers: Invalid subcommand. Try "info, run" (tried with 1.22.22).
      if (verb === 'workspaces' && name === 'focus' && !conditional && /^yarn@1\./.test(packageManager ?? '')) {
        yield {
          message: `yarn workspaces focus is a command of Yarn 2 and later, and package.json asks for ${packageManager}: it stops`,
          at,
          hint: 'Write yarn install --frozen-lockfile, or name the Yarn that the project means: "packageManager": "yarn@4.9.2"',
        }
        return
      }
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
