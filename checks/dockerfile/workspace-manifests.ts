import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/workspace-manifests',
  title: 'an install finds the workspace members that it needs',
  why: 'bun, Yarn and pnpm stop when a member is not there, and npm without a lock file asks the registry for it; with a frozen lock file pnpm leaves out what it depends on.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['workspaceInstalls'],
  uses: ['lateMembers', 'unlistedMembers', 'buildsElse'],
  *run({workspaceInstalls, lateMembers = [], unlistedMembers = [], buildsElse}) {
    for (const {program, deploy, at, beside, missing, stops} of workspaceInstalls) {
      const [first] = missing
      if (!first) continue
      const {folder, name, neededBy} = first
      const more =
        missing.length > 1 ? ` (and ${missing.length - 1} more: ${missing.slice(1, 4).map((each) => each.folder)})` : ''
      const why = `${neededBy.name} ${neededBy.kind === 'member' ? 'needs' : 'names'} ${name} of the workspace`
      const command = deploy ? 'deploy' : 'install'
      const result =
        stops === 'likely'
          ? 'npm install asks the registry, and is likely to stop'
          : stops
            ? `${program} ${command} stops`
            : `pnpm install leaves out what ${name} depends on`
      yield {
        message: `${result}: ${why}, and ${folder}/package.json is not there by then${more}`,
        at,
        related: [...(deploy ? [deploy] : []), ...(beside ? [beside] : [])],
        hint: `Bring it before the ${command}, as the others: COPY ${folder}/package.json ${folder}/${deploy && neededBy.name === 'the root' ? `; or take ${name} out of package.json at the top, where no package of the image needs it.` : ''}`,
        ...((stops !== true || buildsElse) && {severity: 'warning'}),
        ...(!stops && {failsAt: 'runtime'}),
      }
    }
    const [unlisted, ...others] = unlistedMembers
    if (unlisted) {
      const {folder, lacks, install, by, at} = unlisted
      yield {
        message: `pnpm install takes the package.json of its folder alone, as pnpm-workspace.yaml is not there by then: ${folder} finds no ${lacks}${others.length > 0 ? ` (and so ${others.map((each) => each.folder).join(', ')})` : ''}`,
        at: install,
        related: [at],
        hint: 'Bring it before the install: COPY pnpm-workspace.yaml ./',
        severity: 'warning',
        ...(by !== undefined && {failsAt: by === 'release_command' ? ('release' as const) : ('boot' as const)}),
      }
    }
    const told = new Set(workspaceInstalls.flatMap(({missing}) => missing.map(({folder}) => folder)))
    for (const {folder, script, scriptAt, runner, at, install, lacks, isAlone} of lateMembers) {
      if (told.has(folder)) continue
      told.add(folder)
      yield {
        message: isAlone
          ? `${script}, which ${runner} runs in ${folder}, finds no ${lacks}: ${folder}/package.json is not there when the packages are installed`
          : `${runner} builds ${folder}, too, and ${folder}/package.json is not there when the packages are installed: ${script} finds no ${lacks}`,
        at: install,
        related: [at, scriptAt],
        hint: `Bring it before the install, as the others: COPY ${folder}/package.json ${folder}/.${isAlone ? '' : ' Or build only what the image needs (--filter).'}`,
        severity: 'warning',
      }
    }
  },
})
