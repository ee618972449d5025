import requirements from '../../../checks/python/requirements.ts'
import {testCheck} from '../../harness.ts'

const project = (text: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
    'requirements.txt': text,
    ...more,
  },
})

testCheck(requirements, {
  clean: {
    'what pip reads': project(`# comment
--index-url https://pypi.example.com/simple
-e .
fastapi[all] >= 0.110, < 1.0 ; python_version >= "3.9"  # a comment behind
requests (>=2.31)
uvicorn[standard]==0.34.0 \\
    --hash=sha256:aaaa \\
    --hash=sha256:bbbb
shop @ https://example.com/shop-1.0.tar.gz
git+https://github.com/example/lib.git@main#egg=lib
https://example.com/lib-1.0-py3-none-any.whl
./vendor/lib
vendor/lib.whl
legacy===1.0.dev-weird
epoch==2!1.0
vendor/other ; python_version > "3"
--extra-index https://pypi.example.com/simple
-cconstraints.txt --pre
-evendor/lib
name==1.\
0
trailing>=1.0,
\${EXTRA_PACKAGE}
`),
    'a continuation that the end of the file cuts off': project('fastapi==0.1 \\'),
    'a folder of the image, and one of Windows for Windows': project(
      'lib @ file:///wheels/lib-1.0-py3-none-any.whl\nother @ file:///C:/lib ; sys_platform == "win32"\n',
    ),
    'a line that the build takes out': {
      files: {
        ...project('fastapi==0.1\npkg-resources==0.0.0\n').files,
        Dockerfile:
          'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN sed -i "/pkg-resources/d" requirements.txt && pip install -r requirements.txt\n',
      },
    },
    'a quoted name': project('-r "base.txt"\n', {'base.txt': 'django==5.1\n'}),
    'included files': project('-r base.txt\n-c constraints.txt\n', {
      'base.txt': 'django==5.1\n',
      'constraints.txt': 'a==1\n',
    }),
    'a byte order mark and line ends of Windows': project('\ufefffastapi==0.1\r\nuvicorn\r\n'),
  },
  flagged: {
    'what pip freeze lists on Ubuntu': {
      ...project('fastapi==0.1\npkg_resources==0.0.0\n'),
      expect: [
        'error requirements.txt:2:1 pip finds no package pkg-resources: it is a part of setuptools, which pip freeze lists on Debian and Ubuntu',
      ],
    },
    'a folder in which conda built it': {
      ...project('fastapi==0.1\ncertifi @ file:///croot/certifi_1665/work/certifi\n'),
      expect: [
        'error requirements.txt:2:1 pip looks for certifi in /croot/certifi_1665/work/certifi, a folder of the computer on which the list was made: it stops there',
      ],
    },
    'one equals sign': {
      ...project('fastapi==0.115\nuvicorn=0.34.0\n'),
      expect: [
        'error requirements.txt:2:1 pip cannot read "uvicorn=0.34.0": "=0.34.0" has one =, a version is pinned with ==',
      ],
    },
    'conflict markers': {
      ...project('fastapi\n<<<<<<< HEAD\nuvicorn\n'),
      expect: [
        'error requirements.txt:2:1 pip cannot read "<<<<<<< HEAD": it is no requirement (a name, then a version such as ==1.2)',
      ],
    },
    'a line of an included file, told once': {
      ...project('-r base.txt\nfastapi\n', {'base.txt': 'uvicorn=0.34\n'}),
      expect: ['error base.txt:1:1 pip cannot read "uvicorn=0.34": "=0.34" has one =, a version is pinned with =='],
    },
    'a file that is not there, which a step may make: a warning': {
      ...project('-r base.txt\n'),
      expect: ['warning requirements.txt:1:1 base.txt, which it includes, does not exist'],
    },
    'a file that includes itself': {
      ...project('-r requirements.txt\n'),
      expect: ['error requirements.txt:1:1 requirements.txt includes this file again, which pip refuses'],
    },
    'an option that pip does not know': {
      ...project('--no-cache-free\n'),
      expect: ['error requirements.txt:1:1 pip has no option --no-cache-free here'],
    },
    'a version that only old pips read: a warning': {
      ...project('six>=1.*\n'),
      expect: [
        'warning requirements.txt:1:1 pip cannot read "six>=1.*": ">=1.*" is no version specifier (==, >=, <=, <, >, ~= or != and a version)',
      ],
    },
    'a file that the image does not install: a warning': {
      ...project('fastapi\n', {'requirements-dev.txt': 'pytest=8\n'}),
      expect: [
        'warning requirements-dev.txt:1:1 pip cannot read "pytest=8": "=8" has one =, a version is pinned with ==',
      ],
    },
  },
  skipped: {
    'no requirements file': {
      files: {'fly.toml': 'app = "shop"\n', 'app.py': ''},
      reason: 'there is no requirements file',
    },
  },
})
