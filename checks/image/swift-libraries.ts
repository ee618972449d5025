import {defineCheck, type Facts} from '../../src/check.ts'

type Lack = Facts['swiftLacks'][number]

export default defineCheck({
  id: 'image/swift-libraries',
  title: 'a Swift program has beside it what it loads',
  why: 'A program of Swift loads the libraries of the language and the resources of its package when it runs: alone it stops.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['swiftLacks'],
  uses: ['buildsElse'],
  *run({swiftLacks, buildsElse}) {
    for (const lack of swiftLacks) {
      const {kind, at, wanted, built} = lack
      yield {
        message: messages[kind](lack),
        at,
        related: [wanted ?? built],
        hint: hints[kind](lack),
        // It may be compiled in, or asked for at a request.
        ...((kind !== 'runtime' || buildsElse) && {severity: 'warning'}),
        ...(kind === 'resources' && {failsAt: 'runtime'}),
      }
    }
  },
})

const messages: Record<Lack['kind'], (lack: Lack) => string> = {
  runtime: ({name, image}) =>
    `the program is linked to the libraries of Swift, which ${image} does not have: it stops with "${name}: cannot open shared object file"`,
  library: ({name, image}) =>
    `Foundation loads ${name} for what the code imports, and ${image} does not have it: the program is likely to stop when it starts`,
  resources: ({name}) =>
    `the code reads Bundle.module, and no COPY brings ${name} beside the program: it stops there with "unable to find bundle"`,
}

const hints: Record<Lack['kind'], (lack: Lack) => string> = {
  runtime: () =>
    'Build with them inside: swift build -c release --static-swift-stdlib; or take swift:VERSION-slim as the last base.',
  library: ({name}) => `In the last stage: RUN apt-get update && apt-get install -y --no-install-recommends ${name}`,
  resources: ({name}) =>
    `Copy it from the folder of the build (swift build -c release --show-bin-path) to the folder of the program: COPY --from=… …/release/${name} ./${name}`,
}
