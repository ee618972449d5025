import allowedHosts from '../../../checks/image/allowed-hosts.ts'
import {testCheck} from '../../harness.ts'

const project = (command: string, files: Record<string, string>) => ({
  files: {
    'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 4173\n',
    Dockerfile: `FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ${command}\n`,
    'package.json': '{"devDependencies": {"vite": "^7.1.0"}, "scripts": {"dev": "vite --host"}}',
    ...files,
  },
})
const preview = '["npx", "vite", "preview", "--host"]'

const caddy = (sites: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n',
    Dockerfile: 'FROM caddy:2.9-alpine\nCOPY Caddyfile /etc/caddy/Caddyfile\n',
    Caddyfile: sites,
  },
})
const body = ' {\n\troot * /srv\n\tfile_server\n}\n'

const mcp = (made: string, requirement = 'mcp==1.25.0', run = 'mcp.run(transport="streamable-http")') => ({
  files: {
    'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8000\n',
    Dockerfile:
      'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "server.py"]\n',
    'requirements.txt': `${requirement}\n`,
    'server.py': `from mcp.server.fastmcp import FastMCP\n\nmcp = ${made}\n\nif __name__ == "__main__":\n    mcp.settings.host = "0.0.0.0"\n    ${run}\n`,
  },
})

testCheck(allowedHosts, {
  clean: {
    'an MCP server for every host': mcp('FastMCP("shop", host="0.0.0.0")'),
    'an MCP server that allows the name': mcp(
      'FastMCP("shop", transport_security=TransportSecuritySettings(allowed_hosts=["shop.fly.dev"]))',
    ),
    'an MCP server of an older version': mcp('FastMCP("shop")', 'mcp==1.22.0'),
    'an MCP server of a version that is not known': mcp('FastMCP("shop")', 'mcp>=1.2'),
    'an MCP server on its input': mcp('FastMCP("shop")', 'mcp==1.25.0', 'mcp.run()'),
    'Caddy for all hosts': caddy(`:8080${body}`),
    'Caddy for all hosts, and for one': caddy(`localhost:8080${body}http://:8080${body}`),
    'Caddy for a domain': caddy(`http://shop.example:8080${body}`),
    'Caddy for one that a variable names': caddy(`{$HOST}:8080${body}`),
    'Caddy for hosts of a domain': caddy(`*.fly.dev:8080${body}`),
    'Caddy on another port': caddy(`*:9090${body}`),
    'hosts that are allowed': project(preview, {'vite.config.ts': 'export default {preview: {allowedHosts: true}}\n'}),
    'a version that answers everybody': project(preview, {'package.json': '{"devDependencies": {"vite": "^5.0.0"}}'}),
    'another server for the files': project('["npx", "serve", "-s", "dist"]', {}),
    'a version that is not known': project(preview, {'package.json': '{}'}),
  },
  flagged: {
    'an MCP server without a host': {
      ...mcp('FastMCP("shop")'),
      expect: [
        'warning server.py:3:7 this MCP server is made for 127.0.0.1, as it is given no host: mcp 1.25.0 answers 421 "Invalid Host header" to everybody who asks for shop.fly.dev',
      ],
    },
    'Caddy for one word': {
      ...caddy(`*:8080${body}`),
      expect: [
        'warning Caddyfile:1:1 the sites of Caddy are for * alone, and * is one word without a dot: everybody who asks for shop.fly.dev gets no page',
      ],
    },
    'Caddy for the machine itself': {
      ...caddy(`http://localhost:8080, http://127.0.0.1:8080${body}`),
      expect: [
        'warning Caddyfile:1:1 the sites of Caddy are for localhost and 127.0.0.1 alone: everybody who asks for shop.fly.dev gets no page',
      ],
    },
    'vite preview': {
      ...project(preview, {'vite.config.ts': 'export default {}\n'}),
      expect: [
        'warning Dockerfile:4:1 vite preview answers 403 "Blocked request" to everybody who asks for shop.fly.dev: vite.config.ts allows no hosts',
      ],
    },
    'the server for development': {
      ...project('["npm", "run", "dev"]', {}),
      expect: [
        'warning package.json:1:53 vite dev answers 403 "Blocked request" to everybody who asks for shop.fly.dev: there is no vite.config that allows other hosts',
      ],
    },
  },
})
