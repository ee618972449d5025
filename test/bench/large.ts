import type {Measurement} from './bench.ts'
import {preflight, timed, withProject} from './run.ts'

const each = (count: number, line: (index: number) => string): string =>
  Array.from({length: count}, (_, i) => line(i)).join('')

/** A bit of everything, all of it as long as asked. */
function project(size: number): Record<string, string> {
  const packages = Object.fromEntries(Array.from({length: size}, (_, index) => [`pkg${index}`, `^1.${index}.0`]))
  const installed = Object.entries(packages).map(([name], index) => [`node_modules/${name}`, {version: `1.${index}.0`}])
  const script = (name: string) =>
    `#!/bin/sh\nset -e\n${each(size, (i) => `export ${name}${i}="$HOME/${i}"\nif [ -n "$${name}${i}" ]; then echo ${i} && test -f /srv/${i}; fi\n`)}exec node server.js\n`
  return {
    'fly.toml': `app = "shop"\n\n[build]\ndockerfile = "Dockerfile"\n\n[env]\n${each(size, (i) => `SETTING_${i} = "${i}"\n`)}
[http_service]\ninternal_port = 8080\n${each(size / 10, (i) => `\n[[http_service.checks]]\npath = "/${i}"\ninterval = "15s"\ntimeout = "2s"\n`)}`,
    Dockerfile: `${each(size / 20, (i) => `FROM node:22-slim AS s${i}\nRUN mkdir -p /made/${i} && touch /made/${i}/file\n`)}${each(size, (i) => `${i % 200 > 0 ? '' : `FROM node:22-slim AS t${i / 200}\nWORKDIR /srv\n`}ENV A${i}=${i}\nRUN echo ${i} > /tmp/${i} && rm /tmp/${i}\nCOPY *-${i}.sh /bin/\n`)}${each(size / 200 - 1, (i) => `COPY --from=t${i} /srv /srv\n`)}${each(size / 20, (i) => `COPY --from=s${i} /made/${i} /made/${i}\n`)}
COPY . .\nRUN npm ci\nENTRYPOINT ["./start-0.sh"]\nCMD ["node", "server.js"]\n`,
    'start-0.sh': script('A'),
    'bin/release.sh': script('B'),
    'compose.yaml': `services:\n${each(size, (i) => `  web${i}:\n    image: nginx:1.27\n    ports: ["${i + 1000}:80"]\n`)}`,
    '.github/workflows/ci.yml': `on: push\njobs:\n${each(size / 10, (i) => `  job${i}:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: npm ci && npm test\n`)}`,
    'package.json': JSON.stringify({name: 'shop', dependencies: packages}, null, 2),
    'package-lock.json': JSON.stringify({
      name: 'shop',
      lockfileVersion: 3,
      packages: {'': {dependencies: packages}, ...Object.fromEntries(installed)},
    }),
    'server.js': `require("http").createServer().listen(8080)\n${each(size, (i) => `exports.a${i} = process.env.A${i}\n`)}`,
    'requirements.txt': each(size, (i) => `package${i}==1.0.${i}\n`),
  }
}

const took = (files: Record<string, string>) =>
  withProject(files, (folder) => preflight(['--offline', '--json'], folder, 3))

/** What is read takes time as it is long, whatever file it is in: what is the same for every project is taken off before. */
export async function large(): Promise<Measurement> {
  const [none] = await took(project(1))
  const [half] = await took(project(400))
  const whole = await took(project(800))
  return {
    what: 'a project of long files of all kinds, against one of half as long ones',
    took: [whole[0] - none, whole[1] - none],
    against: half - none,
    budget: 2.2,
  }
}

/** A script that the image starts with, against bash, which only looks whether it can be read. */
export function shell(): Promise<Measurement> {
  const text = `#!/bin/sh\n${each(16_000, (i) => `export A${i}="$HOME/${i}"\ntest -f "$A${i}" && echo ${i} >> /tmp/seen\n`)}exec sleep 1\n`
  const Dockerfile = 'FROM debian:12\nCOPY start.sh /\nCMD ["sh", "/start.sh"]\n'
  return withProject({'fly.toml': 'app = "shop"\n', Dockerfile, 'start.sh': text}, (folder) => ({
    what: `a shell script of ${(text.length / 1e6).toFixed(1)} MB, against bash -n`,
    took: preflight(['--offline', '--json'], folder, 3),
    against: timed('bash', ['-n', 'start.sh'], folder, 3)[0],
    budget: 80,
  }))
}
