import {defineCheck, type Facts, plural} from '../../src/check.ts'

type OwnImport = Facts['ownImports'][number]

export default defineCheck({
  id: 'node/own-imports',
  title: 'the files that node starts can import one another',
  why: 'Node ends at the first import that it does not find: the app does not start.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['ownImports', 'dockerfile'],
  uses: ['buildsElse'],
  *run({ownImports, dockerfile, buildsElse}) {
    // The same cause ends the program at each of them: what is told of one holds for all.
    for (const cause of new Set(ownImports.map(causeOf))) {
      const [fault, ...others] = ownImports.filter((each) => causeOf(each) === cause)
      if (!fault) continue
      const {by, command, at, because, kind, file, specifier, place, isLate, isRun, copy} = fault
      const isTyped = kind === 'typed' || kind === 'syntax'
      const isCompiled = kind === 'alias' || kind === 'output' || (!isTyped && /\.[cm]?tsx?$/.test(at.file))
      const more = others.length > 0 ? ` (and so at ${plural(others.length, 'other import')})` : ''
      yield {
        message: copy
          ? `${by} starts what tsc has made of ${because?.file}, and node stops at its import of ${specifier}: that is ${file}, and nothing lays at ${place} what tsc makes of it${more}`
          : isLate
            ? `${by} loads this file, where ${describe(fault)}: this call fails when it is made${more}`
            : kind === 'called'
              ? `${by} loads this file, an ES module by ${because?.file ?? 'its ending'}, in which require is not defined: this call throws when it is made, also in a try${more}`
              : `${by} loads this file, and ${kind === 'settings' || isRun ? 'the start' : 'node'} stops here: ${describe(fault)}${more}`,
        at,
        related: [
          ...(because ? [because] : []),
          ...(kind === 'left-out'
            ? [dockerfile.final.at]
            : ['ending', 'typed', 'member', 'inside', 'refused'].includes(kind)
              ? [{file}]
              : []),
          command,
          ...others.map((each) => each.at),
        ],
        hint: cure(fault),
        // What tsc leaves out of its output, and what else changes it, is not certain.
        ...((isCompiled || kind === 'called' || isLate || isRun || copy || buildsElse) && {
          severity: 'warning' as const,
        }),
        ...(kind === 'called' || isLate
          ? {failsAt: 'runtime' as const}
          : by === 'release_command' && {failsAt: 'release' as const}),
      }
    }
  },
})

/** Files that are left out one by one have causes of their own, those of one folder have one. */
const causeOf = ({kind, file, at, isLate}: OwnImport): string =>
  kind === 'left-out' ? `${kind} ${isLate} ${file.replace(/[^/]*$/, '')}` : `${kind} ${/\.[cm]?tsx?$/.test(at.file)}`

function describe({kind, specifier, file, place}: OwnImport): string {
  switch (kind) {
    case 'left-out':
      return `${specifier} is ${file}, which the image does not have at ${place}`
    case 'ending':
      return `${specifier} has no ending, and an ES module is found by its whole name: ${specifier}${place}`
    case 'settings':
      return `${file} says what ${specifier} is, and the image has no such file`
    case 'alias':
      return `tsc leaves ${specifier} as it is, and node does not know the paths of ${file}`
    case 'called':
    case 'common':
      return `${specifier} is not defined in an ES module, which ${by(place, 'mjs')} makes of it`
    case 'json':
      return `${specifier} is imported ${place}`
    case 'import':
      return `import stands in ES modules alone, and ${by(place, 'cjs')} makes CommonJS of this file`
    case 'typed':
      return `${specifier} is ${file} here, and node takes a file of TypeScript by its whole name alone`
    case 'member':
      return `${specifier} is ${file}, and the node of the image runs no TypeScript`
    case 'refused':
      return `${specifier} is TypeScript, and the node of the image runs none`
    case 'inside':
      return `${specifier} is ${file}, and node, which runs TypeScript as it stands, does not get past ${place}`
    case 'unbuilt':
      return `${specifier} is ${file}, and nothing builds it`
    case 'syntax':
      return `it leaves types out of TypeScript and translates nothing, and this is ${specifier}`
    case 'output':
      return `tsc writes CommonJS to ${place}, and package.json says that it is an ES module`
  }
}

/** What is left of the place behind the specifier: `.ts`, `/index.ts`. */
const wholeEnding = (specifier: string, place: string): string =>
  place.endsWith('/index.ts') && !/index\.[cm]?js$/.test(specifier) ? '/index.ts' : (/\.\w+$/.exec(place)?.[0] ?? '.ts')

const by = (place: string, ending: string): string =>
  place.endsWith(ending) ? `the ending .${ending}` : 'package.json'

function cure({kind, specifier, file, place, copy}: OwnImport): string {
  switch (kind) {
    case 'left-out':
      if (copy)
        return `tsc writes paths as they stand. Bring that folder to where they lead: ${copy}; or copy the whole folder that tsc writes, and start the file in it.`
      return `Bring it into the final stage: COPY ${file} ${place}, and do not leave it out in .dockerignore.`
    case 'ending':
      return `Write '${specifier.replace(/\/$/, '')}${place}'${/\.tsx?$/.test(file) ? ', also in TypeScript; or bundle the app (esbuild, tsup)' : ''}.`
    case 'settings':
      return `Bring it into the final stage: COPY ${file} ${place}`
    case 'alias':
      return `Write relative paths, or run tsc-alias behind tsc in the build script (npm install -D tsc-alias), or bundle the app (esbuild, tsup).`
    case 'called':
      return "Import it at the top, or with await import(…); or make a require: import {createRequire} from 'node:module'; const require = createRequire(import.meta.url)"
    case 'common':
      if (specifier.startsWith('__'))
        return `Write import.meta.${specifier.slice(2)} in its place (Node 20.11 and later), or call the file ${file.replace(/\.m?js$/, '.cjs')}.`
      return specifier === 'require'
        ? `Use import in its place, or call the file ${file.replace(/\.m?js$/, '.cjs')}.`
        : `Use export in its place, or call the file ${file.replace(/\.m?js$/, '.cjs')}.`
    case 'json':
      return `Write import … from '${specifier}' with {type: 'json'} (Node 18.20, 20.10 and later), or read the file.`
    case 'import':
      return `Set "type": "module" in package.json (and write endings in imports), or use require.`
    case 'typed':
      return `Write '${specifier.replace(/\.[cm]?js$/, '')}${wholeEnding(specifier, place)}' (with allowImportingTsExtensions in tsconfig.json), or start it with tsx: npm install tsx`
    case 'refused':
      return 'Take a Node that runs it, 22.18 or later (FROM node:24-slim), or start it with tsx: npm install tsx'
    case 'member':
    case 'inside':
      return `Build ${specifier} to JavaScript and let its package.json name that; or bundle the app with it (esbuild, tsup); or start it with tsx: npm install tsx`
    case 'unbuilt':
      return `Build ${specifier} in the Dockerfile, and copy what it is built to into the final stage.`
    case 'syntax':
      return 'Start it with tsx (npm install tsx), or compile it with tsc; erasableSyntaxOnly in tsconfig.json shows all such places.'
    case 'output':
      return `Set "module" to "nodenext" (and write .js in imports), or remove "type": "module" from package.json.`
  }
}
