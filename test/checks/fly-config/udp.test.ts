import udp from '../../../checks/fly-config/udp.ts'
import {testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const service = (keys: string, port: string) =>
  toml(`[[services]]\nprotocol = "udp"\n${keys}\n[[services.ports]]\n${port}\n`)

testCheck(udp, {
  clean: {
    'the same port inside and outside': service('internal_port = 53\nauto_stop_machines = "off"', 'port = 53'),
    'a range around it': service('internal_port = 10050', 'start_port = 10000\nend_port = 10100'),
    'a range': service('internal_port = 10000', 'start_port = 10000\nend_port = 10100'),
    'TCP may have another port, handlers and the stop': toml(
      '[[services]]\nprotocol = "tcp"\ninternal_port = 8080\nauto_stop_machines = "stop"\n[[services.ports]]\nport = 443\nhandlers = ["tls", "http"]\n',
    ),
    'no internal_port to differ from': service('', 'port = 53'),
  },
  flagged: {
    'a range beside the port inside': {
      ...service('internal_port = 21337', 'start_port = 10000\nend_port = 10100'),
      expect: [
        'warning fly.toml:5:1 UDP packets for the ports 10000 to 10100 reach these ports of the machine, not internal_port 21337: Fly.io changes their address only',
      ],
    },
    'another port inside': {
      ...service('internal_port = 5353', 'port = 53'),
      expect: [
        'warning fly.toml:5:1 UDP packets for port 53 reach port 53 of the machine, not internal_port 5353: Fly.io changes their address only',
      ],
    },
    handlers: {
      ...service('internal_port = 443', 'port = 443\nhandlers = ["tls"]'),
      expect: ['warning fly.toml:6:1 services[0] is UDP and has the handlers tls, which are for TCP connections'],
    },
    'a stop that packets do not prevent': {
      ...service('auto_stop_machines = true', 'port = 53'),
      expect: [
        'warning fly.toml:3:22 services[0] is UDP and has auto_stop_machines "stop": Fly.io measures connections and requests, so packets neither keep a machine running nor start it',
      ],
    },
  },
})
