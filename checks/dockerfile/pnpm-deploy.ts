import {defineCheck, isPnpmTen} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/pnpm-deploy',
  title: 'pnpm deploy is allowed to copy a package',
  why: 'pnpm 10 copies a package out of a workspace only when its packages are injected, or when it is told --legacy: else the build ends.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image', 'nodePackages'],
  *run({image, nodePackages: {packageManager, allowsPnpmDeploy}}) {
    if (allowsPnpmDeploy) return
    const texts = image.stages.flatMap(({commands}) => commands.map(({words}) => words.join(' ')))
    if (!isPnpmTen(packageManager, texts)) return
    for (const {commands, env} of image.stages) {
      // Settings can stand in the environment, too.
      if ([...env.keys()].some((name) => /legacy_deploy|inject_workspace/i.test(name))) continue
      for (const {words, at, conditional} of commands) {
        const [program, ...rest] = words
        const verb = rest.find((word, index) => word && !word.startsWith('-') && !takesValue(rest[index - 1]))
        const told = rest.some((word) => word === undefined || /^--legacy$|legacy-deploy|inject-workspace/.test(word))
        if (program !== 'pnpm' || verb !== 'deploy' || told || conditional) continue
        yield {
          message:
            'pnpm deploy ends with ERR_PNPM_DEPLOY_NONINJECTED_WORKSPACE: pnpm 10 needs inject-workspace-packages=true, or --legacy',
          at,
          hint: 'Write pnpm deploy --legacy, or injectWorkspacePackages: true in pnpm-workspace.yaml.',
        }
      }
    }
  },
})

/** Flags before the command whose value is a word of its own. */
const takesValue = (flag: string | undefined): boolean => /^(-F|-C|--filter|--dir|--filter-prod)$/.test(flag ?? '')
