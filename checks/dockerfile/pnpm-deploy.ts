import {defineCheck, isPnpmTen, wantedMajor} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/pnpm-deploy',
  title: 'pnpm deploy copies a package',
  why: 'pnpm 10 copies a package out of a workspace only when its packages are injected, or when it is told --legacy; pnpm 11 runs a script of that name in its place.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image', 'nodePackages'],
  *run({image, nodePackages: {packageManager, allowsPnpmDeploy, scriptNames}}) {
    const texts = image.stages.flatMap(({commands}) => commands.map(({words}) => words.join(' ')))
    const isOverridden = scriptNames.has('deploy') && prefersScripts(packageManager, texts)
    if (!isOverridden && (allowsPnpmDeploy || !isPnpmTen(packageManager, texts))) return
    for (const {commands, env} of image.stages) {
      // Settings can stand in the environment, too.
      const isAllowed = [...env.keys()].some((name) => /legacy_deploy|inject_workspace/i.test(name))
      for (const {words, at, conditional} of commands) {
        const [program, ...rest] = words
        const verb = rest.find((word, index) => word && !word.startsWith('-') && !takesValue(rest[index - 1]))
        const told = rest.some((word) => word === undefined || /^--legacy$|legacy-deploy|inject-workspace/.test(word))
        if (program !== 'pnpm' || verb !== 'deploy' || conditional) continue
        if (isOverridden) {
          yield {
            message:
              'pnpm deploy runs the script deploy of package.json, which pnpm prefers to its own command since 11: nothing is copied',
            at,
            hint: 'Write pnpm pm deploy, with the same flags behind it.',
          }
          continue
        }
        if (told || isAllowed) continue
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

/** pnpm.io/scripts, "Built-in command and script name conflicts": from 11 on, and with a gap in the first ones of 12. */
function prefersScripts(packageManager: string | undefined, texts: readonly string[]): boolean {
  const major = wantedMajor(packageManager, texts)
  return major === 'newest' || (major !== undefined && major >= 11 && !/^pnpm@12\.[0-4]\./.test(packageManager ?? ''))
}

/** Flags before the command whose value is a word of its own. */
const takesValue = (flag: string | undefined): boolean => /^(-F|-C|--filter|--dir|--filter-prod)$/.test(flag ?? '')
