import runRights from '../../../checks/dockerfile/run-rights.ts'
import {testCheck} from '../../harness.ts'

const project = (dockerfile: string, base = 'node:22-slim') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${base}\n${dockerfile}\nCMD ["node", "server.js"]\n`,
    'package.json': '{}',
    'server.js': '',
  },
})

testCheck(runRights, {
  clean: {
    'as root': project('WORKDIR /app\nCOPY . .\nRUN apt-get update && apt-get install -y curl && npm ci\nUSER node'),
    'root again': project('USER node\nUSER root\nRUN apt-get install -y curl\nUSER 1000'),
    'a user that a build argument names': project('ARG USER_NAME=root\nUSER $USER_NAME\nRUN apt-get install -y curl'),
    'root in quotes': project('USER node\nUSER "root"\nRUN apt-get install -y curl'),
    'what root has linked': project('RUN corepack enable\nUSER node\nRUN corepack enable'),
    'a global package, whose folder root gives away before': project(
      'RUN chown -R node /usr/local/lib/node_modules /usr/local/bin\nUSER node\nRUN npm install -g pm2',
    ),
    'a prefix in .npmrc': project('COPY .npmrc /home/node/.npmrc\nUSER node\nRUN npm install -g pm2'),
    'an image from before it had a USER': project('RUN apk add curl', 'n8nio/n8n:0.130.0'),
    'the libraries that there are': project('USER node\nRUN ldconfig -p | grep ssl'),
    'with sudo': project('USER node\nRUN sudo apt-get install -y curl'),
    'what only looks': project('USER node\nRUN apt-get --help; apk --version; apt-get install --dry-run curl'),
    'a WORKDIR behind USER is the user’s': project('USER node\nWORKDIR /app\nCOPY . .\nRUN npm ci'),
    'the folder is given away': project('WORKDIR /app\nRUN chown node:node .\nUSER node\nCOPY . .\nRUN npm ci'),
    'COPY makes the folder, and gives it away': project('COPY --chown=node . /app/\nUSER node\nRUN cd /app && npm ci'),
    'a folder below the home that root has made and given away': project(
      'RUN mkdir -p /home/node/app/node_modules && chown -R node:node /home/node/app\nWORKDIR /home/node/app\nCOPY package*.json ./\nUSER node\nRUN npm install\nCOPY --chown=node:node . .',
    ),
    'in its home': project('USER node\nWORKDIR /home/node\nRUN mkdir -p .cache && npm ci'),
    'a prefix of its own': project('ENV NPM_CONFIG_PREFIX=/home/node/.npm\nUSER node\nRUN npm install -g pm2'),
    'a global package of an image that may be the user’s': project('USER app\nRUN npm install -g pm2', 'shop/base'),
    'a folder that root has made': project('RUN mkdir /data && chmod 777 /data\nUSER node\nRUN mkdir -p /data/db'),
    'a folder of an image that is not known': project('WORKDIR /app\nUSER app\nRUN npm ci', 'shop/base'),
    'hosts that the machine writes when it starts': project(
      `RUN echo 'echo 10.0.0.1 db >> /etc/hosts && exec node server.js' > /start.sh`,
    ),
    'hosts that are written where that works': project('RUN echo 10.0.0.1 db >> /etc/hosts || true'),
    'hosts that are read': project('RUN cat /etc/hosts > /tmp/hosts && grep localhost /etc/resolv.conf'),
    'a folder below /etc': project('RUN mkdir -p /etc/shop && echo 10.0.0.1 db > /etc/shop/hosts'),
    'a failure that is caught': project('USER node\nRUN apt-get install -y curl || true'),
  },
  flagged: {
    'packages of the system behind USER': {
      ...project('USER node\nRUN apt-get update && apt-get install -y curl'),
      expect: [
        'error Dockerfile:3:5 this RUN runs as node, and apt-get update is for root: it ends with Permission denied',
      ],
    },
    'the user of a stage that it begins with': {
      ...project('USER 1000\nFROM one\nRUN apk add curl', 'node:22-alpine AS one'),
      expect: ['error Dockerfile:4:5 this RUN runs as 1000, and apk add is for root: it ends with Permission denied'],
    },
    'an image that does not run as root': {
      ...project('RUN apt-get install -y fonts-noto', 'gotenberg/gotenberg:8'),
      expect: [
        'error Dockerfile:2:5 this RUN runs as gotenberg, and apt-get install is for root: it ends with Permission denied',
      ],
    },
    'a name for an address': {
      ...project('RUN echo "10.0.0.1 db" >> /etc/hosts'),
      expect: [
        'error Dockerfile:2:5 this RUN writes /etc/hosts, which BuildKit mounts read-only while it builds: it ends with Read-only file system',
      ],
    },
    'a server of names': {
      ...project('RUN apt-get update && echo nameserver 1.1.1.1 | tee /etc/resolv.conf'),
      expect: [
        'error Dockerfile:2:49 this RUN writes /etc/resolv.conf, which BuildKit mounts read-only while it builds: it ends with Read-only file system',
      ],
    },
    'a global package, where root lays a program of its own beside those': {
      ...project('RUN chmod +x /usr/local/bin/helper\nUSER node\nRUN npm install -g pm2'),
      expect: [
        'error Dockerfile:4:5 this RUN runs as node, and npm install -g is for root: it ends with Permission denied',
      ],
    },
    'a global package': {
      ...project('USER node\nRUN npm install -g pm2'),
      expect: [
        'error Dockerfile:3:5 this RUN runs as node, and npm install -g is for root: it ends with Permission denied',
      ],
    },
    'links of corepack': {
      ...project('USER node\nRUN corepack enable'),
      expect: [
        'error Dockerfile:3:5 this RUN runs as node, and corepack enable is for root: it ends with Permission denied',
      ],
    },
    'a folder that WORKDIR made before USER, though COPY gives away what it brings': {
      ...project('WORKDIR /app\nCOPY --chown=node:node . .\nUSER node\nRUN npm ci'),
      expect: [
        "warning Dockerfile:5:5 this RUN runs as node, and /app is root's: npm ci cannot make node_modules there",
      ],
    },
    'a folder right under /': {
      ...project('USER node\nRUN mkdir -p /data/db'),
      expect: ["warning Dockerfile:3:5 this RUN runs as node, and / is root's: mkdir cannot make /data/db there"],
    },
  },
})
