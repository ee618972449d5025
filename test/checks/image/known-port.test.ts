import check from '../../../checks/image/known-port.ts'
import {testCheck} from '../../harness.ts'

const config = (image: string, port: string, more = '') => ({
  'fly.toml': `app = "shop"\n${more}[build]\nimage = "${image}"\n[http_service]\n${port}\n`,
})
const own = (lines: string) => ({
  files: {'fly.toml': 'app = "shop"\n[http_service]\ninternal_port = 8080\n', Dockerfile: lines},
})

testCheck(check, {
  clean: {
    'the port of the program': {files: config('grafana/grafana', 'internal_port = 3000')},
    'another one, which a variable chooses': {
      files: config('n8nio/n8n', 'internal_port = 8080', '[env]\nN8N_PORT = "8080"\n'),
    },
    'one that is missing, which fly-config/internal-port tells': {
      files: config('grafana/grafana', 'force_https = true'),
    },
    'the port of SSH that the image without root has': {
      files: config('gitea/gitea:1.22-rootless', 'internal_port = 2222'),
    },
    'a volume that brings the configuration': {
      files: config('nats', 'internal_port = 8080', '[mounts]\nsource = "conf"\ndestination = "/etc/nats"\n'),
    },
    'one of several': {files: config('clickhouse/clickhouse-server', 'internal_port = 9000')},
    'a command of its own': {
      files: config('prom/prometheus', 'internal_port = 80', '[processes]\napp = "--web.listen-address=:80"\n'),
    },
    'a file that may choose it': {
      files: config('redis:7', 'internal_port = 1', '[[files]]\nguest_path = "/etc/redis.conf"\nraw_value = "x"\n'),
    },
    'an image that is not known': {files: config('shop/web', 'internal_port = 3000')},
    'a Dockerfile that changes something': own('FROM grafana/grafana\nENV GF_SERVER_HTTP_PORT=8080\n'),
    'a Dockerfile that brings a configuration': own('FROM prom/prometheus\nCOPY web.yml /etc/\n'),
  },
  flagged: {
    'another port': {
      files: config('louislam/uptime-kuma:1', 'internal_port = 8080'),
      expect: ['warning fly.toml:5:1 internal_port is 8080, but Uptime Kuma listens on port 3001'],
    },
    'a Dockerfile that only names the image': {
      ...own('FROM metabase/metabase:v0.52.1\nEXPOSE 8080\n'),
      expect: ['warning fly.toml:3:1 internal_port is 8080, but Metabase listens on port 3000'],
    },
  },
})
