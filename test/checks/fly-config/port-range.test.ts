import portRange from '../../../checks/fly-config/port-range.ts'
import {testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const ports = (text: string) => toml(`[[services]]\n[[services.ports]]\n${text}\n`)

testCheck(portRange, {
  clean: {
    'a port': ports('port = 443'),
    'as text': ports('port = "65535"'),
    'a range': ports('start_port = 10000\nend_port = 10100'),
    'a range of one': ports('start_port = 53\nend_port = 53'),
    '[http_service] has its own': toml('[http_service]\ninternal_port = 80\n'),
  },
  flagged: {
    'no such port': {
      ...ports('port = 80443'),
      expect: ['error fly.toml:3:1 services[0].ports[0].port is 80443, it must be from 1 to 65535'],
    },
    'port 0': {
      ...ports('port = 0'),
      expect: ['error fly.toml:3:1 services[0].ports[0].port is 0, it must be from 1 to 65535'],
    },
    'a range out of bounds: its order does not matter then': {
      ...ports('start_port = 70000\nend_port = 65000'),
      expect: ['error fly.toml:3:1 services[0].ports[0].start_port is 70000, it must be from 1 to 65535'],
    },
    'the wrong way round': {
      ...ports('start_port = 9000\nend_port = 8000'),
      expect: ['error fly.toml:3:1 services[0].ports[0] has start_port 9000 and end_port 8000: this range has no port'],
    },
    'half a range': {
      ...ports('start_port = 8000'),
      expect: [
        'warning fly.toml:3:1 services[0].ports[0] has start_port 8000 and no end_port: the range goes up to 65535',
      ],
    },
    'the other half': {
      ...ports('end_port = 8000'),
      expect: [
        'warning fly.toml:3:1 services[0].ports[0] has end_port 8000 and no start_port: the range begins with port 1',
      ],
    },
    'a port and a range': {
      ...ports('port = 80\nstart_port = 8000\nend_port = 8010'),
      expect: ['warning fly.toml:3:1 services[0].ports[0] has port 80 and the range from 8000 to 8010'],
    },
    'none of them': {
      ...ports('handlers = ["http"]'),
      expect: ['warning fly.toml:2:3 services[0].ports[0] has no port, so it takes no traffic'],
    },
  },
})
