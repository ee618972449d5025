import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/rails-gems',
  title: 'the gems that the settings of Rails name are there',
  why: 'Rails loads what an adapter, a store or a service is made of by its name: without the gem the app stops when it starts.',
  // A path, or a place that is not read, may bring it.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['settingGems'],
  *run({settingGems}) {
    for (const {setting, gem, at, isCommand} of settingGems) {
      yield {
        message: isCommand
          ? `${setting} is started, and Gemfile.lock has no ${gem}: its command is not there`
          : `${setting} needs the gem ${gem}, and Gemfile.lock has none: ${setting.startsWith('plugin') ? 'Puma stops with "Unable to find plugin"' : 'Rails stops with a LoadError'}`,
        at,
        hint: `Run bundle add ${gem} on your computer, and commit Gemfile and Gemfile.lock.`,
      }
    }
  },
})
