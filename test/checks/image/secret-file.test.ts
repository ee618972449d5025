import secretFile from '../../../checks/image/secret-file.ts'
import {testCheck} from '../../harness.ts'

const project = (files: Record<string, string>, dockerfile = 'COPY . .\n') => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile: `FROM node:22-slim\nWORKDIR /app\n${dockerfile}`, ...files},
})
const value = 'f81d4fae7dec11d0a76500a0c91e6bf6'
const env = `PORT=8080\nAPI_KEY=${value}\n`
const key = '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n'

testCheck(secretFile, {
  clean: {
    'left out': project({'.env': env, '.dockerignore': '.env\n'}),
    'not copied': project({'.env': env, 'src/a.js': ''}, 'COPY src src\n'),
    'an example': project({'.env.example': env}),
    'no secrets': project({'.env': 'PORT=8080\nAPI_URL=https://example.com/v1\n'}),
    'a value that stands for one': project({'.env': 'API_KEY=your-api-key-goes-here-123\nJWT_SECRET=$OTHER\n'}),
    'a key for the browser': project({'.env': `VITE_PUBLIC_KEY=${value}\n`}),
    'a certificate': project({'ca.pem': '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n'}),
    'a token that the environment fills in': project({'.npmrc': '//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n'}),
    'the password of a neighbour in docker compose': project({
      '.env': 'DATABASE_URL=postgres://app:k8x2m9@database:5432/app\n',
    }),
    'the defaults of Symfony': project({
      '.env': env,
      '.env.dev': env,
      'composer.json': '{"require": {"symfony/dotenv": "7.1.*"}}\n',
    }),
    'a key of the tests': project({'tests/key.pem': key}),
    'in another stage alone': project(
      {'.env': env},
      'COPY . .\nRUN npm run build\nFROM node:22-slim\nCOPY --from=0 /app/dist .\n',
    ),
    'taken away again': project({'.env': env}, 'COPY . .\nRUN rm .env\n'),
  },
  flagged: {
    'an environment': {
      ...project({'.env': env}),
      expect: ['warning Dockerfile:3:1 .env holds API_KEY, and is at /app/.env in the image'],
    },
    'a password in an address': {
      ...project({'.env.production': 'DATABASE_URL=postgres://shop:k8x2m9@db.internal/shop\n'}),
      expect: [
        'warning Dockerfile:3:1 .env.production holds DATABASE_URL, and is at /app/.env.production in the image',
      ],
    },
    'what Symfony keeps apart': {
      ...project({'.env.local': env, 'composer.json': '{"require": {"symfony/dotenv": "7.1.*"}}\n'}),
      expect: ['warning Dockerfile:3:1 .env.local holds API_KEY, and is at /app/.env.local in the image'],
    },
    'a private key': {
      ...project({'certs/server.pem': key}, 'COPY certs /certs\n'),
      expect: ['warning Dockerfile:3:1 certs/server.pem holds a private key, and is at /certs/server.pem in the image'],
    },
    'a token of npm': {
      ...project({'.npmrc': `//registry.npmjs.org/:_authToken=${value}\n`}),
      expect: ['warning Dockerfile:3:1 .npmrc holds a token, and is at /app/.npmrc in the image'],
    },
  },
})
