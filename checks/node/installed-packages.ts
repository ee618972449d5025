import {defineCheck, type Facts} from '../../src/check.ts'

type AbsentPackage = Facts['absentPackages'][number]

export default defineCheck({
  id: 'node/installed-packages',
  title: 'node finds the packages that the app imports',
  why: 'Node ends at the first package that it does not find: the app does not start.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['absentPackages'],
  uses: ['absentModules', 'buildsElse'],
  *run({absentPackages, absentModules = [], buildsElse}) {
    const told = new Set<string>()
    for (const absent of absentPackages) {
      const {by, command, at, kind, declared, modules, manager, isByHand, isLater} = absent
      // One COPY that is missing keeps all of them away.
      if (kind === 'member' && told.has(modules.file + modules.line)) continue
      told.add(modules.file + modules.line)
      yield {
        message: describe(absent),
        at: kind === 'development' ? declared : kind === 'member' ? modules : at,
        related:
          kind === 'member' ? [at, declared, command] : [kind === 'development' ? at : declared, modules, command],
        hint: cure(absent),
        // What a compiler leaves out of its output is not certain, the packages of the computer that deploys may come, and
        // which of a member's packages Bun leaves out has changed with its versions.
        ...((/\.[cm]?tsx?$/.test(at.file) ||
          isByHand ||
          buildsElse ||
          (manager === 'bun' && declared.file !== 'package.json')) && {severity: 'warning' as const}),
        ...(by === 'release_command' && {failsAt: 'release' as const}),
        ...(isLater && {failsAt: 'runtime' as const}),
      }
    }
    for (const {by, command, name, at, copy, isByHand} of absentModules) {
      yield {
        message:
          at === command
            ? `${by} starts ${name}, and the last stage has no node_modules to find it in`
            : `${by} loads ${at.file}, which imports ${name}, and the last stage has no node_modules: node stops there`,
        at,
        related: at === command ? [] : [command],
        hint: `Bring the packages: ${copy ?? 'RUN npm ci --omit=dev in the last stage, behind a COPY of package.json and its lock file'}`,
        ...((/\.[cm]?tsx?$/.test(at.file) || isByHand || buildsElse) && {severity: 'warning' as const}),
        ...(by === 'release_command' && {failsAt: 'release' as const}),
      }
    }
  },
})

const describe = ({
  by,
  at,
  kind,
  isTransport,
  isLater,
  name,
  declared,
  place,
  copy,
  manager,
  command,
}: AbsentPackage): string =>
  isLater
    ? `${name} is a development dependency, which the image leaves out, and ${at.file} imports it when it is called: that call fails`
    : at === command && kind === 'development'
      ? `${name} is a development dependency, which the image leaves out, and ${by} starts node with it: node stops there`
      : kind === 'member' && copy === ''
        ? `${manager} lays ${name} into node_modules beside ${declared.file}, and this is the node_modules of the whole workspace: ${by} stops at the import of it`
        : kind === 'undeclared'
          ? `${at.file} imports ${name}, which ${declared.file} does not name: only development dependencies bring it, and the image leaves them out: ${by} stops there`
          : kind === 'unlinked'
            ? `${at.file} imports ${name}, which ${declared.file} does not name: pnpm lays it only beside the packages that need it, and ${by} stops there`
            : kind === 'development'
              ? `${name} is a development dependency, which the image leaves out, and ${by} loads ${at.file}, which ${isTransport ? 'has a logger write by it' : 'imports it'}: ${manager === 'bun' ? 'the start' : 'node'} stops there`
              : `${manager} lays ${name} of ${declared.file} into node_modules beside it, and the image has no ${place}: ${by} stops at the import of it`

const cure = ({kind, name, declared, copy, manager}: AbsentPackage): string => {
  const folder = declared.file.replace(/\/?package\.json$/, '')
  if (kind === 'member' && copy === '')
    return `Let the build make a folder with all that the member needs, and copy that: pnpm --filter ./${folder} deploy --prod /out. Or keep the folders of the workspace in the image, with both node_modules.`
  if (kind === 'member') return `Bring that folder, too: ${copy}`
  if (kind === 'undeclared' || kind === 'unlinked')
    return `Add it to the dependencies of ${declared.file}: ${manager} ${manager === 'pnpm' ? 'add' : 'install'} ${name}`
  const add = manager === 'npm' ? `npm install ${name}${folder && ` -w ${folder}`}` : `${manager} add ${name}`
  return `Move ${name} to the dependencies of ${declared.file}, and commit the lock file with it: ${add}`
}
