import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'env/database-ipv6',
  title: 'Ecto looks for its database by IPv6',
  why: 'The private network of Fly.io has IPv6 addresses alone, and Ecto looks for IPv4 unless it is told: it finds no database.',
  // The database may be somewhere else.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['phoenix', 'flyConfig'],
  *run({phoenix, flyConfig}) {
    const {onlyIpv4: found} = phoenix
    // What migrates a database as it is deployed has one at Fly.io, unless it says another.
    if (!found || !flyConfig.config.deploy?.release_command) return
    const {variable, value, at, set} = found
    const why = 'a database on the private network of Fly.io (.internal, .flycast) is not found'
    yield {
      message: variable
        ? value === undefined
          ? `${variable} is set nowhere, so that Ecto asks for IPv4 addresses alone: ${why}`
          : `${variable} has a value that this does not take, so that Ecto asks for IPv4 addresses alone: ${why}`
        : `this Repo has no socket_options with :inet6${set ? ', whatever ECTO_IPV6 says' : ''}: ${why}`,
      at,
      related: set ? [set] : [flyConfig.at('deploy', 'release_command')],
      hint: variable
        ? `Add to [env]: ${flyConfig.setting(variable, 'true')}`
        : `Add to it: socket_options: if(System.get_env("ECTO_IPV6") in ~w(true 1), do: [:inet6], else: [])${set ? '' : `, and to [env]: ${flyConfig.setting('ECTO_IPV6', 'true')}`}`,
    }
  },
})
