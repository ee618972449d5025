import logFolder from '../../../checks/image/log-folder.ts'
import {testCheck} from '../../harness.ts'

const project = (code: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nCMD ["uvicorn", "main:app"]\n',
    '.gitignore': 'logs/\n',
    'main.py': `import logging\nimport os\n\n${code}\n\napp = 1\n`,
    ...more,
  },
})
const basic = 'logging.basicConfig(level=logging.INFO, filename="logs/app.log")'
const told = (line: number, column: number) =>
  `error main.py:${line}:${column} CMD imports this file, which opens logs/app.log for its log, and nothing makes /app/logs in the image: the import ends with FileNotFoundError`

testCheck(logFolder, {
  clean: {
    'to the terminal': project('logging.basicConfig(level=logging.INFO)'),
    'beside the code': project('logging.basicConfig(filename="app.log")'),
    'in a folder of the project': project(basic, {'logs/.gitkeep': '', '.gitignore': ''}),
    'in a folder that the build makes': project(basic, {
      Dockerfile: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN mkdir -p logs\nCMD ["uvicorn", "main:app"]\n',
    }),
    'in a folder that the code makes': project(`os.makedirs("logs", exist_ok=True)\n${basic}`),
    'on a volume': project('logging.basicConfig(filename="/data/logs/app.log")', {
      'fly.toml': 'app = "shop"\n[mounts]\nsource = "data"\ndestination = "/data"\n',
    }),
    'in a folder of the system': project('logging.basicConfig(filename="/var/log/app.log")'),
    'in a function': project(`def setup():\n    ${basic}`),
    'in a branch': project(`if os.environ.get("LOG"):\n    ${basic}`),
    'a file that is opened with the first line': project('handler = logging.FileHandler("logs/app.log", delay=True)'),
    'a module that nothing starts': project('', {'jobs.py': `import logging\n${basic}\n`}),
  },
  flagged: {
    'a folder that git ignores': {...project(basic), expect: [told(4, 1)]},
    'a handler among others': {
      ...project(
        'logging.basicConfig(\n    handlers=[\n        logging.StreamHandler(),\n        logging.FileHandler("logs/app.log"),\n    ],\n)',
      ),
      expect: [told(7, 9)],
    },
    'one that begins anew each day': {
      ...project(
        'from logging.handlers import TimedRotatingFileHandler\n\nhandler = TimedRotatingFileHandler(filename="logs/app.log", when="D")',
      ),
      expect: [told(6, 11)],
    },
  },
})
