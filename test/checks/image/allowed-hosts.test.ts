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

testCheck(allowedHosts, {
  clean: {
    'hosts that are allowed': project(preview, {'vite.config.ts': 'export default {preview: {allowedHosts: true}}\n'}),
    'a version that answers everybody': project(preview, {'package.json': '{"devDependencies": {"vite": "^5.0.0"}}'}),
    'another server for the files': project('["npx", "serve", "-s", "dist"]', {}),
    'a version that is not known': project(preview, {'package.json': '{}'}),
  },
  flagged: {
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
