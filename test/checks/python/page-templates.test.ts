import pageTemplates from '../../../checks/python/page-templates.ts'
import {testCheck} from '../../harness.ts'

const flask = (code: string, more: Record<string, string> = {}, copies = 'COPY . .') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\n${copies}\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "app:app"]\n`,
    'requirements.txt': 'flask==3.1.0\ngunicorn==23.0.0\n',
    'app.py': `from flask import Flask, render_template\napp = Flask(__name__)\n${code}`,
    'templates/index.html': '{% extends "base.html" %}',
    'templates/base.html': "<link href=\"{{ url_for('static', filename='site.css') }}\">",
    'templates/shop/list.html': '',
    'static/site.css': '',
    ...more,
  },
})
const page = (name: string) => `def page():\n    return render_template("${name}")\n`
const django = (view: string, more: Record<string, string> = {}, run = 'RUN pip install -r requirements.txt') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\n${run}\nCMD ["gunicorn", "shop.wsgi"]\n`,
    'requirements.txt': 'django==5.1.4\ngunicorn==23.0.0\ndjango-oscar==4.0\n',
    'orders/views.py': `from django.shortcuts import render\n${view}`,
    'orders/templates/orders/list.html': '{% load static %}{% static "orders/list.css" %}',
    'orders/static/orders/list.css': '',
    'templates/account/login.html': '',
    'templates/oscar/list.html': '',
    ...more,
  },
})
const view = (name: string) => `def page(request):\n    return render(request, "${name}", {})\n`
/** With all of Django's settings in the open, and a manifest of static files. */
const manifest = (names: string, more: Record<string, string> = {}) =>
  django(view('orders/list.html'), {
    'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
    'shop/__init__.py': '',
    'orders/__init__.py': '',
    'shop/settings.py':
      "DEBUG = False\nINSTALLED_APPS = ['django.contrib.staticfiles', 'orders']\nSTORAGES = {'staticfiles': {'BACKEND': 'whitenoise.storage.CompressedManifestStaticFilesStorage'}}\n",
    'orders/templates/orders/list.html': `{% load static %}${names}`,
    ...more,
  })

