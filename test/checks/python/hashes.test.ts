import hashes from '../../../checks/python/hashes.ts'
import {testCheck} from '../../harness.ts'

const project = (run: string, requirements: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.12-slim\nWORKDIR /app\nCOPY *.txt ./\nRUN ${run}\n`,
    'requirements.txt': requirements,
    ...more,
  },
})
const hash = ' \\\n    --hash=sha256:1 \\\n    --hash=sha256:2\n'
const file = 'pip install -r requirements.txt'
const demand = 'and pip demands a hash of everything it installs here'

testCheck(hashes, {
  clean: {
    'all have one': project(file, `flask==3.0.3${hash}gunicorn==23.0.0 --hash=sha256:3\n`),
    'none has one': project(`${file} gunicorn`, 'flask==3.0.3\n-e .\n'),
    'a hash in a comment': project(`${file} gunicorn`, '# flask==3 --hash=sha256:1\nflask==3.0.3\n'),
    'a line for another system': project(file, `flask==3.0.3${hash}pywin32; sys_platform == "win32"\n`),
    'a command of its own': project(`${file} && pip install gunicorn`, `flask==3.0.3${hash}`),
    'it is there already': project(`pip install gunicorn && ${file} gunicorn`, `flask==3.0.3${hash}`),
    'pip itself': project(`pip install -U pip -r requirements.txt`, `flask==3.0.3${hash}`),
    'a constraints file may have them': project(`${file} -c constraints.txt gunicorn`, `flask==3.0.3${hash}`),
    'a failure that does not end the build': project(`${file} gunicorn || true`, `flask==3.0.3${hash}`),
    'uv takes what has none': project('uv pip install --system -r requirements.txt gunicorn', `flask==3.0.3${hash}`),
  },
  flagged: {
    'a package beside the file': {
      ...project(`${file} gunicorn`, `flask==3.0.3${hash}`),
      expect: [`error Dockerfile:4:5 gunicorn is not pinned with ==, ${demand}`],
    },
    'a line added by hand': {
      ...project(file, `flask==3.0.3${hash}gunicorn==23.0.0\n`),
      expect: [`error requirements.txt:4:1 gunicorn==23.0.0 has no --hash, ${demand}`],
    },
    'a range with a hash': {
      ...project(file, 'flask>=3 --hash=sha256:1\n'),
      expect: [`error requirements.txt:1:1 flask>=3 is not pinned with ==, ${demand}`],
    },
    'the project itself': {
      ...project(file, `-e .\nflask==3.0.3${hash}`),
      expect: [`error requirements.txt:1:1 -e . is a folder or a repository, which has no hash, ${demand}`],
    },
    'by an option, of an included file': {
      ...project('pip install --require-hashes -r requirements.txt', '-r base.txt\n', {'base.txt': 'flask==3.0.3\n'}),
      expect: [`error base.txt:1:1 flask==3.0.3 has no --hash, ${demand}`],
    },
    'uv that is told to': {
      ...project('uv pip install --system --require-hashes -r requirements.txt', 'flask==3.0.3\n'),
      expect: [`error requirements.txt:1:1 flask==3.0.3 has no --hash, ${demand}`],
    },
  },
})
