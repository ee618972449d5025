import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/workspace-builds',
  title: 'a build finds the workspace members that it imports built',
  why: 'A member that is imported as dist/index.js has to be built before what imports it: git does not have that file.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['workspaceBuilds'],
  uses: ['deployCommands', 'workspaceInstalls', 'buildsElse'],
  *run({workspaceBuilds, deployCommands, workspaceInstalls = [], buildsElse}) {
    for (const {
      command,
      by,
      at,
      name,
      specifier,
      folder,
      entry,
      entryAt,
      importedAt,
      script,
      sure,
      isLeftOut,
      beside,
    } of workspaceBuilds) {
      const isTold = workspaceInstalls.some(({missing}) => missing.some((each) => each.folder === folder))
      if (isLeftOut && isTold) continue
      const isMade = deployCommands?.makes(entry)
      yield {
        message: `${by ? `${command}, which ${by} runs,` : command} ${sure ? 'stops' : 'is likely to stop'} at the import of ${specifier}: ${isLeftOut ? `no COPY brings ${folder}` : `that is ${entry}, and no command before makes it`}`,
        at: (isLeftOut ? beside : undefined) ?? at,
        related: isLeftOut ? [at, importedAt] : [importedAt, entryAt],
        hint: isLeftOut
          ? `Bring it before the install: COPY ${folder} ./${folder}${script ? ', and build it before' : ''}`
          : script
            ? `Build it before: npm run ${script} -w ${folder}, or the same with the project's own package manager (pnpm --filter ${name} ${script})`
            : `Build ${folder} before.`,
        ...((!sure || buildsElse || isMade) && {severity: 'warning' as const}),
      }
    }
  },
})
