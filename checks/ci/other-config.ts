import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/other-config',
  title: 'each app is deployed with its own configuration',
  why: 'A name behind --app counts before the one in the file: the app gets what was meant for another one.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['workflows', 'flyConfig', 'otherConfigs'],
  *run({workflows, flyConfig, otherConfigs}) {
    const own = {file: flyConfig.file, app: flyConfig.config.app, at: flyConfig.at('app')}
    const configs = [own, ...otherConfigs]
    for (const {call, app, config, wanted, isBare} of workflows.deploys) {
      if (!call.flags.has('app') || app === undefined) continue
      if (config === undefined && wanted !== undefined && app === own.app && !call.flags.has('config') && !isBare) {
        // Going back to an image of before is to keep the settings that the app has.
        if (call.flags.has('image') && /\b(?:fly|flyctl) (?:image|releases)\b|roll(?:ing)?[ -]?back/i.test(call.script))
          continue
        // A step before may lay the file there.
        const isElsewhere = /\bfly[\w.-]{0,100}\.toml\b/.test(`${call.before}\n${call.script}`)
        if (isElsewhere || workflows.deploys.some((each) => each.config === own.file)) continue
        yield {
          message: `${app} is deployed from a folder without ${wanted.replace(/^.*\//, '')}: flyctl takes the settings that the app has on Fly.io, and nothing of ${own.file}`,
          at: call.at,
          related: [own.at],
          hint: `Name it: flyctl deploy -a ${app} -c ${own.file}`,
        }
        continue
      }
      const taken = configs.find(({file}) => file === config)
      const meant = configs.filter((each) => each.app === app)
      const [right] = meant
      if (!taken?.app || taken.app === app || !right || ![taken, right].includes(own)) continue
      // One that is deployed elsewhere, too, is only lent to the app here.
      if (workflows.deploys.some((each) => meant.some(({file}) => file === each.config))) continue
      yield {
        message: `${app} is deployed with ${taken.file}, which is for ${taken.app}: its own configuration is ${right.file}, and no workflow takes that`,
        at: call.at,
        related: [right.at, taken.at],
        hint: `Name the one that is meant: flyctl deploy -a ${app} -c ${right.file}`,
      }
    }
  },
})
