import flaskRoutes from '../../../checks/python/flask-routes.ts'
import {testCheck} from '../../harness.ts'

const head = 'from flask import Blueprint, Flask\n\napp = Flask(__name__)\nbp = Blueprint("main", __name__)\n\n\n'
const project = (code: string, version = '3.1.0') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "main:app"]\n',
    'requirements.txt': `flask==${version}\ngunicorn\n`,
    'main.py': head + code,
  },
})
const route = (decorator: string, name: string) => `@${decorator}\ndef ${name}():\n    return "ok"\n\n\n`
const first = route('app.before_first_request', 'first')

testCheck(flaskRoutes, {
  clean: {
    'functions with names of their own': project(route('app.get("/")', 'index') + route('app.get("/a")', 'about')),
    'two routes of one function': project(`@app.get("/")\n${route('app.get("/home")', 'index')}`),
    'an endpoint of its own': project(
      route('app.get("/")', 'index') + route('app.post("/", endpoint="create")', 'index'),
    ),
    'the same name in two blueprints': project(route('app.get("/")', 'index') + route('bp.get("/")', 'index')),
    'a version that has the decorator': project(first, '2.2.5'),
    'what is no app of Flask': project(`server = make()\n\n\n${route('server.before_first_request', 'first')}`),
  },
  flagged: {
    'two functions of one name': {
      ...project(route('bp.get("/")', 'index') + route('bp.post("/")', 'index')),
      expect: [
        'error main.py:12:1 index is a route of bp in line 7 already. CMD imports this file, which ends with AssertionError: View function mapping is overwriting an existing endpoint function: index',
      ],
    },
    'a decorator that Flask has no more': {
      ...project(first),
      expect: [
        "error main.py:7:1 app.before_first_request is gone since Flask 2.3. CMD imports this file, which ends with AttributeError: 'Flask' object has no attribute 'before_first_request'",
      ],
    },
  },
})
