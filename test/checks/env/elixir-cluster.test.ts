import elixirCluster from '../../../checks/env/elixir-cluster.ts'
import {testCheck} from '../../harness.ts'

const project = (more: Record<string, string>, toml = '[env]\nDNS_CLUSTER_QUERY = "shop.internal"\n') => ({
  files: {
    'fly.toml': `app = "shop"\n${toml}`,
    Dockerfile: 'FROM elixir:1.18\nWORKDIR /app\nCOPY . .\nRUN mix release\nCMD ["/app/bin/server"]\n',
    'mix.exs': '{:dns_cluster, "~> 0.2"}\n',
    'config/runtime.exs': 'import Config\nconfig :shop, :dns_cluster_query, System.get_env("DNS_CLUSTER_QUERY")\n',
    ...more,
  },
})
const script = (text: string) => ({'rel/env.sh.eex': text})
const named = 'export RELEASE_NODE="shop@${FLY_PRIVATE_IP}"\n'
const broadcast = {'lib/shop/chat.ex': 'Phoenix.PubSub.broadcast(Shop.PubSub, "a", :b)\n'}
const two = '[http_service]\ninternal_port = 4000\nmin_machines_running = 2\n'

const alone = (query: string) =>
  `the nodes look for each other at ${query}, but nothing sets RELEASE_NODE: each is called after its host, which is no address, and stays alone`
const ipv4 =
  'RELEASE_NODE has the IPv6 address of the machine, but Erlang speaks IPv4 to other nodes unless it is told inet6_tcp: no node reaches another'

testCheck(elixirCluster, {
  clean: {
    'what flyctl launch writes': project(script(`export ERL_AFLAGS="-proto_dist inet6_tcp"\n${named}`)),
    'IPv6 by ENV of the image': project({
      ...script(named),
      Dockerfile:
        'FROM elixir:1.18\nWORKDIR /app\nCOPY . .\nRUN mix release\nENV ERL_AFLAGS="-proto_dist inet6_tcp"\nCMD ["/app/bin/server"]\n',
    }),
    'IPv6 by vm.args': project({...script(named), 'rel/vm.args.eex': '-proto_dist inet6_tcp\n'}),
    'a name that is no address of Fly.io': project(script('export RELEASE_NODE="shop@127.0.0.1"\n')),
    'a script of the start that names the node': project({
      Dockerfile: 'FROM elixir:1.18\nWORKDIR /app\nCOPY . .\nRUN mix release\nCMD ["./start.sh"]\n',
      'start.sh': '#!/bin/sh\nexport RELEASE_NODE=shop@$IP\nexec bin/shop start\n',
    }),
    'a program of the overlays that names it': project({
      'rel/overlays/bin/server': `#!/bin/sh\n${named}exec ./shop start\n`.replace(
        'exec',
        'export ERL_AFLAGS="-proto_dist inet6_tcp"\nexec',
      ),
    }),
    'templates in another folder': project({
      'release/env.sh.eex': `export ERL_AFLAGS="-proto_dist inet6_tcp"\n${named}`,
    }),
    'a RUN that writes the script': project({
      Dockerfile:
        'FROM elixir:1.18\nWORKDIR /app\nCOPY . .\nRUN echo \'export RELEASE_NODE="shop@$FLY_PRIVATE_IP"\' >> rel/env.sh.eex && mix release\nCMD ["/app/bin/server"]\n',
    }),
    'an app that starts the node': project({
      'lib/shop/application.ex': 'Node.start(:"shop@#{ip}", :longnames)\n',
    }),
    'no query': project({}, ''),
    'two machines that broadcast nothing': project({}, two),
    'two machines with Redis between them': project(
      {...broadcast, 'mix.exs': ':dns_cluster :phoenix_pubsub_redis'},
      two,
    ),
    'one machine': project(broadcast, two.replace('2', '1')),
    'a query of another environment': project(
      {
        'config/runtime.exs':
          'import Config\nif config_env() == :dev do\n  config :shop, query: "shop.internal"\nend\n',
      },
      '',
    ),
    'no release': project({
      Dockerfile: 'FROM elixir:1.18\nWORKDIR /app\nCOPY . .\nCMD ["mix", "phx.server"]\n',
    }),
  },
  flagged: {
    'a query in [env]': {...project({}), expect: [`warning fly.toml:3:1 ${alone('shop.internal')}`]},
    'a query of libcluster': {
      ...project(
        {
          'config/runtime.exs':
            'import Config\nif config_env() == :prod do\n  config :libcluster, topologies: [\n    fly: [strategy: Cluster.Strategy.DNSPoll, config: [query: "#{app}.internal", node_basename: app]]\n  ]\nend\n',
        },
        '',
      ),
      expect: [`warning config/runtime.exs:4:56 ${alone('#{app}.internal')}`],
    },
    'two machines that broadcast': {
      ...project(broadcast, two),
      expect: [
        'warning fly.toml:4:1 2 machines run at least, and nothing sets RELEASE_NODE: their nodes cannot connect, so a broadcast reaches the users of one machine alone',
      ],
    },
    'IPv4 between the nodes': {...project(script(named)), expect: [`warning rel/env.sh.eex:1:1 ${ipv4}`]},
    'a protocol in a comment': {
      ...project(script(`# -proto_dist inet6_tcp\n${named}`)),
      expect: [`warning rel/env.sh.eex:2:1 ${ipv4}`],
    },
  },
})
