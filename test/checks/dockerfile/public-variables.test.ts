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

const site = (code: string, dockerfile = build, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22\nWORKDIR /app\n${dockerfile}\n`,
    'package.json': '{"scripts": {"build": "vite build"}}',
    'src/api.ts': code,
    ...files,
  },
})
const plain = 'fetch(import.meta.env.VITE_API_URL)\n'
const local = 'export const api = import.meta.env.VITE_API_URL || "http://localhost:8000"\n'

const router = (dockerfile: string, code: string, start = 'react-router build') =>
  project('VITE_API', dockerfile, {'package.json': JSON.stringify({scripts: {build: start}}), 'app/api.ts': code})
const byKey = "fetch(import.meta.env['VITE_API']!)\n"

const nextConfig = (code: string) => ({'next.config.mjs': `export default {\n  async rewrites() {\n${code}\n  },\n}\n`})
const toBackend = (address: string) => `    return [{source: '/api/:path*', destination: ${address}}]`
const atHome = '    const backend = process.env.BACKEND_URL || "http://localhost:8000"\n'

/** A workflow whose step deploys with a variable in its environment. */
const deployed = (
  run: string,
  env: string,
  dockerfile = build,
  code = 'createClient(process.env.NEXT_PUBLIC_KEY)\n',
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22\nWORKDIR /app\n${dockerfile}\n`,
    'package.json': '{"scripts": {"build": "next build"}}',
    'app/page.tsx': code,
    '.github/workflows/fly.yml': `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    env:\n      NEXT_PUBLIC_JOB: x\n    steps:\n      - uses: actions/checkout@v4\n      - uses: superfly/flyctl-actions/setup-flyctl@master\n      - run: ${run}\n        env:\n          FLY_API_TOKEN: \${{ secrets.FLY_API_TOKEN }}\n          ${env}: \${{ secrets.KEY }}\n`,
  },
})

/** Of two apps of one build, of which the other one's configuration gives it something. */
const twoApps = (args: string, own = '', code = 'connect(import.meta.env.VITE_KEY)\n', lines = 'ARG VITE_KEY\n') => ({
  files: {
    ...site(code, `${lines}${build}`).files,
    'fly.toml': `app = "shop"\n[build]\n${own}`,
    'fly.staging.toml': `app = "shop-staging"\n[build.args]\n${args}\n`,
  },
})

/** An app with Clerk around its pages. */
const clerk = (dockerfile: string, more = '', tag = '<ClerkProvider>') => ({
  files: {
    'fly.toml': `app = "shop"\n${more}`,
    Dockerfile: `FROM node:22\nWORKDIR /app\n${dockerfile}\n`,
    'package.json': '{"scripts": {"build": "next build"}}',
    'app/layout.tsx': `import {ClerkProvider} from '@clerk/nextjs'\nexport default ({children}) => ${tag}{children}</ClerkProvider>\n`,
  },
})
/** Pages that a workflow builds, of which the image takes what comes out. */
const prebuilt = (step: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM nginx:alpine\nCOPY dist /usr/share/nginx/html\n',
    'package.json': '{"scripts": {"build": "tsc && vite build"}}',
    'src/api.ts': local,
    '.github/workflows/fly.yml': `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: npm ci\n${step}      - uses: superfly/flyctl-actions/setup-flyctl@master\n      - run: flyctl deploy --remote-only\n        env:\n          FLY_API_TOKEN: \${{ secrets.FLY_API_TOKEN }}\n`,
    ...files,
  },
})
const clerkKey = 'NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY'

