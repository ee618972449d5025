import ips from '../../../checks/live/ips.ts'
import {testCheck} from '../../harness.ts'
import {neverDeployed} from '../../machines.ts'

const http = {'fly.toml': 'app = "shop"\n[http_service]\ninternal_port = 8080\n'}
const service = (protocol: string, ...port: string[]) => ({
  'fly.toml': ['app = "shop"', '[[services]]', `protocol = "${protocol}"`, 'internal_port = 53', '[[services.ports]]']
    .concat(port, '')
    .join('\n'),
})
const has = (...types: string[]) => ({
  'ips list -a shop': JSON.stringify(types.map((Type, index) => ({Address: `address-${index}`, Type}))),
})

testCheck(ips, {
  clean: {
    'shared addresses are enough for HTTP': {files: http, answers: has('v6', 'shared_v4')},
    'IPv6 alone': {files: http, answers: has('v6')},
    'Flycast alone is meant for other apps': {files: http, answers: has('private_v6')},
    'UDP with an address of its own': {files: service('udp', 'port = 53'), answers: has('v4')},
    'TLS on another port: the proxy sees the name': {
      files: service('tcp', 'port = 8443', 'handlers = ["tls"]'),
      answers: has('v6', 'shared_v4'),
    },
  },
  flagged: {
    'no address at all': {
      files: http,
      answers: has(),
      expect: [
        'warning ips(shop) shop has no address: no request reaches http_service, however healthy the machines are',
      ],
    },
    'null for an empty list': {
      files: http,
      answers: {'ips list -a shop': 'null'},
      expect: [
        'warning ips(shop) shop has no address: no request reaches http_service, however healthy the machines are',
      ],
    },
    'addresses that only leave': {
      files: http,
      answers: has('egress_v4', 'egress_v6'),
      expect: [
        'warning ips(shop) shop has no address: no request reaches http_service, however healthy the machines are',
      ],
    },
    'UDP on a shared address': {
      files: service('udp', 'port = 53'),
      answers: has('v6', 'shared_v4'),
      expect: [
        'warning fly.toml:3:1 services[0] is UDP, and shop has no IPv4 address of its own: no packet reaches it',
      ],
    },
    'plain TCP on a shared address': {
      files: service('tcp', 'port = 5432'),
      answers: has('v6', 'shared_v4'),
      expect: [
        'warning fly.toml:5:3 services[0] has port 5432, and shop has no IPv4 address of its own: who has no IPv6 does not reach it',
      ],
    },
  },
  skipped: {
    'no service': {files: {'fly.toml': 'app = "shop"\n'}, reason: 'the configuration has no service'},
    'the first deploy': {
      files: http,
      answers: {...has(), ...neverDeployed},
      reason: 'the first deploy gives the app its addresses',
    },
  },
})
