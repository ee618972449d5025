import {defineCheck} from '../../src/check.ts'

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
    for (const {kind, name, wanted, has, at} of otherCases) {
      if (told.has(`${kind} ${name}`)) continue
      told.add(`${kind} ${name}`)
      yield {
        message: `the ${kind} ${name} is looked for in ${wanted}, and the file is called ${has}: Linux does not find it`,
        at,
        related: [{file: has}],
        hint:
          kind === 'view'
            ? `Write the name as the file has it, or rename the file: git mv ${has} ${wanted}`
            : `Rename the file: git mv ${has} ${wanted}`,
      }
    }
  },
})
