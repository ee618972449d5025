import copyTarget from '../../../checks/dockerfile/copy-target.ts'
import {testCheck} from '../../harness.ts'

const members = {
  'packages/api/package.json': '{"name": "api"}',
  'packages/web/package.json': '{"name": "web"}',
}
const project = (instructions: string, files: Record<string, string> = members) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /repo\n${instructions}\n`,
    ...files,
  },
})

testCheck(copyTarget, {
  clean: {
    'each by its name': project(
      'COPY packages/api/package.json packages/api/\nCOPY packages/web/package.json packages/web/',
    ),
    '--parents keeps the folders': project('COPY --parents packages/*/package.json ./'),
    'files of different names': project('COPY packages/*/*.csproj ./', {
      'packages/api/api.csproj': '',
      'packages/web/web.csproj': '',
    }),
    'one of them alone': project('COPY packages/*/package.json ./packages/', {'packages/api/package.json': '{}'}),
    'all but one are left out of the context': project('COPY packages/*/package.json ./packages/', {
      ...members,
      '.dockerignore': 'packages/web\n',
    }),
    'folders, whose contents are laid together': project('COPY packages/*/src ./src/', {
      'packages/api/src/a.js': '',
      'packages/web/src/b.js': '',
    }),
    'folders with a point in their names': project('COPY mods/*/conf.d /etc/conf.d/', {
      'mods/a/conf.d/a.conf': '',
      'mods/b/conf.d/b.conf': '',
    }),
    'a file that is named, and found by a pattern, too': project('COPY package.json package*.json ./', {
      'package.json': '{}',
    }),
    'a folder that may have such a name': project('COPY *.js ./app/[id]/', {'index.js': ''}),
    'a stage that nothing needs': project(
      'FROM build AS other\nCOPY packages/*/package.json ./packages/*/\nFROM node:22-slim',
    ),
    'what is laid there is not known': project('ARG FOLDER\nCOPY packages/*/package.json ./$FOLDER/'),
  },
  flagged: {
    'a pattern in the destination': {
      ...project('COPY packages/*/package.json ./packages/*/'),
      expect: [
        'warning Dockerfile:3:1 COPY lays all 2 files of packages/*/package.json in one folder, which is really called ./packages/*/: Docker fills in no * there',
      ],
    },
    'from another stage': {
      ...project('FROM node:22-slim\nCOPY --from=build /repo/packages/*/dist ./packages/*/dist/'),
      expect: [
        'warning Dockerfile:4:1 COPY lays /repo/packages/*/dist in one folder, which is really called ./packages/*/dist/: Docker fills in no * there',
      ],
    },
    'one over the other': {
      ...project('COPY packages/*/package.json ./packages/'),
      expect: [
        'warning Dockerfile:3:1 COPY lays packages/api/package.json, packages/web/package.json at the same place, ./packages/package.json: the last one stays, the others are lost',
      ],
    },
    'over one that is named': {
      ...project('COPY ["package.json", "packages/*/package.json", "./"]', {...members, 'package.json': '{}'}),
      expect: [
        'warning Dockerfile:3:1 COPY lays package.json, packages/api/package.json, packages/web/package.json at the same place, ./package.json: the last one stays, the others are lost',
      ],
    },
  },
})
