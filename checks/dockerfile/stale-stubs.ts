import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/stale-stubs',
  title: 'cargo compiles the sources, and not stubs in their place',
  why: 'Cargo goes by the times of files, and COPY keeps them: sources that are older than a stub of them are not compiled.',
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['staleStubs'],
  uses: ['buildsElse'],
  *run({staleStubs, buildsElse}) {
    if (buildsElse) return
    for (const {name, at, stub, copy} of staleStubs) {
      yield {
        message: `cargo has compiled a stub of ${name}, and COPY brings a source that is older than that in a new builder: cargo takes it for compiled, and the stub is what runs`,
        at,
        related: [stub, copy],
        hint: `Make it younger before this: touch ${name}`,
      }
    }
  },
})
