import {defineCheck, type Facts, type Finding} from '../../src/check.ts'

export default defineCheck({
  id: 'env/compiled-option',
  title: 'what a release is compiled with is set before that',
  why: 'A release compares when it starts what it was compiled with and what runtime.exs says, and stops where they differ.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['phoenix', 'keyFaults', 'buildsElse'],
  *run({phoenix, keyFaults, flyConfig, buildsElse}) {
    const atStart = flyConfig.config.deploy?.release_command ? ('release' as const) : ('boot' as const)
    for (const fault of keyFaults ?? []) {
      const alike = (keyFaults ?? []).filter(({kind, app}) => kind === 'variable' && app === fault.app)
      if (fault.kind === 'variable' && alike[0] !== fault) continue
      yield {
        ...told[fault.kind](fault, alike.length - 1),
        at: fault.at,
        related: fault.related,
        failsAt: {uncompiled: 'build', differs: atStart, unset: 'boot', variable: 'silent'}[
          fault.kind
        ] as Finding['failsAt'],
        ...((buildsElse || fault.kind === 'variable') && {severity: 'warning' as const}),
      }
    }
    const compiledOption = phoenix?.compiledOption
    if (!compiledOption) return
    const {name, at} = compiledOption
    yield {
      message: `${name} is set when the release starts, but Phoenix is compiled without it: every start ends with "has a different value set for path [:${name}]"`,
      at,
      hint: `Move ${name} to config/prod.exs, which is read while the image is built.`,
      failsAt: atStart,
    }
  },
})

type Fault = Facts['keyFaults'][number]

/** `others`: how many more variables are read for the same app. */
const told: Record<Fault['kind'], (fault: Fault, others: number) => {message: string; hint: string}> = {
  differs: ({app, key, related: [read], env}) => ({
    message: `${key} of :${app} is set when the release starts, but ${read?.file} is compiled without it: every start ends with "has a different value set for key :${key} during runtime compared to compile time"`,
    hint: `Read it with Application.get_env where it is used, or set it in config/${env}.exs instead.`,
  }),
  uncompiled: ({app, key, related: [other], env}) => ({
    message: `${key} of :${app} is asked for as the code is compiled, and ${other ? `${other.file} has it, but nothing sets it for ${env}` : `nothing sets it for ${env}`}: mix compile stops`,
    hint: `Set it in config/config.exs, or in config/${env}.exs.`,
  }),
  variable: ({app, key, at, related: [setting]}, others) => ({
    message: `${at.file} reads ${key}${others > 0 ? ` and ${others} more` : ''} while the image is built, and ${setting ? '[env] has it for the machines alone' : 'a secret is for the machines alone'}: :${app} has nothing there`,
    hint: 'Read it in config/runtime.exs, which is evaluated when the release starts.',
  }),
  unset: ({app, key, related: [other], env}) => ({
    message: `the app asks for ${key} of :${app} as it starts, and ${other ? `${other.file} has it, but nothing sets it for ${env}` : `nothing sets it for ${env}`}: every start ends with "could not fetch application environment"`,
    hint: `Set it in config/config.exs, config/${env}.exs or config/runtime.exs.`,
  }),
}
