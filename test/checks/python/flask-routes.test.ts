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
/** An app with a database, made at the top of the module and by a function. */
const database = (top: string, inFunction = '', version = '3.1.1') => ({
  files: {
    ...project('').files,
    'requirements.txt': `flask==3.1.0\nflask-sqlalchemy==${version}\nsqlalchemy==2.0.36\ngunicorn\n`,
    'main.py': `from flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\n\ndb = SQLAlchemy()\n\n\ndef create_app():\n    app = Flask(__name__)\n    db.init_app(app)\n${inFunction}    return app\n\n\napp = create_app()\n${top}`,
  },
})
const context = 'with app.app_context():\n    db.create_all()\n'

const configured = (name: string, more: Record<string, string> = {}) => {
  const {files} = database('', `    app.config.from_object("${name}")\n`)
  return {files: {...files, 'config.py': 'class Production:\n    DEBUG = False\n', ...more}}
}

testCheck(flaskRoutes, {
  clean: {
    'a class of the configuration': configured('config.Production'),
    'the module of it': configured('config'),
    'a class that comes from elsewhere': configured('config.Staging', {'config.py': 'from shop_config import *\n'}),
    'a configuration that nothing is known of': configured('shop_config.Production'),
    'a configuration that a RUN writes': configured('config.Production', {
      '.dockerignore': 'config.py\n',
      Dockerfile:
        'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt && cp example.py config.py\nCMD ["gunicorn", "main:app"]\n',
    }),
    'a database in the context of the app': database(context),
    'a context that stays': database('app.app_context().push()\ndb.create_all()\n'),
    'a function that nothing calls at the start': database('def init():\n    db.create_all()\n'),
    'a script of its own': database('if __name__ == "__main__":\n    db.create_all()\n'),
    'an older Flask-SQLAlchemy': database('db.create_all(app=app)\n', '', '2.5.1'),
    'a function that may end before': database('', '    if app.testing:\n        return app\n    db.create_all()\n'),
    'a database of another kind': database('metadata = make()\nmetadata.create_all()\n'),
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
    'a class that the configuration has not': {
      ...configured('config.ProductionConfig'),
      expect: [
        "error main.py:10:5 from_object takes config.ProductionConfig, and config.py has no ProductionConfig. CMD imports this file, which ends with ImportStringError: import_string() failed for 'config.ProductionConfig'",
      ],
    },
    'a configuration that .dockerignore leaves out': {
      ...configured('config.Production', {'.dockerignore': 'config.py\n'}),
      expect: [
        "error main.py:10:5 from_object takes config.Production, and no file of the image is the module config. CMD imports this file, which ends with ImportStringError: import_string() failed for 'config.Production'",
      ],
    },
    'a database without a context': {
      ...database('db.create_all()\n'),
      expect: [
        'error main.py:14:1 db.create_all is called here, where no app is in place, which Flask-SQLAlchemy 3.0 and later ask for. CMD imports this file, which ends with RuntimeError: Working outside of application context',
      ],
    },
    'the same in the function that makes the app': {
      ...database('', '    db.create_all()\n'),
      expect: [
        'error main.py:10:5 db.create_all is called here, where no app is in place, which Flask-SQLAlchemy 3.0 and later ask for. CMD imports this file, which ends with RuntimeError: Working outside of application context',
      ],
    },
    'an app that create_all takes no more': {
      ...database('', '    db.create_all(app=app)\n'),
      expect: [
        "error main.py:10:5 db.create_all takes no app since Flask-SQLAlchemy 3.0. CMD imports this file, which ends with TypeError: SQLAlchemy.create_all() got an unexpected keyword argument 'app'",
      ],
    },
    'a decorator that Flask has no more, in that function': {
      ...database('', '    @app.before_first_request\n    def first():\n        pass\n\n'),
      expect: [
        "error main.py:10:5 app.before_first_request is gone since Flask 2.3. CMD imports this file, which ends with AttributeError: 'Flask' object has no attribute 'before_first_request'",
      ],
    },
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
