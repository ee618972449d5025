import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'env/phoenix-host',
  title: "the endpoint of Phoenix knows the app's name",
  why: 'Phoenix refuses websockets from pages of another host than its own: LiveView then loads the page and never connects.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['phoenix', 'flyConfig'],
  *run({phoenix, flyConfig}) {
    const {placeholderHost: found} = phoenix
    if (!found || flyConfig.services.length === 0) return
    const {host, variable, at} = found
    const name = `${flyConfig.config.app ?? 'APP'}.fly.dev`
    const {env = {}} = flyConfig.config
    yield {
      message: `the endpoint's host is ${host}${variable ? `, as nothing sets ${variable}` : ''}: Phoenix refuses the websockets of every page, and its links lead there`,
      at,
      related: variable && Object.keys(env).length > 0 ? [flyConfig.keyAt('env')] : [],
      hint: variable
        ? `Add to [env]: ${flyConfig.setting(variable, name)}, or the domain under which people know it.`
        : `Take it from the environment, in config/runtime.exs: url: [host: System.get_env("PHX_HOST"), port: 443, scheme: "https"], and add to [env]: ${flyConfig.setting('PHX_HOST', name)}`,
    }
  },
})
