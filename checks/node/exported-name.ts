import {defineCheck, type Facts, suggest} from '../../src/check.ts'

export default defineCheck({
  id: 'node/exported-name',
  title: 'modules export what is imported of them',
  why: 'A name that a module does not export is an error of tsc and of bundlers, and of node as soon as it links the two.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['missingExports'],
  uses: ['buildsElse'],
  *run({missingExports, buildsElse}) {
    for (const {name, local, at, module, exported, by, command, when} of missingExports) {
      const isDefault = name === 'default'
      const what = isDefault ? `has no default export, which is imported as ${local}` : `exports no ${name}`
      yield {
        message: `${by} ${when === 'build' ? 'stops' : 'ends as it loads this file'}: ${module} ${what}`,
        at,
        related: [{file: module}, command],
        hint: cure({name, local, exported}),
        failsAt: when,
        ...(when === 'build' && buildsElse && {severity: 'warning' as const}),
      }
    }
  },
})

function cure({name, local, exported}: Pick<Facts['missingExports'][number], 'name' | 'local' | 'exported'>): string {
  const others = exported.filter((each) => each !== 'default')
  if (name === 'default')
    return others.includes(local)
      ? `Import it by its name, {${local}}, or give the module an export default.`
      : 'Give the module an export default, or import one of its names.'
  const near = suggest(name, others)
  if (near !== undefined) return `Export it there, or import ${near}, which it exports.`
  return exported.includes('default')
    ? `Export it there, or import its default: import ${local} from …`
    : 'Export it there, or take the import away.'
}
