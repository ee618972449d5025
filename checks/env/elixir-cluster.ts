import {defineCheck, type Facts} from '../../src/check.ts'

type Gap = Facts['clusterGaps'][number]

export default defineCheck({
  id: 'env/elixir-cluster',
  title: 'the nodes of a release find each other',
  why: 'Nodes connect by the address in their names; without it each machine stays alone, and a broadcast reaches its own users.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['clusterGaps'],
  *run({clusterGaps}) {
    for (const gap of clusterGaps) {
      yield {
        message: describe(gap),
        at: gap.at,
        hint:
          gap.kind === 'protocol'
            ? 'Write beside it: export ERL_AFLAGS="-proto_dist inet6_tcp"'
            : 'In rel/env.sh.eex: export ERL_AFLAGS="-proto_dist inet6_tcp", export RELEASE_DISTRIBUTION=name, export RELEASE_NODE="${FLY_APP_NAME}-${FLY_IMAGE_REF##*-}@${FLY_PRIVATE_IP}", and export DNS_CLUSTER_QUERY="${FLY_APP_NAME}.internal"',
      }
    }
  },
})

function describe({kind, query, machines}: Gap): string {
  if (kind === 'protocol')
    return 'RELEASE_NODE has the IPv6 address of the machine, but Erlang speaks IPv4 to other nodes unless it is told inet6_tcp: no node reaches another'
  return query
    ? `the nodes look for each other at ${query}, but nothing sets RELEASE_NODE: each is called after its host, which is no address, and stays alone`
    : `${machines} machines run at least, and nothing sets RELEASE_NODE: their nodes cannot connect, so a broadcast reaches the users of one machine alone`
}
