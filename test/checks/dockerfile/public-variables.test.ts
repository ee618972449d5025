import publicVariables from '../../../checks/dockerfile/public-variables.ts'
import {testCheck} from '../../harness.ts'

const project = (name: string, dockerfile: string, files: Record<string, string>) => ({
  files: {
    'fly.toml': `app = "shop"\n[env]\n${name} = "https://example.com"\n`,
    Dockerfile: `FROM node:22\nWORKDIR /app\n${dockerfile}\n`,
    'package.json': '{"scripts": {"build": "next build"}}',
    ...files,
  },
})
const page = {'app/page.tsx': 'fetch(process.env.NEXT_PUBLIC_API)\n'}
const build = 'COPY . .\nRUN npm run build'

testCheck(publicVariables, {
  clean: {
    'declared by ARG': project('NEXT_PUBLIC_API', `ARG NEXT_PUBLIC_API=x\n${build}`, page),
    'in a file of settings': project('NEXT_PUBLIC_API', build, {...page, '.env.production': 'NEXT_PUBLIC_API=x\n'}),
    'in the RUN': project('NEXT_PUBLIC_API', 'COPY . .\nRUN NEXT_PUBLIC_API=x npm run build', page),
    'no code reads it': project('NEXT_PUBLIC_API', build, {'app/page.tsx': ''}),
    'code reads it by a name that it computes': project('NEXT_PUBLIC_API', build, {
      'app/page.tsx': 'process.env["NEXT_PUBLIC_" + name]\n',
    }),
    'a script fills it in as the app starts': project('NEXT_PUBLIC_API', build, {
      ...page,
      'start.sh': 'sed -i "s|NEXT_PUBLIC_API|$NEXT_PUBLIC_API|" .next\n',
    }),
    'the server reads it': project('VITE_API', 'COPY . .\nRUN npx vite build', {'server.ts': 'process.env.VITE_API\n'}),
    'nothing is built in the image': project('NEXT_PUBLIC_API', 'COPY . .', page),
    'the deploy hands it over': project('NEXT_PUBLIC_API', build, {
      ...page,
      Makefile: 'deploy:\n\tfly deploy --build-arg NEXT_PUBLIC_API=x\n',
    }),
  },
  flagged: {
    'in [env] alone': {
      ...project('NEXT_PUBLIC_API', build, page),
      expect: [
        'warning fly.toml:3:1 NEXT_PUBLIC_API stands in [env], which is read when the app runs: next build writes it into the pages, and does not have it',
      ],
    },
  },
})
