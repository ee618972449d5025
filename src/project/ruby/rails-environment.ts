import type {FlyConfig} from '../fly-config/fly-config.ts'
import type {Build} from '../image/build.ts'

/** Whether the image or [env] says that Rails runs in production: it takes development where nothing says otherwise. */
export function isProduction({final}: Pick<Build, 'final'>, flyConfig: FlyConfig | undefined): boolean {
  const env = {...Object.fromEntries(final.config.env), ...flyConfig?.config.env}
  return (env.RAILS_ENV ?? env.RACK_ENV) === 'production'
}

/** `config.eager_load = true` of config/environments/production.rb: the server then loads all of app/ as it starts. */
export const isEager = (settings: string | undefined): boolean =>
  /^[ \t]{0,99}config\.eager_load\s{0,99}=\s{0,99}true\b/m.test(settings ?? '')
