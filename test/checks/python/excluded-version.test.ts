import check from '../../../checks/python/excluded-version.ts'
import {testCheck} from '../../harness.ts'

const install = (requirements: string, run = 'pip install -r requirements.txt', python = '3.13') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:${python}-slim\nWORKDIR /app\nCOPY . .\nRUN ${run}\n`,
    'requirements.txt': requirements,
  },
})
const asks = (place: string, name: string, specifier: string, other: string) =>
  `${place} ${name} asks for ${specifier}, and ${other} is asked for here: pip finds no versions that suit both (ResolutionImpossible)`

testCheck(check, {
  clean: {
    'a version that is allowed': install('fastapi==0.115.6\nstarlette==0.41.3\n'),
    'no version': install('fastapi==0.115.6\nstarlette\n'),
    'a range': install('fastapi==0.115.6\nstarlette>=0.40\n'),
    'a version of which nothing is known': install('fastapi==99.0.0\nstarlette==0.45.0\n'),
    'between two that ask for different ones': install('fastapi==0.115.7\nstarlette==0.45.0\n'),
    'two installs, of which the later wins': install(
      'fastapi==0.115.6\n',
      'pip install -r requirements.txt && pip install starlette==0.45.0',
    ),
    'without what they ask for': install(
      'fastapi==0.115.6\nstarlette==0.45.0\n',
      'pip install --no-deps -r requirements.txt',
    ),
    'a marker that leaves it out': install('fastapi==0.115.6\nstarlette==0.45.0; python_version < "3.9"\n'),
  },
  flagged: {
    'a version that is excluded': {
      ...install('fastapi==0.115.6\nstarlette==0.45.0\n'),
      expect: [`error ${asks('requirements.txt:2:1', 'fastapi 0.115.6', 'starlette >=0.40.0,<0.42.0', '0.45.0')}`],
    },
    'a part that belongs to another version': {
      ...install('pydantic-core==2.27.2\npydantic==2.11.4\n'),
      expect: [`error ${asks('requirements.txt:1:1', 'pydantic 2.11.4', 'pydantic-core ==2.33.2', '2.27.2')}`],
    },
    'between two that ask for the same': {
      ...install('fastapi==0.115.13\nstarlette==0.48.0\n'),
      expect: [`warning ${asks('requirements.txt:2:1', 'fastapi 0.115.13', 'starlette >=0.40.0,<0.47.0', '0.48.0')}`],
    },
    'a Python whose pip may only warn': {
      ...install('flask==3.1.0\nwerkzeug==3.0.6\n', undefined, '3.8'),
      expect: [`warning ${asks('requirements.txt:2:1', 'flask 3.1.0', 'werkzeug >=3.1', '3.0.6')}`],
    },
  },
})
