import responseBody from '../../../checks/python/response-body.ts'
import {testCheck} from '../../harness.ts'

const project = (text: string, {version = '==0.115.0', docker = ''} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\n${docker}COPY . .\nRUN pip install -r requirements.txt\nCMD ["uvicorn", "main:app"]\n`,
    'requirements.txt': `fastapi${version}\nuvicorn\n`,
    'main.py': 'from fastapi import FastAPI\nimport notes\napp = FastAPI()\n',
    'notes.py': text,
  },
})
const head = 'from fastapi import APIRouter, status\nrouter = APIRouter()\n'
const route = (more: string, result = '', before = '') =>
  `${before}${head}@router.delete("/x", ${more})\nasync def drop(id: int)${result}:\n    return None\n`
const ends = (status = '204') =>
  `CMD imports this file, and ends with an AssertionError (Status code ${status} must not have a response body)`
const future = 'from __future__ import annotations\n'

testCheck(responseBody, {
  clean: {
    'no model': project(route('status_code=204')),
    'a model that is None': project(route('status_code=204, response_model=None', ' -> dict')),
    'another status': project(route('status_code=202, response_model=Note')),
    'None, which is no body': project(route('status_code=204', ' -> None')),
    'a response, which FastAPI takes as it is': project(route('status_code=204', ' -> Response')),
    'None as a text, since 0.117': project(route('status_code=204', ' -> None', future), {version: '>=0.117'}),
    'None as a text, in a version that is not known': project(route('status_code=204', ' -> None', future), {
      version: '',
    }),
    'an annotation that no FastAPI before 0.89 reads': project(route('status_code=204', ' -> dict'), {
      version: '==0.88.0',
    }),
    '205, in which FastAPI before 0.109.1 saw nothing': project(route('status_code=205, response_model=Note'), {
      version: '==0.109.0',
    }),
    'a route that is made in a function': project(
      `from fastapi import APIRouter\ndef make():\n    router = APIRouter()\n    @router.delete("/x", status_code=204, response_model=Note)\n    def f(): ...\n    return router\n`,
    ),
    'a router of another framework': project(
      'import fastapi\nfrom acme import Api\nrouter = Api()\n@router.delete("/x", status_code=204, response_model=Note)\ndef f(): ...\n',
    ),
    'without assertions': project(route('status_code=204, response_model=Note'), {docker: 'ENV PYTHONOPTIMIZE=1\n'}),
  },
  flagged: {
    'a model': {
      ...project(route('status_code=204, response_model=Note')),
      expect: [
        `error notes.py:3:54 drop answers with 204, which has no body, and declares response_model=Note: ${ends()}`,
      ],
    },
    'by the name of the status': {
      ...project(route('response_model=list[Note], status_code=status.HTTP_204_NO_CONTENT')),
      expect: [
        `error notes.py:3:37 drop answers with 204, which has no body, and declares response_model=list[Note]: ${ends()}`,
      ],
    },
    'by that of Python': {
      ...project(route('status_code=HTTPStatus.NOT_MODIFIED, response_model=Note')),
      expect: [
        `error notes.py:3:74 drop answers with 304, which has no body, and declares response_model=Note: ${ends('304')}`,
      ],
    },
    'an annotation': {
      ...project(route('status_code=204', ' -> dict[str, str]')),
      expect: [
        `error notes.py:4:25 drop answers with 204, which has no body, and declares -> dict[str, str]: ${ends()}`,
      ],
    },
    'None as a text, before 0.117': {
      ...project(route('status_code=204', ' -> None', future)),
      expect: [`warning notes.py:5:25 drop answers with 204, which has no body, and declares -> None: ${ends()}`],
    },
    'in a file of which it is not known': {
      files: {'fly.toml': 'app = "shop"\n', 'api.py': route('status_code=204, response_model=Note')},
      expect: [
        'warning api.py:3:54 drop answers with 204, which has no body, and declares response_model=Note: the import of this file ends with an AssertionError (Status code 204 must not have a response body)',
      ],
    },
  },
  skipped: {},
})
