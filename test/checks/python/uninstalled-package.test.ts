import uninstalledPackage from '../../../checks/python/uninstalled-package.ts'
import {testCheck} from '../../harness.ts'

const pyproject = (name: string, more = '') =>
  `[project]\nname = "shop-${name}"\nversion = "1"\ndependencies = []\n${more}`
const project = (install: string, more: Record<string, string> = {}, env = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\n${env}COPY . .\nRUN ${install}\nCMD ["uvicorn", "main:app", "--app-dir", "api"]\n`,
    'api/main.py': 'from routes import app\n',
    'api/routes.py': 'from core import app\nfrom mail.out import send\n',
    'packages/core/pyproject.toml': pyproject('core'),
    'packages/core/src/core/__init__.py': 'app = 1\n',
    'packages/mail/pyproject.toml': pyproject('mail'),
    'packages/mail/src/mail/__init__.py': '',
    'packages/mail/src/mail/out.py': 'def send():\n    pass\n',
    ...more,
  },
})
const plain = 'pip install uvicorn -e ./packages/core'

testCheck(uninstalledPackage, {
  clean: {
    'it is installed': project(`${plain} -e packages/mail`),
    'it is installed in its folder': project(`${plain} && cd packages/mail && pip install .`),
    'it is installed with a pattern': project('pip install uvicorn ./packages/*'),
    'it is installed in a loop': project('for each in core mail; do pip install ./packages/$each; done'),
    'it is installed by a list': project('pip install -r requirements.txt', {
      'requirements.txt': 'uvicorn\n-e ./packages/core\n-e ./packages/mail\n',
    }),
    'it is installed by its name': project(`${plain} shop-mail`),
    'uv installs the workspace': project('pip install uv && uv sync', {
      'pyproject.toml': pyproject('all', '[tool.uv.workspace]\nmembers = ["packages/*"]\n'),
    }),
    'PYTHONPATH names it': project(plain, {}, 'ENV PYTHONPATH=/app/packages/mail/src\n'),
    'a module that is loaded names it': project(plain, {
      'api/main.py': "import sys\nsys.path.append('packages/mail/src')\nfrom routes import app\n",
    }),
    'another one brings it along': project(plain, {
      'packages/core/pyproject.toml': pyproject(
        'core',
        '[tool.setuptools]\npackage-dir = {mail = "../mail/src/mail"}\n',
      ),
    }),
    'the app has a module of that name, too': project(plain, {'api/mail.py': 'def out():\n    pass\n'}),
    'it is imported in a function alone': project(plain, {
      'api/routes.py': 'from core import app\n\ndef later():\n    from mail.out import send\n    send()\n',
    }),
    'it is imported in a try': project(plain, {
      'api/routes.py':
        'from core import app\ntry:\n    from mail.out import send\nexcept ImportError:\n    send = None\n',
    }),
    'a script of the project installs': project(`${plain} && ./setup.sh`, {
      'setup.sh': 'pip install ./packages/mail\n',
    }),
  },
  flagged: {
    'it is there, and the others are installed': {
      ...project(plain),
      expect: [
        'warning api/routes.py:2:1 CMD starts this module, and the import ends it: mail.out is in packages/mail/src/mail/__init__.py, and no pip install brings packages/mail, as packages/core is (ModuleNotFoundError)',
      ],
    },
    'it is not copied, either': {
      ...project('pip install uvicorn', {
        Dockerfile:
          'FROM python:3.13-slim\nWORKDIR /app\nRUN pip install uvicorn\nCOPY api api\nCMD ["uvicorn", "main:app", "--app-dir", "api"]\n',
        'api/routes.py': 'from mail import out as app\n',
      }),
      expect: [
        'warning api/routes.py:1:1 CMD starts this module, and the import ends it: mail is in packages/mail/src/mail/__init__.py, and no pip install brings packages/mail (ModuleNotFoundError)',
      ],
    },
  },
})
