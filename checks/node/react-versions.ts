import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'node/react-versions',
  title: 'react and react-dom have the same version',
  why: 'From 19 on react-dom stops at any react but that of its own version: the server ends, or the page stays empty.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['reactVersions'],
  *run({reactVersions}) {
    for (const {react, dom, at, locked, manager} of reactVersions) {
      yield {
        message: `react-dom ${dom} gets react ${react}, and takes that of its own version alone: it stops with "Incompatible React versions"`,
        at,
        related: locked && locked !== at ? [locked] : [],
        hint: `Bring both to one version: ${manager} ${manager === 'npm' ? 'install' : 'add'} react@${later(react, dom)} react-dom@${later(react, dom)}`,
      }
    }
  },
})

const later = (a: string, b: string): string => (a.localeCompare(b, 'en', {numeric: true}) > 0 ? a : b)