testCheck(pageTemplates, {
  clean: {
    'the page that Vite begins with, whose build is a folder of templates': {
      files: {
        ...django(view('index.html')).files,
        Dockerfile:
          'FROM node:22 AS pages\nWORKDIR /pages\nCOPY frontend .\nRUN npm ci && npm run build\nFROM python:3.13-slim\nWORKDIR /app\nCOPY --from=pages /pages/dist frontend/dist\nCOPY orders orders\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "shop.wsgi"]\n',
        'frontend/index.html': '',
        'frontend/package.json': '{"scripts": {"build": "vite build"}}',
      },
    },
    'names of what is there': flask(page('index.html') + page('shop/list.html')),
    'a name that is put together': flask(`${page('" + name + "')}\nrender_template("shop/" + name)\n`),
    'a name in a comment or a text': flask(`# render_template("gone.html")\n"""render_template("gone.html")"""\n`),
    'a template that can be missing': flask(
      `from jinja2 import TemplateNotFound\ntry:\n    render_template("gone.html")\nexcept TemplateNotFound:\n    pass\n`,
    ),
    'a template that another one can do without': flask(page('index.html'), {
      'templates/base.html': '{% include "gone.html" ignore missing %}{# {% include "gone.html" %} #}',
    }),
    'templates of another loader': flask(
      `from jinja2 import DictLoader\napp.jinja_loader = DictLoader({"gone.html": ""})\n${page('gone.html')}`,
    ),
    'code that nothing starts': flask('', {'old.py': `from flask import render_template\n${page('gone.html')}`}),
    'a page that nobody asks for': flask('', {'templates/old.html': '{% extends "gone.html" %}'}),
    'a test': flask('', {'tests/test_app.py': `from app import render_template\n${page('gone.html')}`}),
    'a template that the build makes': flask(page('shop/built.html'), {}, 'COPY . .\nRUN python build.py'),
    'static files that a stage makes': flask(
      page('index.html'),
      {'.dockerignore': 'static\n'},
      'COPY --from=assets /out static\nCOPY . .',
    ),
    'a template of a stage': flask(
      page('shop/built.html'),
      {},
      'COPY --from=assets /out/built.html templates/shop/built.html\nCOPY . .',
    ),
    'a folder of templates that the project has none of': django(view('helpdesk/list.html')),
    'templates over those of a package': django(view('account/email.html') + view('oscar/detail.html')),
    'static files that the manifest has, and those of packages': manifest(
      '{% static "orders/list.css" %}{% static "admin/css/base.css" %}{% static "oscar/js/a.js" %}',
    ),
    'no manifest': manifest('{% static "orders/gone.css" %}', {'shop/settings.py': "INSTALLED_APPS = ['orders']\n"}),
    'with DEBUG none is looked at': manifest('{% static "orders/gone.css" %}', {
      'shop/settings.py':
        "DEBUG = True\nINSTALLED_APPS = ['orders']\nSTORAGES = {'staticfiles': {'BACKEND': 'whitenoise.storage.CompressedManifestStaticFilesStorage'}}\n",
    }),
    'a static file of a package': django(view('orders/list.html'), {
      'orders/templates/orders/list.html': '{% load static %}{% static "admin/css/base.css" %}',
    }),
  },
  flagged: {
    'a static file that the manifest lacks': {
      ...manifest('{% static "orders/gone.css" %}'),
      expect: [
        'warning orders/templates/orders/list.html:1:28 static names orders/gone.css, and no folder of static files has it: the manifest lacks it, and the page is an error (Missing staticfiles manifest entry)',
      ],
    },
    'a template in other letters': {
      ...flask(page('Index.html')),
      expect: [
        'warning app.py:4:28 render_template names Index.html, and the project has templates/index.html: Linux tells capital letters from small ones, so that the page is an error (TemplateNotFound)',
      ],
    },
    'a folder in other letters, of a template that another one takes in': {
      ...flask(page('index.html'), {'templates/index.html': '{% include "Shop/list.html" %}'}),
      expect: [
        'warning templates/index.html:1:12 include names Shop/list.html, and the project has templates/shop/list.html: Linux tells capital letters from small ones, so that the page is an error (TemplateNotFound)',
      ],
    },
    'a static file in other letters': {
      ...flask(page('base.html'), {'templates/base.html': "{{ url_for('static', filename='Site.css') }}"}),
      expect: [
        'warning templates/base.html:1:31 url_for names Site.css, and the project has static/site.css: Linux tells capital letters from small ones, so that the browser, or the manifest of static files, does not find it',
      ],
    },
    'a template that is nowhere': {
      ...flask(page('shop/detail.html')),
      expect: [
        'warning app.py:4:28 render_template names shop/detail.html, and no folder of templates has it: the page is an error (TemplateNotFound)',
      ],
    },
    'static files that .dockerignore leaves out': {
      ...flask(page('index.html'), {'.dockerignore': 'static\n'}),
      expect: [
        'warning templates/base.html:1:43 url_for names site.css, and .dockerignore leaves static/site.css out of the image: the page comes without it, or, with a manifest of static files, not at all',
      ],
    },
    'templates that .dockerignore leaves out': {
      ...flask(page('index.html') + page('base.html'), {'.dockerignore': 'templates\n'}),
      expect: [
        'warning app.py:4:28 render_template names index.html, and .dockerignore leaves templates/index.html out of the image: the page is an error (TemplateNotFound)',
      ],
    },
    'templates that no COPY takes': {
      ...flask(page('index.html'), {}, 'COPY app.py requirements.txt ./'),
      expect: [
        'warning app.py:4:28 render_template names index.html, and nothing brings templates/index.html into the image: the page is an error (TemplateNotFound)',
      ],
    },
    'Django: a view, and a static file': {
      ...django(`${view('orders/detail.html')}template_name = "orders/List.html"\n`, {
        'orders/templates/orders/form.html': '',
      }),
      expect: [
        'warning orders/views.py:3:28 render names orders/detail.html, and no folder of templates has it: the page is an error (TemplateDoesNotExist)',
        'warning orders/views.py:4:17 template_name names orders/List.html, and the project has orders/templates/orders/list.html: Linux tells capital letters from small ones, so that the page is an error (TemplateDoesNotExist)',
      ],
    },
    'Django: behind collectstatic, which writes no templates': {
      ...django(
        view('orders/detail.html'),
        {},
        'RUN pip install -r requirements.txt\nRUN SECRET_KEY=x DEBUG=0 python manage.py collectstatic --noinput',
      ),
      expect: [
        'warning orders/views.py:3:28 render names orders/detail.html, and no folder of templates has it: the page is an error (TemplateDoesNotExist)',
      ],
    },
  },
})