testCheck(publicVariables, {
  clean: {
    '.env.production is in the image': site(plain, build, {'.env.production': 'VITE_API_URL=https://a.example\n'}),
    '.env.production is left out, and has no value': site(plain, build, {
      '.env.production': 'VITE_OTHER=\n',
      '.dockerignore': '.env*\n',
    }),
    '.env.production is left out, and [build.args] has the value': site(
      plain,
      'ARG VITE_API_URL=https://a.example\nCOPY . .\nRUN npm run build',
      {'.env.production': 'VITE_API_URL=https://a.example\n', '.dockerignore': '.env*\n'},
    ),
    'the build is one for another mode': site(plain, 'COPY . .\nRUN npx vite build --mode staging', {
      '.env.production': 'VITE_API_URL=https://a.example\n',
      '.dockerignore': '.env*\n',
    }),
    'a workflow whose build knows the address': prebuilt(
      '      - run: npm run build\n        env:\n          VITE_API_URL: https://api.example.com\n',
    ),
    'a workflow that writes it into a file': prebuilt(
      '      - run: echo VITE_API_URL=https://api.example.com > .env.production && npm run build\n',
    ),
    'a workflow, and a file with it': prebuilt('      - run: npm run build\n', {
      '.env.production': 'VITE_API_URL=https://api.example.com\n',
    }),
    'a workflow that builds in another folder': prebuilt(
      '      - run: npm run build\n        working-directory: web\n',
    ),
    'a folder of pages that git has': prebuilt('      - run: npm run build\n', {'dist/index.html': ''}),
    'a key of Clerk that the build has': clerk(
      build.replace('RUN', `ARG ${clerkKey}\nRUN`),
      `[build.args]\n${clerkKey} = "pk_live_x"\n`,
    ),
    'a key of Clerk that whoever deploys hands over': clerk(build.replace('RUN', `ARG ${clerkKey}\nRUN`)),
    'a key of Clerk in the code': clerk(build, '', '<ClerkProvider publishableKey="pk_live_x">'),
    'settings of Clerk from elsewhere': clerk(build, '', '<ClerkProvider {...settings}>'),
    'an address of its own, which the other app replaces': twoApps(
      'VITE_KEY = "https://staging.example.com"',
      '',
      'fetch(import.meta.env.VITE_KEY || "https://api.example.com")\n',
    ),
    'a program that deploys': project('NEXT_PUBLIC_API', `ARG NEXT_PUBLIC_API\n${build}`, {
      ...page,
      'deploy.mjs': 'execSync(`fly deploy --build-arg NEXT_PUBLIC_API=${url}`)\n',
    }),
    'what the server hands out counts first': project('NEXT_PUBLIC_API', build, {
      'app/page.tsx': 'fetch(window.ENV?.NEXT_PUBLIC_API ?? process.env.NEXT_PUBLIC_API)\n',
    }),
    'built anew when it starts': project(
      'NEXT_PUBLIC_API',
      `${build}\nCMD ["sh", "-c", "npm run build && npm start"]`,
      page,
    ),
    'a program beside the app, or a route of the server': project('NEXT_PUBLIC_API', build, {
      'scripts/sitemap.ts': page['app/page.tsx'],
      'app/feed/route.ts': page['app/page.tsx'],
    }),
    'given to each app of a build': twoApps('VITE_KEY = "a"', '[build.args]\nVITE_KEY = "b"\n'),
    'an ARG with a value, beside another app': twoApps('VITE_KEY = "a"', '', undefined, 'ARG VITE_KEY=b\n'),
    'one that the other app has more': twoApps(
      'VITE_KEY = "a"\nVITE_B = "b"',
      '[build.args]\nVITE_B = "c"\n',
      undefined,
      'ARG VITE_KEY\nARG VITE_B\n',
    ),
    'what one app may do without': twoApps(
      'VITE_SENTRY_DSN = "a"',
      '',
      'init(import.meta.env.VITE_SENTRY_DSN)\n',
      'ARG VITE_SENTRY_DSN\n',
    ),
    'what no code reads': twoApps('VITE_KEY = "a"', '', 'start()\n'),
    'without an ARG, of which the build of the other app knows nothing either': twoApps(
      'VITE_KEY = "a"',
      '',
      undefined,
      '',
    ),
    'an ENV of an ARG that [build.args] fills': {
      files: {
        ...router(`ARG VITE_API\nENV VITE_API=$VITE_API\n${build}`, byKey).files,
        'fly.toml': 'app = "shop"\n[env]\nVITE_API = "https://a.com"\n[build.args]\nVITE_API = "https://a.com"\n',
      },
    },
    'an ENV of an ARG with a value': router(`ARG VITE_API=https://a.com\nENV VITE_API=$VITE_API\n${build}`, byKey),
    'an ENV that is empty on purpose': router(`ENV VITE_API=\n${build}`, byKey),
    'another object by its key': router(build, "fetch(settings['VITE_API'])\n"),
    'Remix without Vite': router(build, byKey, 'remix build'),
    'rewrites to an address that the build has': project(
      'BACKEND_URL',
      `ARG BACKEND_URL=https://example.com\n${build}`,
      nextConfig(atHome + toBackend('`${backend}/:path*`')),
    ),
    'rewrites to an address in a file of settings': project('BACKEND_URL', build, {
      ...nextConfig(atHome + toBackend('`${backend}/:path*`')),
      '.env.production': 'BACKEND_URL=https://example.com\n',
    }),
    'rewrites for the computer at home alone': project(
      'BACKEND_URL',
      build,
      nextConfig(
        `    if (process.env.NODE_ENV === 'production') return []\n${atHome}${toBackend('`${backend}/:path*`')}`,
      ),
    ),
    'rewrites to the address that [env] says, too': project(
      'BACKEND_URL',
      build,
      nextConfig(toBackend("(process.env.BACKEND_URL ?? 'https://example.com') + '/:path*'")),
    ),
    'rewrites to an address that nothing else gives': project(
      'OTHER',
      build,
      nextConfig(atHome + toBackend('`${backend}/x`')),
    ),
    'a variable of the server beside rewrites': project('DATABASE_URL', build, {
      ...nextConfig(toBackend("'/other/:path*'")),
      'lib/db.ts': 'connect(process.env.DATABASE_URL)\n',
    }),
    'the machines build themselves': project(
      'BACKEND_URL',
      'COPY . .\nCMD npm run build && npm start',
      nextConfig(atHome + toBackend('`${backend}/:path*`')),
    ),
    'taken for granted, and given by ARG': site('connect(import.meta.env.VITE_KEY!)\n', `ARG VITE_KEY\n${build}`),
    'taken for granted, where the server of Next.js may read it': project('OTHER', build, {
      'lib/db.ts': 'export const key = process.env.NEXT_PUBLIC_KEY!\n',
    }),
    'taken for granted behind a question': site('if (import.meta.env.VITE_KEY) connect(import.meta.env.VITE_KEY!)\n'),
    'one that is compared': site('export const isOn = import.meta.env.VITE_KEY !== "off"\n'),
    'a default behind a cast': site("connect((import.meta.env.VITE_KEY as string) || 'none')\n"),
    'one that may be missing, by its type': site('connect(import.meta.env.VITE_KEY as string | undefined)\n'),
    'taken for granted in a test': site('', build, {'src/api.test.ts': 'connect(import.meta.env.VITE_KEY!)\n'}),
    'the step that deploys hands it over': deployed(
      'flyctl deploy --build-arg NEXT_PUBLIC_KEY="$NEXT_PUBLIC_KEY"',
      'NEXT_PUBLIC_KEY',
      `ARG NEXT_PUBLIC_KEY\n${build}`,
    ),
    'the step writes it into a file': deployed(
      'env | grep NEXT_PUBLIC_KEY > .env.production && flyctl deploy',
      'NEXT_PUBLIC_KEY',
    ),
    'the step has a variable that is for no page': deployed('flyctl deploy', 'KEY'),
    'no page reads it': deployed('flyctl deploy', 'NEXT_PUBLIC_KEY', build, 'createClient()\n'),
    'ARG gives it a value': deployed('flyctl deploy', 'NEXT_PUBLIC_KEY', `ARG NEXT_PUBLIC_KEY=pk_live\n${build}`),
    'the whole job has it, for other steps': deployed(
      'flyctl deploy',
      'KEY',
      build,
      'createClient(process.env.NEXT_PUBLIC_JOB)\n',
    ),
    'localhost in development alone': site(
      'export const api = import.meta.env.DEV ? import.meta.env.VITE_API_URL || "http://localhost:8000" : "/api"\n',
    ),
    'the same address as the page': site('export const api = import.meta.env.VITE_API_URL ?? ""\n'),
    'no address is the same as that of the page': site(
      'export const api = axios.create({baseURL: import.meta.env.VITE_API_URL})\n',
    ),
    'an ARG of localhost that [build.args] gives anew': site(
      plain,
      `ARG VITE_API_URL=http://localhost:8000\n${build}`,
      {
        'fly.toml': 'app = "shop"\n[build.args]\nVITE_API_URL = "https://api.example.com"\n',
      },
    ),
    'an ARG of localhost that the deploy gives anew': site(plain, `ARG VITE_API_URL=http://localhost:8000\n${build}`, {
      'deploy.sh': 'fly deploy --build-arg VITE_API_URL=https://api.example.com\n',
    }),
    'an ARG that the own deploy hands over': site(plain, `ARG VITE_API_URL\n${build}`, {
      'deploy.sh': 'fly deploy --build-arg VITE_API_URL=https://api.example.com\n',
    }),
    'localhost, and an ARG that a deploy by hand gives': site(local, `ARG VITE_API_URL\n${build}`),
    'localhost, and a file of settings': site(local, build, {'.env.production': 'VITE_API_URL=https://x\n'}),
    'localhost, where the code asks elsewhere whether it is there': site(local, build, {
      'src/url.ts': 'export const url = () => import.meta.env.VITE_API_URL ? "https://a" : "/"\n',
    }),
    'localhost for a name that is no address of a server': site(
      'export const url = import.meta.env.VITE_DOCS_URL || "http://localhost:8000"\n',
    ),
    'the server of Next.js, which reads what the machine has': project('OTHER', build, {
      'app/orders/page.tsx': 'const api = process.env.NEXT_PUBLIC_API_URL || "http://localhost:8000"\n',
    }),
    'asked for before it is used': site(
      'const api = import.meta.env.VITE_API_URL\nif (!api) console.warn("no address")\nelse fetch(`${api}/orders`)\n',
    ),
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
    'values of .env.production, which .dockerignore leaves out': {
      ...site('fetch(`${import.meta.env.VITE_API_URL}/orders`)\n', build, {
        '.env.production': '# the pages\nVITE_API_URL=https://api.example.com\nVITE_UNUSED=1\n',
        '.dockerignore': '.env*\n',
      }),
      expect: [
        'warning .dockerignore:1:1 .env.production gives VITE_API_URL a value, and .dockerignore leaves that file out of the build: vite build writes it into the pages, and does not have it',
      ],
    },
    'values of .env.production that no COPY brings': {
      ...site(
        'fetch(`${import.meta.env.VITE_API_URL}/orders`)\n',
        'COPY package.json .\nCOPY src src\nRUN npm run build',
        {
          '.env.production': 'VITE_API_URL=https://api.example.com\n',
        },
      ),
      expect: [
        'warning .env.production:1:1 .env.production gives VITE_API_URL a value, and the image does not have that file: vite build writes it into the pages, and does not have it',
      ],
    },
    'values of .env, of the second app that is built; one is told for all': {
      ...site('export {}\n', 'COPY . .\nRUN npm run build\nRUN cd shop && npm run build', {
        'shop/package.json': '{"scripts": {"build": "vite build"}}',
        'shop/src/api.ts':
          'fetch(import.meta.env.VITE_API_URL + import.meta.env.VITE_SHOP + import.meta.env.VITE_LOCAL)\n',
        'shop/.env': 'VITE_LOCAL=http://localhost:3000\nVITE_API_URL=https://api.example.com\nVITE_SHOP=1\n',
        '.dockerignore': 'node_modules\n**/.env*\n',
      }),
      expect: [
        'warning .dockerignore:2:1 shop/.env gives VITE_API_URL a value, and .dockerignore leaves that file out of the build: vite build writes it into the pages, and does not have it',
      ],
    },
    'a workflow whose build does not know the address': {
      ...prebuilt('      - run: npm run build\n'),
      expect: [
        'warning .github/workflows/fly.yml:8:7 vite build writes VITE_API_URL into the pages, and nothing gives it a value there: they call http://localhost:8000',
      ],
    },
    'a key of Clerk that nothing gives': {
      ...clerk(build),
      expect: [
        'warning Dockerfile:1:1 next build writes NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY into the pages, and nothing gives it a value there: the code cannot do without it, and gets undefined',
      ],
    },
    'a key of Clerk without a value': {
      ...clerk(
        build.replace('RUN', `ARG ${clerkKey}\nENV ${clerkKey}=$${clerkKey}\nRUN`),
        `[build.args]\n${clerkKey} = ""\n`,
      ),
      expect: [
        'warning fly.toml:3:1 NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY has no value under [build.args]: next build writes it into the pages, and does not have it',
      ],
    },
    'the configuration of another app alone gives it': {
      ...twoApps('VITE_KEY = "a"', '', undefined, 'ARG VITE_KEY\nENV VITE_KEY=$VITE_KEY\n'),
      expect: [
        'warning fly.toml:2:2 fly.staging.toml gives VITE_KEY to the build, and this configuration does not: vite build writes it into the pages, and does not have it',
      ],
    },
    'an ARG that no deploy of the project hands over': {
      ...site(local, `ARG VITE_API_URL\n${build}`, {'deploy.sh': 'fly deploy --remote-only\n'}),
      expect: [
        'warning Dockerfile:1:1 vite build writes VITE_API_URL into the pages, and nothing gives it a value there: they call http://localhost:8000',
      ],
    },
    'an ARG that is the computer at home': {
      ...site(plain, `ARG VITE_API_URL=http://localhost:8000\n${build}`),
      expect: [
        'warning Dockerfile:1:1 vite build writes VITE_API_URL into the pages, and nothing gives it a value there: they call http://localhost:8000',
      ],
    },
    'an ENV of an ARG that nothing fills': {
      ...router(`ARG VITE_API\nENV VITE_API=$VITE_API\n${build}`, byKey),
      expect: [
        'warning fly.toml:3:1 VITE_API stands in [env], which is read when the app runs: react-router build writes it into the pages, and does not have it',
      ],
    },
    'Remix with Vite': {
      ...router(build, 'fetch(import.meta.env.VITE_API)\n', 'remix vite:build'),
      expect: [
        'warning fly.toml:3:1 VITE_API stands in [env], which is read when the app runs: remix vite:build writes it into the pages, and does not have it',
      ],
    },
    'rewrites to an address that is in [env] alone': {
      ...project('BACKEND_URL', build, nextConfig(atHome + toBackend('`${backend}/:path*`'))),
      expect: [
        'warning fly.toml:3:1 BACKEND_URL stands in [env], which is read when the app runs: next build makes the addresses of rewrites of it, and does not have it: requests go to http://localhost:8000',
      ],
    },
    'rewrites that read it where they stand': {
      ...project('API_URL', build, nextConfig(toBackend('`${process.env.API_URL}/:path*`'))),
      expect: [
        'warning fly.toml:3:1 API_URL stands in [env], which is read when the app runs: next build makes the addresses of rewrites of it, and does not have it',
      ],
    },
    'a key that the code takes for granted': {
      ...site('connect(import.meta.env.VITE_KEY!)\n'),
      expect: [
        'warning Dockerfile:1:1 vite build writes VITE_KEY into the pages, and nothing gives it a value there: the code cannot do without it, and gets undefined',
      ],
    },
    'an address without which the pages stop': {
      ...site(
        'const api = import.meta.env.VITE_API_URL\nif (!api) throw new Error("no address")\nfetch(`${api}/orders`)\n',
      ),
      expect: [
        'warning Dockerfile:1:1 vite build writes VITE_API_URL into the pages, and nothing gives it a value there: the code cannot do without it, and gets undefined',
      ],
    },
    'a key that the browser takes for granted': {
      ...project('OTHER', build, {
        'lib/client.ts':
          'const key = process.env.NEXT_PUBLIC_KEY as string\nexport const make = () => createBrowserClient(key)\n',
      }),
      expect: [
        'warning Dockerfile:1:1 next build writes NEXT_PUBLIC_KEY into the pages, and nothing gives it a value there: the code cannot do without it, and gets undefined',
      ],
    },
    'flyctl has it in its environment': {
      ...deployed('flyctl deploy --remote-only', 'NEXT_PUBLIC_KEY', `ARG NEXT_PUBLIC_KEY\n${build}`),
      expect: [
        'warning .github/workflows/fly.yml:13:11 NEXT_PUBLIC_KEY is set for flyctl, which hands nothing of its environment to the build: next build writes it into the pages, and does not have it',
      ],
    },
    'the deploy hands another one over': {
      ...project('NEXT_PUBLIC_API', build, {
        ...page,
        Makefile: 'deploy:\n\tfly deploy --build-arg NEXT_PUBLIC_KEY=x\n',
      }),
      expect: [
        'warning fly.toml:3:1 NEXT_PUBLIC_API stands in [env], which is read when the app runs: next build writes it into the pages, and does not have it',
      ],
    },
    'a script that only speaks of it': {
      ...project('NEXT_PUBLIC_API', build, {...page, 'setup.sh': 'echo "Set NEXT_PUBLIC_API=https://shop.fly.dev"\n'}),
      expect: [
        'warning fly.toml:3:1 NEXT_PUBLIC_API stands in [env], which is read when the app runs: next build writes it into the pages, and does not have it',
      ],
    },
    'pages that call localhost': {
      ...site(local),
      expect: [
        'warning Dockerfile:1:1 vite build writes VITE_API_URL into the pages, and nothing gives it a value there: they call http://localhost:8000',
      ],
    },
    'pages of Next.js that call localhost': {
      ...project('OTHER', build, {
        'lib/api.ts': 'const api = process.env.NEXT_PUBLIC_API_URL ?? "http://localhost:8000/api"\n',
      }),
      expect: [
        'warning Dockerfile:1:1 next build writes NEXT_PUBLIC_API_URL into the pages, and nothing gives it a value there: they call http://localhost:8000/api',
      ],
    },
    'an address that a constant has, to which a path is added': {
      ...site(
        "export const API_URL = import.meta.env.VITE_API_URL;\nexport const send = () => fetch(API_URL + '/mail')\n",
      ),
      expect: [
        'warning Dockerfile:1:1 vite build writes VITE_API_URL into the pages, and nothing gives it a value there: the addresses that they call begin with "undefined"',
      ],
    },
    'pages that call no address': {
      ...site('const api = import.meta.env.VITE_API_URL\n\nexport const orders = () => fetch(`${api}/orders`)\n'),
      expect: [
        'warning Dockerfile:1:1 vite build writes VITE_API_URL into the pages, and nothing gives it a value there: the addresses that they call begin with "undefined"',
      ],
    },
    'in [env] alone': {
      ...project('NEXT_PUBLIC_API', build, page),
      expect: [
        'warning fly.toml:3:1 NEXT_PUBLIC_API stands in [env], which is read when the app runs: next build writes it into the pages, and does not have it',
      ],
    },
  },
})
