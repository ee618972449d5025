import coveredCopy from '../../../checks/image/covered-copy.ts'
import {testCheck} from '../../harness.ts'

const project = (dockerfile: string, more = '', files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[[mounts]]\n  source = "data"\n  destination = "/data/"\n${more}`,
    Dockerfile: `FROM python:3.12\nWORKDIR /app\nCOPY main.py .\n${dockerfile}\nCMD ["python", "main.py"]\n`,
    'main.py': '',
    'words.db': '',
    'seed/a.json': '',
    'seed/b.json': '',
    'empty/.gitkeep': '',
    ...files,
  },
})

testCheck(coveredCopy, {
  clean: {
    'laid beside the volume': project('COPY words.db /seed/words.db'),
    'a name that only begins alike': project('COPY words.db /database/'),
    'a file that only keeps the folder': project('COPY empty /data/'),
    'what a RUN reads then': project('COPY seed /data/seed\nRUN python -m ingest /data/seed'),
    'what a RUN reads from where it stands': project(
      'WORKDIR /data\nCOPY seed ./seed\nRUN cat seed/*.json > /words\nWORKDIR /app',
    ),
    'read by the release command, which has no volume': project(
      'COPY words.db /data/',
      '[deploy]\n  release_command = "python import.py"\n',
    ),
    'machines that do not mount it': project(
      'COPY words.db /data/',
      '  processes = ["app"]\n[processes]\n  app = "python main.py"\n  worker = "python work.py"\n',
    ),
    'of another image, of which nobody knows what it has': project('COPY --from=alpine /etc/words /data/words'),
    'over the folder of the app, which is told otherwise': {
      files: {
        ...project('COPY words.db /app/words.db').files,
        'fly.toml': 'app = "shop"\n[[mounts]]\n  source = "data"\n  destination = "/app"\n',
      },
    },
  },
  flagged: {
    'a database of the project': {
      ...project('COPY words.db /data/words.db\nRUN chmod 644 /data/words.db'),
      expect: [
        'warning Dockerfile:4:1 COPY brings words.db to /data/words.db, over which a volume is mounted at /data: the machine does not see it',
      ],
    },
    'a folder of it, through another stage': {
      files: {
        ...project('').files,
        Dockerfile:
          'FROM python:3.12 AS build\nWORKDIR /app\nCOPY seed /store\nFROM python:3.12\nCOPY --from=build /store /data\nCMD ["python", "main.py"]\n',
      },
      expect: [
        'warning Dockerfile:5:1 COPY brings seed/a.json (and 1 more) to /data/a.json, over which a volume is mounted at /data: the machine does not see it',
      ],
    },
    'a folder of it, from WORKDIR': {
      files: {
        ...project('COPY seed ./store').files,
        'fly.toml': 'app = "shop"\n[[mounts]]\n  source = "data"\n  destination = "/app/store"\n',
      },
      expect: [
        'warning Dockerfile:4:1 COPY brings seed/a.json (and 1 more) to /app/store/a.json, over which a volume is mounted at /app/store: the machine does not see it',
      ],
    },
  },
})
