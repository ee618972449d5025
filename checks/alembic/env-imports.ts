import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'alembic/env-imports',
  title: 'Python finds what env.py imports',
  why: 'alembic does not look for modules in the folder in which it runs: an env.py that imports the app then ends the upgrade.',
  // Something that is not followed may install the module after all.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['alembic'],
  *run({alembic}) {
    for (const {lost, upgrade, config} of alembic.environments) {
      if (!lost || !upgrade) continue
      const {name, at, roots, own, elsewhere} = lost
      const [top = name] = name.split('.')
      const where = roots.length > 0 ? `in ${roots.join(' and ')}` : 'in no folder of the project'
      yield {
        message: `env.py imports ${name}, and Python looks for ${top} ${where} in the image: ModuleNotFoundError`,
        at,
        related: [upgrade.at],
        hint: elsewhere
          ? `It is at ${elsewhere}: write prepend_sys_path = ${folderOf(elsewhere, name)} in ${config}`
          : `Copy it in the last stage (${own}), and let prepend_sys_path in ${config} name the folder that it is in.`,
        failsAt: upgrade.failsAt,
      }
    }
  },
})

/** The folder that must be on Python's path for `a.b` to be this file. */
function folderOf(path: string, name: string): string {
  const tail = path.lastIndexOf(`/${name.split('.')[0]}`)
  return path.slice(0, tail) || '/'
}
