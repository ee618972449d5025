import {defineCheck, type Facts, firstOf} from '../../src/check.ts'

type Faults = Facts['goImportFaults']
type OfModules = Exclude<Faults[number]['fault'], 'unused'>

/** What is wrong with the imports that share a fault, and the one cure for all of them. */
const words: Record<OfModules, (paths: string[], modules: string[], goMod: string) => [fault: string, cure: string]> = {
  unrequired: (paths, _, goMod) => [
    `no module that ${goMod} requires has ${firstOf(paths, 3)}`,
    'Run go mod tidy, and commit go.mod and go.sum.',
  ],
  unsummed: (_, modules) => [
    `go.sum has no line for the code of ${firstOf(modules, 3)}`,
    'Run go mod tidy, and commit go.sum.',
  ],
  'no sums': ([path]) => [
    `${path} is of another module, and there is no go.sum`,
    'Run go mod tidy, and commit go.sum.',
  ],
  uncopied: ([path]) => [
    `${path} is of another module, and go.sum is not in the image`,
    'Copy it beside go.mod: COPY go.mod go.sum ./',
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
  uses: ['buildsElse'],
  *run({goImportFaults, buildsElse}) {
    for (const fault of Object.keys(words) as OfModules[]) {
      const alike = goImportFaults.filter((each) => each.fault === fault)
      const [first] = alike
      if (!first) continue
      const paths = [...new Set(alike.map(({path}) => path))]
      const modules = [...new Set(alike.flatMap(({module}) => module ?? []))]
      const [said, hint] = words[fault](paths, modules, first.goMod)
      const {emptyTidy, likely} = first
      yield {
        message: `go build stops: ${said}${emptyTidy ? ': go mod tidy had no code to find it in' : ''}`,
        at: first.importedAt,
        related: [first.at, ...(emptyTidy ? [emptyTidy] : [])],
        hint: emptyTidy ? 'Commit go.sum; or run go mod tidy behind the COPY that brings the code.' : hint,
        ...((buildsElse || likely) && {severity: 'warning' as const}),
      }
    }
    for (const {path, name, fault, importedAt, at} of goImportFaults) {
      if (fault !== 'unused') continue
      yield {
        message: `go build stops: ${path} is imported and not used: nothing in the file says ${name}`,
        at: importedAt,
        related: [at],
        hint: 'Take the import away; or put _ before it, where the package is wanted for what it does when it is loaded.',
        ...(buildsElse && {severity: 'warning' as const}),
      }
    }
  },
})
