import check from '../../../checks/python/linux-package.ts'
import {testCheck} from '../../harness.ts'

const project = (requirements: string, install = 'pip install -r requirements.txt') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    'requirements.txt': requirements,
    Dockerfile: `FROM python:3.12-slim\nCOPY requirements.txt .\nRUN ${install}\n`,
  },
})

testCheck(check, {
  clean: {
    'a marker keeps it from Linux': project("pywin32==306; sys_platform == 'win32'\n"),
    'one whose name only looks like it': project('python-magic\n'),
  },
  flagged: {
    'for Windows': {
      ...project('flask\npywin32==306\n'),
      expect: [
        'error requirements.txt:2:1 pywin32 is published for Windows only: on Linux no file of it can be installed',
      ],
    },
    'for macOS, with uv': {
      ...project('tensorflow-macos==2.16\n', 'uv pip install --system -r requirements.txt'),
      expect: [
        'error requirements.txt:1:1 tensorflow-macos is published for macOS only: on Linux no file of it can be installed',
      ],
    },
  },
})
