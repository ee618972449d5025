import {defineCheck, type Facts} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/toolchain-version',
  title: "the image's toolchain satisfies the project",
  why: 'Compilers and package managers refuse a project that asks for another version than the image has.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['toolchains', 'dockerfile'],
  uses: ['deployCommands'],
  *run({toolchains, dockerfile, deployCommands}) {
    // What is built may then be something else.
    const isOther = deployCommands?.buildsElse(dockerfile.file.path)
    for (const {language, from, has, at, demand, stopped, stoppedAt, accepted, certain} of toolchains) {
      yield {
        message: `${from} has ${language} ${has}, and ${demand.said}: ${stopped} ${demand.likely ? 'may stop' : 'stops'}`,
        at,
        related: [demand.at, stoppedAt],
        hint: demand.hint ?? cure({language, from, has, accepted}),
        ...((!certain || isOther) && {severity: 'warning'}),
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
  const image = from.includes(has) ? from.replace(has, accepted) : undefined
  return image ? `Build it with ${image}.` : `Bring ${language} ${accepted}.`
}
