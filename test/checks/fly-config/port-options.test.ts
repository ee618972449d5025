import portOptions from '../../../checks/fly-config/port-options.ts'
import {testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const ports = (text: string) => toml(`[[services]]\n[[services.ports]]\n${text}\n`)

testCheck(portOptions, {
  clean: {
    'each option with its handler': ports(
      'port = 443\nhandlers = ["tls", "http", "proxy_proto"]\nforce_https = true\nhttp_options = {compress = true}\n' +
        'tls_options = {versions = ["TLSv1.2", "TLSv1.3"], alpn = ["h2"]}\nproxy_proto_options = {version = "v2"}',
    ),
    '[http_service] has both handlers': toml(
      '[http_service]\nforce_https = true\n[http_service.tls_options]\nversions = ["TLSv1.3"]\n[http_service.http_options]\nh2_backend = true\n',
    ),
    'no redirect': ports('port = 5432\nforce_https = false'),
    'wrong handlers, which are told by themselves': ports(
      'port = 443\nhandlers = ["https"]\nforce_https = true\n[[services.ports]]\nport = 443\nhandlers = ["http"]\ntls_options = {alpn = ["h2"]}',
    ),
    'a redirect to the port of another service': toml(
      '[[services]]\n[[services.ports]]\nport = 80\nhandlers = ["http"]\nforce_https = true\n[[services]]\n[[services.ports]]\nstart_port = 400\nend_port = 500\n',
    ),
    'nothing in it': ports('port = 5432\nhttp_options = {}'),
    'the TLS of Postgres': ports('port = 5432\nhandlers = ["pg_tls"]\ntls_options = {alpn = ["postgresql"]}'),
  },
  flagged: {
    'a redirect without HTTP': {
      ...ports('port = 5432\nforce_https = true'),
      expect: [
        "warning fly.toml:4:1 services[0].ports[0].force_https needs the handler http, and the port has none: by Fly.io's documentation such a deploy fails",
      ],
    },
    'a redirect to a port that no service has': {
      ...ports('port = 80\nhandlers = ["http"]\nforce_https = true'),
      expect: [
        'warning fly.toml:5:1 services[0].ports[0].force_https sends each request to https://, and no service has port 443: nobody gets an answer',
      ],
    },
    'options of other handlers': {
      ...ports(
        'port = 80\nhandlers = ["http"]\ntls_options = {alpn = ["h2"]}\nproxy_proto_options = {version = "v1"}\n' +
          '[[services.ports]]\nport = 8443\nhandlers = ["tls"]\nhttp_options = {compress = true}',
      ),
      expect: [
        'warning fly.toml:5:1 services[0].ports[0].tls_options needs the handler tls, and the port has only http: it has no effect',
        'warning fly.toml:6:1 services[0].ports[0].proxy_proto_options needs the handler proxy_proto, and the port has only http: it has no effect',
        'warning fly.toml:10:1 services[0].ports[1].http_options needs the handler http, and the port has only tls: it has no effect',
      ],
    },
    'values that are none': {
      ...toml(
        '[http_service]\n[http_service.tls_options]\nversions = ["TLSv1.3", "1.2"]\n' +
          '[[http_service.http_options.replay_cache]]\ntype = "query"\nttl_seconds = 5\n',
      ),
      expect: [
        'warning fly.toml:3:24 http_service.tls_options.versions[1] is "1.2", it must be "TLSv1.2" or "TLSv1.3"',
        'warning fly.toml:5:8 http_service.http_options.replay_cache[0].type is "query", it must be "cookie" or "header"',
        'warning fly.toml:6:1 http_service.http_options.replay_cache[0].ttl_seconds is 5, it must be 10 or more',
      ],
    },
    'a protocol that is not HTTP': {
      ...ports('port = 5061\nhandlers = ["tls"]\ntls_options = {alpn = ["sip"]}'),
      expect: [
        'warning fly.toml:5:24 services[0].ports[0].tls_options.alpn[0] is "sip", it must be "h2" or "http/1.1"',
      ],
    },
    'a version of the PROXY protocol': {
      ...ports('port = 80\nhandlers = ["proxy_proto"]\nproxy_proto_options = {version = "2"}'),
      expect: [
        'warning fly.toml:5:34 services[0].ports[0].proxy_proto_options.version is "2", it must be "v1" or "v2"',
      ],
    },
  },
})
