import check from '../../../checks/image/system-package.ts'
import {testCheck} from '../../harness.ts'

const python = (requirements: string, dockerfile = 'FROM python:3.12-slim\n', more = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    'requirements.txt': requirements,
    Dockerfile: `${dockerfile}COPY requirements.txt .\nRUN pip install -r requirements.txt\n${more}`,
  },
})

testCheck(check, {
  clean: {
    'the program is installed': python(
      'pydub\n',
      'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y ffmpeg\n',
    ),
    'another package brings it': python('python-magic\n', 'FROM python:3.12-slim\nRUN apt-get install -y file\n'),
    'a full image has much that is not looked at': python('pydub\n', 'FROM python:3.12\n'),
    'a script may have brought it': python('pydub\n', 'FROM python:3.12-slim\nRUN ./install.sh\n'),
    'a package of the language brings it': python('pydub\nstatic-ffmpeg\n'),
    'packages that need nothing': python('flask\nopencv-python-headless\n'),
  },
  flagged: {
    'a program': {
      ...python('pydub\n'),
      expect: [
        'warning Dockerfile:1:1 pydub needs the program ffmpeg when it is used, and the final stage (python:3.12-slim) has none',
      ],
    },
    'a library, where other packages are installed': {
      ...python('python-magic\n', 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y curl\n'),
      expect: [
        'warning Dockerfile:2:23 python-magic needs the library libmagic when it is imported, and the final stage (python:3.12-slim) has none',
      ],
    },
    'JavaScript on Alpine': {
      files: {
        'fly.toml': 'app = "shop"\n',
        'package.json': '{"dependencies": {"fluent-ffmpeg": "^2.1.0"}}',
        Dockerfile: 'FROM node:22-alpine\nCOPY . .\nRUN npm install\n',
      },
      expect: [
        'warning Dockerfile:1:1 fluent-ffmpeg needs the program ffmpeg when it is used, and the final stage (node:22-alpine) has none',
      ],
    },
  },
})
