import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'env/compiled-option',
  title: 'what Phoenix is compiled with is set before that',
  why: 'A release compares when it starts what it was compiled with and what runtime.exs says, and stops where they differ.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['phoenix', 'flyConfig'],
  *run({phoenix, flyConfig}) {
    const {compiledOption} = phoenix
    if (!compiledOption) return
    const {name, at} = compiledOption
    yield {
      message: `${name} is set when the release starts, but Phoenix is compiled without it: every start ends with "has a different value set for path [:${name}]"`,
      at,
      hint: `Move ${name} to config/prod.exs, which is read while the image is built.`,
      failsAt: flyConfig.config.deploy?.release_command ? 'release' : 'boot',
    }
  },
})
