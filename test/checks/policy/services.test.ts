import services from '../../../checks/policy/services.ts'
import {testCheck} from '../../harness.ts'

const project = (policy: string, service: string, header = '[http_service]') => ({
  files: {
    'fly.toml': `app = "shop"\n${header}\ninternal_port = 8080\n${service}`,
    'preflight.toml': `[policy.services]\n${policy}`,
  },
})
const port80 = (more = '') => `[[services.ports]]\nport = 80\nhandlers = ["http"]\n${more}`

testCheck(services, {
  clean: {
    'https is forced': project('force-https = true\n', 'force_https = true\n'),
    'https is forced on the port that speaks plain HTTP': project(
      'force-https = true\n',
      `${port80('force_https = true\n')}[[services.ports]]\nport = 443\nhandlers = ["http", "tls"]\n`,
      '[[services]]',
    ),
    'a port that speaks no HTTP': project(
      'force-https = true\n',
      '[[services.ports]]\nport = 5432\nhandlers = ["pg_tls"]\n',
      '[[services]]',
    ),
    'a rule that is false': project('force-https = false\nhealth-checks = false\n', ''),
    'a health check of the service': project('health-checks = true\n', '[[http_service.checks]]\npath = "/"\n'),
    'a health check of the group': project('health-checks = true\n', '[checks.up]\ntype = "tcp"\nport = 8080\n'),
    'idle machines are not stopped, which needs no word': project('auto-stop = "off"\n', ''),
    'suspended is stopped too': project('auto-stop = "on"\n', 'auto_stop_machines = "suspend"\n'),
    'no machine is stopped, and so each one runs': project('min-machines-running = 2\n', ''),
    'a service over UDP': project(
      'health-checks = true\n',
      'protocol = "udp"\n[[services.ports]]\nport = 53\n',
      '[[services]]',
    ),
  },
  flagged: {
    'plain HTTP is served': {
      ...project('force-https = true\n', 'force_https = false\n'),
      expect: [
        'error fly.toml:4:1 http_service.force_https is false, [policy.services] demands that plain HTTP is redirected to https',
      ],
    },
    'plain HTTP is served on a port': {
      ...project('force-https = true\n', port80(), '[[services]]'),
      expect: [
        'error fly.toml:4:3 services[0].ports[0].force_https is not set, [policy.services] demands that plain HTTP is redirected to https',
      ],
    },
    'no health check': {
      ...project('health-checks = true\n', ''),
      expect: [
        'error fly.toml:2:2 http_service has no health check for the process group app, [policy.services] demands one',
      ],
    },
    'machines that are stopped': {
      ...project('auto-stop = "off"\n', 'auto_stop_machines = true\n'),
      expect: [
        'error fly.toml:4:1 http_service.auto_stop_machines is "stop", [policy.services] demands that idle machines are left running',
      ],
    },
    'machines that are not': {
      ...project('auto-stop = "on"\n', ''),
      expect: [
        'error fly.toml:2:2 http_service.auto_stop_machines is "off", [policy.services] demands that idle machines are stopped',
      ],
    },
    'too few that always run': {
      ...project('min-machines-running = 2\n', 'auto_stop_machines = "stop"\nmin_machines_running = 1\n'),
      expect: ['error fly.toml:5:1 http_service.min_machines_running is 1, [policy.services] demands at least 2'],
    },
  },
  skipped: {'no policy': {files: {'fly.toml': 'app = "shop"\n'}, reason: '[policy.services] has no rule'}},
})
