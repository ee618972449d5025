import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'node/import-package',
  title: 'the packages that the code imports are declared',
  why: 'A package that no package.json declares and no lock file has is not installed in the image: the build or the start fails.',
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['missingImports'],
  uses: ['assetPackages', 'undeclaredMembers', 'buildsElse'],
  *run({missingImports, assetPackages = [], undeclaredMembers = [], buildsElse}) {
    for (const {name, at, command, build, folder, isByHand} of assetPackages) {
      yield {
        message: `${command} stops: ${at.file} imports ${name}, and nothing installs packages of npm in ${folder} before it`,
        at,
        related: [build],
        hint: `Before it, with nodejs and npm in that stage: RUN npm ci --prefix ${folder}. Or lay the package into ${folder}/vendor, and import that.`,
        ...(!buildsElse && !isByHand && {severity: 'error' as const}),
      }
    }
    const told = new Set<string>()
    for (const {kind, specifier, name, at, isUnlocked, when} of missingImports) {
      if (kind !== 'package' || told.has(name)) continue
      told.add(name)
      yield {
        message: isUnlocked
          ? `${specifier} is imported, and no package.json here has ${name}: unless another package happens to bring it, it is not installed`
          : `${specifier} is imported, and ${specifier === name ? 'it' : name} is neither in package.json nor in the lock file`,
        at,
        hint: `Declare it, and commit both files: npm install ${name}, or the same with the project's own package manager`,
        ...(when && {failsAt: when}),
      }
    }
    for (const {name, manifest, at, by} of undeclaredMembers) {
      const why =
        by === 'pnpm' ? 'pnpm links nothing that is not declared' : 'turbo prune leaves out what nobody declares'
      yield {
        message: `${name} of the workspace is imported, and ${manifest} does not declare it: ${why}`,
        at,
        related: [{file: manifest}],
        hint: `Declare it in ${manifest}: "${name}": "${by === 'pnpm' ? 'workspace:*' : '*'}", and install once more, so that the lock file has it.`,
      }
    }
  },
})
