import {defineCheck, startsSeveral} from '../../src/check.ts'

export default defineCheck({
  id: 'env/secrets-file',
  title: 'the file of secrets holds values for production',
  why: 'A placeholder, a key that can be guessed or an address on localhost is a value like any other: the deploy is green with it.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['secretsFile'],
  uses: ['processes', 'flyConfig'],
  *run({secretsFile, processes, flyConfig}) {
    // Where the machine starts several programs, any of them may be what listens there.
    const startsMore = flyConfig?.hasContainers || processes?.find(startsSeveral)
    for (const {name, at, fault} of secretsFile.variables) {
      if (!fault || (fault.kind === 'local' && startsMore)) continue
      const {kind, text, cure} = fault
      yield {
        message: `${name} ${text}`,
        at,
        hint:
          kind === 'short' || kind === 'default'
            ? `Make one: ${cure}. Then: flyctl secrets set ${name}=…`
            : `Write ${cure} here, and set it: flyctl secrets set ${name}=…`,
      }
    }
  },
})
