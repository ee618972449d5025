import {defineCheck, type Facts} from '../../src/check.ts'

type GoImportFault = Facts['goImportFaults'][number]

/** What is wrong with an import, and the cure. */
const words: Record<GoImportFault['fault'], (fault: GoImportFault) => [fault: string, cure: string]> = {
  unrequired: ({path, goMod}) => [
    `no module that ${goMod} requires has ${path}`,
    'Run go mod tidy, and commit go.mod and go.sum.',
  ],
  unsummed: ({path, module}) => [
    `go.sum has no line for ${module}, which ${path} is of`,
    'Run go mod tidy, and commit go.sum.',
  ],
  'no sums': ({path}) => [
    `${path} is of another module, and there is no go.sum`,
    'Run go mod tidy, and commit go.sum.',
  ],
  uncopied: ({path}) => [
    `${path} is of another module, and go.sum is not in the image`,
    'Copy it beside go.mod: COPY go.mod go.sum ./',
  ],
  unused: ({path, name}) => [
    `${path} is imported and not used: nothing in the file says ${name}`,
    'Take the import away; or put _ before it, where the package is wanted for what it does when it is loaded.',
  ],
}

export default defineCheck({
  id: 'dockerfile/go-imports',
  title: 'go build accepts every import',
  why: 'A package of a module that go.mod or go.sum does not name, and one that a file imports and does not use, end go build.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['goImportFaults'],
  *run({goImportFaults}) {
    const told = new Set<string>()
    for (const each of goImportFaults) {
      const [fault, hint] = words[each.fault](each)
      // One line of go.sum, and one go.sum, is the cure for all imports that need it.
      const cure = each.fault === 'no sums' || each.fault === 'uncopied' ? each.fault : `${each.fault} ${each.module}`
      if (each.fault !== 'unrequired' && each.fault !== 'unused' && told.has(cure)) continue
      told.add(cure)
      yield {message: `go build stops: ${fault}`, at: each.importedAt, related: [each.at], hint}
    }
  },
})
