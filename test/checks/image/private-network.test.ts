import check from '../../../checks/image/private-network.ts'
import {testCheck} from '../../harness.ts'

const web = (host: string, call = 'http://shop.internal:8000', service = '', files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[processes]\nweb = "uvicorn shop:app --host ${host} --port 8000"\n[http_service]\ninternal_port = 8000\n${service}`,
    'fly.front.toml': `app = "shop-front"\n[env]\nAPI = "${call}"\n`,
    Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install uvicorn\n',
    'shop.py': 'app = 1\n',
    ...files,
  },
})
const node = (listen: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n[http_service]\ninternal_port = 3000\n',
    'web/fly.toml': 'app = "shop-web"\n[env]\nAPI_URL = "http://iad.shop.internal:3000/api"\n',
    Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
    'server.js': `require('http').createServer((_, answer) => answer.end('ok')).${listen}\n`,
  },
})
const refused = 'the private network of Fly.io is IPv6, and the connection is refused'

testCheck(check, {
  clean: {
    'it takes IPv6': web('::'),
    'nobody calls': web('0.0.0.0', 'https://shop.fly.dev'),
    'through the proxy': web('0.0.0.0', 'http://shop.flycast'),
    'another app': web('0.0.0.0', 'http://shop-db.internal:8000'),
    'an app whose name ends so': web('0.0.0.0', 'http://my-shop.internal:8000'),
    'another port, where something may listen': web('0.0.0.0', 'http://shop.internal:8001'),
    'a list of origins': web('0.0.0.0', 'x', '', {
      'fly.front.toml': 'app = "shop-front"\n[env]\nCORS_ORIGINS = "http://shop.internal:8000"\n',
    }),
    'a query for a cluster': web('0.0.0.0', 'shop.internal'),
    'a comment': web('0.0.0.0', 'x', '', {
      'fly.front.toml':
        'app = "shop-front"\n# API is http://shop.internal:8000\n[env]\nAPI = "x" # http://shop.internal:8000\n',
    }),
    'what a script tells people': web('0.0.0.0', 'x', '', {'deploy.sh': 'echo "see http://shop.internal:8000"\n'}),
    'another group': web('0.0.0.0', 'http://jobs.process.shop.internal:8000'),
    'Node without a host': node('listen(3000)'),
    'one machine runs': web('::', undefined, 'auto_stop_machines = "stop"\nmin_machines_running = 1\n'),
    'no machine stops': web('::', undefined, 'auto_stop_machines = "off"\n'),
    'a machine that calls itself': web(
      '::',
      'x',
      'auto_stop_machines = "stop"\n[env]\nSELF = "http://shop.internal:8000"\n',
    ),
    'what stops is not called': web('::', 'https://shop.fly.dev', 'auto_stop_machines = "stop"\n'),
  },
  flagged: {
    'a server of IPv4': {
      ...web('0.0.0.0'),
      expect: [
        `warning fly.toml:3:1 [processes] web starts uvicorn on 0.0.0.0, which is IPv4 alone, and fly.front.toml calls http://shop.internal:8000: ${refused}`,
      ],
    },
    'of Node, from another folder': {
      ...node("listen(3000, '0.0.0.0')"),
      expect: [
        `warning server.js:1:62 CMD starts server.js on 0.0.0.0, which is IPv4 alone, and web/fly.toml calls http://iad.shop.internal:3000: ${refused}`,
      ],
    },
    'its group is named': {
      ...web('0.0.0.0', 'http://web.process.shop.internal:8000'),
      expect: [
        `warning fly.toml:3:1 [processes] web starts uvicorn on 0.0.0.0, which is IPv4 alone, and fly.front.toml calls http://web.process.shop.internal:8000: ${refused}`,
      ],
    },
    'a secret is set so': {
      ...web('0.0.0.0', 'x', '', {'deploy.sh': 'fly secrets set -a shop-front API_URL=http://shop.internal:8000\n'}),
      expect: [
        `warning fly.toml:3:1 [processes] web starts uvicorn on 0.0.0.0, which is IPv4 alone, and deploy.sh calls http://shop.internal:8000: ${refused}`,
      ],
    },
    'nginx of another app': {
      ...web('0.0.0.0', 'x', '', {
        'web/nginx.conf': 'server {\n  location / {\n    proxy_pass http://shop.internal:8000;\n  }\n}\n',
      }),
      expect: [
        `warning fly.toml:3:1 [processes] web starts uvicorn on 0.0.0.0, which is IPv4 alone, and web/nginx.conf calls http://shop.internal:8000: ${refused}`,
      ],
    },
    'no port is named': {
      ...web('::', 'http://shop.internal'),
      expect: [
        'warning fly.front.toml:3:8 fly.front.toml calls http://shop.internal, which is port 80, and [processes] web starts uvicorn on port 8000: nothing answers',
      ],
    },
    'all machines stop': {
      ...web('::', undefined, 'auto_stop_machines = "stop"\n'),
      expect: [
        'warning fly.toml:6:1 http_service.auto_stop_machines stops the last machine when no requests come through the proxy, and fly.front.toml calls http://shop.internal:8000, which starts none again',
      ],
    },
  },
})
