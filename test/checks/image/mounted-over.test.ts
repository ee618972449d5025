import mountedOver from '../../../checks/image/mounted-over.ts'
import {testCheck} from '../../harness.ts'

const project = (destination: string, dockerfile: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[[mounts]]\n  source = "data"\n  destination = "${destination}"\n`,
    Dockerfile: `FROM python:3.12 AS build\nWORKDIR /app\nCOPY . .\n${dockerfile}\n`,
    ...files,
  },
})
const says = (destination: string, file: string, by = 'CMD') =>
  `error fly.toml:4:3 a volume is mounted at ${destination}, over ${file}, which ${by} starts: the machine does not find it`

testCheck(mountedOver, {
  clean: {
    'filled before by the script that starts it': project('/app', 'CMD ["sh", "/start.sh"]\nCOPY start.sh /start.sh', {
      'main.py': '',
      'start.sh': 'cp -r /seed/. /app/\nexec python main.py\n',
    }),
    'started in another folder': project('/app', 'CMD ["sh", "-c", "cd /srv && python main.py"]', {'main.py': ''}),
    'a folder beside a release': project(
      '/srv/data',
      'RUN make release\nFROM debian:bookworm-slim\nWORKDIR /srv\nCOPY --from=build /app/out ./\nCMD ["/srv/bin/server"]',
    ),
    'a folder of its own': project('/data', 'CMD ["python", "main.py"]', {'main.py': ''}),
    'a folder in that of the app': project('/app/data', 'CMD ["python", "main.py"]', {'main.py': ''}),
    'a program that lies elsewhere': project('/app', 'CMD ["gunicorn", "-c", "conf.py", "$APP"]', {'main.py': ''}),
    'a name that only begins alike': project('/ap', 'CMD ["python", "main.py"]', {'main.py': ''}),
    'a module that lies elsewhere': project('/app', 'CMD ["uvicorn", "shop.main:app", "--app-dir", "/srv"]', {
      'shop/main.py': '',
    }),
    'only if there is something': project('/app', 'CMD ["sh", "-c", "if [ -f main.py ]; then python main.py; fi"]', {
      'main.py': '',
    }),
  },
  flagged: {
    'the release that another stage makes': {
      ...project(
        '/srv',
        'RUN make release\nFROM debian:bookworm-slim\nWORKDIR /srv\nCOPY --from=build /app/_build/prod/rel/shop ./\nCMD ["/srv/bin/server"]',
      ),
      expect: [says('/srv', '/srv/bin/server')],
    },
    'the folder of the app': {
      ...project('/app', 'CMD ["python", "main.py"]', {'main.py': ''}),
      expect: [says('/app', '/app/main.py')],
    },
    'a module': {
      ...project('/app/', 'CMD ["uvicorn", "shop.main:app"]', {'shop/main.py': ''}),
      expect: [says('/app/', '/app/shop/main.py')],
    },
    'package.json': {
      ...project('/app', 'CMD ["npm", "start"]', {'package.json': '{"scripts": {"start": "next start"}}'}),
      expect: [says('/app', '/app/package.json')],
    },
    'the script of ENTRYPOINT': {
      ...project('/app', 'ENTRYPOINT ["/app/entry.sh"]\nCMD ["uvicorn"]', {'entry.sh': 'exec "$@"\n'}),
      expect: [says('/app', '/app/entry.sh', 'ENTRYPOINT')],
    },
  },
})
