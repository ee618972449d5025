import {defineCheck, groupBy} from '../../src/check.ts'

export default defineCheck({
  id: 'image/php-case',
  title: 'PHP finds its classes and views in the right case',
  why: 'macOS and Windows take invoice.php for Invoice.php, and Linux does not: the class or the view is not found there.',
  // Nobody may come to the place that asks.
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['otherCases'],
  *run({otherCases}) {
    const told = new Set<string>()
    const first = otherCases.filter(({kind, name}) => !told.has(`${kind} ${name}`) && told.add(`${kind} ${name}`))
    // A folder in another case is one mistake, however many classes are in it.
    for (const [one, ...others] of groupBy(first, ({wanted, has}) => folderOf(wanted, has) ?? has).values()) {
      if (!one) continue
      const {kind, name, wanted, has, at} = one
      const folder = others.length > 0 ? folderOf(wanted, has) : undefined
      const also = folder === undefined ? '' : `, nor ${others.length} more below ${folder}`
      const right = folder === undefined ? wanted : wanted.slice(0, folder.length)
      const rename =
        folder === undefined
          ? `ename the file: git mv ${has} ${right}`
          : `ename the folder, by way of another name: git mv ${folder} ${folder}.new && git mv ${folder}.new ${right}`
      yield {
        message: `the ${kind} ${name} is looked for in ${wanted}, and the file is called ${has}: Linux does not find it${also}`,
        at,
        related: [{file: has}],
        hint: kind === 'view' ? `Write the name as the file has it, or r${rename}` : `R${rename}`,
      }
    }
  },
})

/** The folder that is called otherwise; undefined: the file is. */
function folderOf(wanted: string, has: string): string | undefined {
  const parts = has.split('/')
  const differs = wanted.split('/').findIndex((part, index) => part !== parts[index])
  return differs < parts.length - 1 ? parts.slice(0, differs + 1).join('/') : undefined
}
