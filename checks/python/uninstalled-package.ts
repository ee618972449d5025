import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/uninstalled-package',
  title: 'packages of the project that are imported are installed',
  why: 'Python does not look into the folder of another package: without an install the import ends the app.',
  // A package of an index of one's own may have the name, too.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['uninstalledPackages'],
  *run({uninstalledPackages}) {
    for (const {command, module, at, folder, own, manifest, isThere, installed} of uninstalledPackages) {
      const beside = installed === undefined ? '' : `, as ${installed} is`
      yield {
        message: `${command.by} starts this module, and the import ends it: ${module} is in ${own}, and no pip install brings ${folder}${beside} (ModuleNotFoundError)`,
        at,
        related: [{file: manifest}, command.at],
        hint: `${isThere ? '' : `COPY ${folder} ${folder}, and `}install it with the others: pip install ./${folder}`,
        ...(command.by === 'release_command' && {failsAt: 'release' as const}),
        ...(command.supervised && {failsAt: 'runtime' as const}),
      }
    }
  },
})
