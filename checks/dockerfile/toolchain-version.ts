import {defineCheck, type Facts} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/toolchain-version',
  title: "the image's toolchain satisfies the project",
  why: 'Compilers and package managers refuse a project that asks for another version than the image has.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['toolchains'],
  uses: ['buildsElse'],
  *run({toolchains, buildsElse}) {
    // What is built may then be something else.
    for (const gap of toolchains) {
      const {language, from, has, at, demand, command, outcome, accepted, certain, atRuntime, passed, given} = gap
      // A newer Node runs nearly all that was written for an older one.
      const isNewer = language === 'Node' && demand.likely && Number.parseInt(accepted, 10) < Number.parseInt(has, 10)
      const unless = passed ? `, unless --build-arg says another ${passed.argument}` : ''
      const as = given ? `, as ${given.at.file} sets ${given.argument},` : ''
      yield {
        message: `${from}${as} has ${language} ${has}, and ${demand.said}: ${demand.likely ? outcome.replace(/stops$/, 'may stop') : outcome}${unless}`,
        at,
        related: [demand.at, command, ...(given ? [given.at] : []), ...(passed ? [passed.by] : [])],
        hint: passed
          ? `Let the default be one that builds: ARG ${passed.argument}=${accepted}`
          : (demand.hint ??
            (given
              ? `The ARG of the Dockerfile is not what counts: write ${given.argument} = "${given.value.replace(has, accepted)}" under [build.args] in ${given.at.file}, or take that line out.`
              : cure({language, from, has, accepted}))),
        ...(atRuntime && {failsAt: 'boot'}),
        ...((!certain || buildsElse) && {severity: 'warning'}),
        ...(isNewer && {severity: 'info'}),
        // The project's own deploys pass a version that fits, as far as anybody knows.
        ...(passed && {severity: 'info'}),
      }
    }
  },
})

function cure({
  from,
  has,
  language,
  accepted,
}: Pick<Facts['toolchains'][number], 'from' | 'has' | 'language' | 'accepted'>) {
  // The tags of hexpm/elixir name the whole version.
  const version = /hexpm\/elixir/.test(from) && /^\d+\.\d+$/.test(accepted) ? `${accepted}.0` : accepted
  const image = from.includes(has) ? from.replace(has, version) : undefined
  return image ? `Build it with ${image}.` : `Bring ${language} ${accepted}.`
}
